"""The drawn recordings measure what their cases say."""

import numpy as np
import pytest

from content.figures.scripts import (
    achalasia_manometry,
    audiogram_otosclerosis,
    flow_volume_loop,
    myasthenia_rns,
    pituitary_visual_field,
)
from content.figures.scripts.audiogram_otosclerosis import LEFT, OCTAVE, RIGHT, Ear
from content.figures.scripts.flow_volume_loop import Loop
from content.figures.scripts.pituitary_visual_field import Field


@pytest.mark.parametrize("ear", [RIGHT, LEFT], ids=lambda ear: ear.name)
def test_bone_conduction_is_worst_at_2000_hz(ear: Ear) -> None:
    """Bone at 2000 Hz lies 12.5 dB below its neighbours' mean, and above air at every frequency."""
    bone = ear.bone
    assert bone[2000] - (bone[1000] + bone[4000]) / 2 == 12.5
    assert all(bone[at] < ear.air[at] for at in bone)


def test_an_octave_is_as_long_as_20_db() -> None:
    """The audiogram keeps the proportions of the form."""
    for axes in audiogram_otosclerosis.draw().axes:
        (left, low), (right, high) = axes.transData.transform([(0, OCTAVE), (1, 0)])
        assert right - left == pytest.approx(high - low)


@pytest.mark.parametrize(
    ("field", "dark_side"), [(pituitary_visual_field.LEFT, -1), (pituitary_visual_field.RIGHT, 1)]
)
def test_loss_of_light_stops_at_the_midline(field: Field, dark_side: int) -> None:
    """A 24-2 pattern of 54 points, dim on one side of the midline and bright on the other."""
    points = {
        (first + n * pituitary_visual_field.STEP, y): decibels
        for y, (first, row) in field.items()
        for n, decibels in enumerate(row)
    }
    assert len(points) == 54
    assert max(decibels for (x, _), decibels in points.items() if x * dark_side > 0) <= 16
    assert min(decibels for (x, _), decibels in points.items() if x * dark_side < 0) >= 26
    assert [points[15 * dark_side, y] for y in (3, -3)] == [0, 0]


def test_junction_does_not_relax_to_normal() -> None:
    """The mean of the lowest 4 of the 10 s after either swallow is 23 mm Hg above the stomach's."""
    for swallow in achalasia_manometry.SWALLOWS:
        time = np.arange(swallow.at, swallow.at + 10, 0.1)
        junction, stomach = (
            achalasia_manometry.pressure(time, np.full_like(time, depth))
            for depth in (achalasia_manometry.JUNCTION, 49)
        )
        relaxed = np.sort(junction - stomach)[: len(time) * 4 // 10].mean()
        assert relaxed == pytest.approx(23, abs=1)


def test_pressure_rises_everywhere_at_once() -> None:
    """Between the two zones, 25 mm Hg is passed within a second at every level."""
    time, depth = achalasia_manometry.grid()
    body = (depth[:, 0] > 23) & (depth[:, 0] < 40)
    for swallow in achalasia_manometry.SWALLOWS:
        after = (time[0] > swallow.at) & (time[0] < swallow.at + 10)
        high = achalasia_manometry.pressure(time, depth)[body][:, after] > 25
        assert np.ptp(time[0][after][high.argmax(axis=1)]) < 1
        assert high.any(axis=1).all()


@pytest.mark.parametrize(
    ("train", "change"),
    list(zip(myasthenia_rns.ROWS.values(), (-27.5, -10.5, -35.9), strict=True)),
)
def test_fourth_response_differs_as_the_case_says(train: tuple[float, ...], change: float) -> None:
    """From the first drawn response to the fourth, the height changes by so many percent."""
    first, fourth = (myasthenia_rns.response(train[n])[1].max() for n in (0, 3))
    assert 100 * (fourth / first - 1) == pytest.approx(change, abs=0.05)


@pytest.mark.parametrize(
    ("loop", "first_second", "peak", "ratio"),
    [
        (flow_volume_loop.measured(), 1.63, 1.9, 0.95),
        (flow_volume_loop.predicted(), 2.93, 6.8, 1.45),
    ],
)
def test_loop_measures_what_the_report_says(
    loop: Loop, first_second: float, peak: float, ratio: float
) -> None:
    """Litres in the first second, the highest flow, and inspiration over expiration half-way."""
    volume, out, back = loop
    passed = np.cumsum(np.diff(volume) / np.maximum((out[1:] + out[:-1]) / 2, 1e-9))
    middle = len(volume) // 2
    assert np.interp(1, passed, volume[1:]) == pytest.approx(first_second, abs=0.01)
    assert out.max() == pytest.approx(peak, abs=0.08)
    assert -back[middle] / out[middle] == pytest.approx(ratio, abs=0.01)
