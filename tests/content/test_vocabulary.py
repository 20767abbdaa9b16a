"""The pieces that figures are drawn with: charts, cells, icons, pressures."""

import numpy as np
import pytest
from matplotlib.patches import Circle

from content.figures.cells import HELMET, cast, field, fragment, red_cell, strewn, white_cell
from content.figures.chart import heading, second_scale, stack
from content.figures.curves import monotone, tented
from content.figures.icons import Icon, array
from content.figures.impulses import TIMES, side
from content.figures.nomogram import Halving
from content.figures.pressures import Breathing, beat, ejection, plateau, systole
from content.figures.scripts import cgm_nocturnal_lows, vertigo_head_impulse
from content.figures.style import canvas
from content.figures.trends import band, event, given, limit, readings, values


def test_monotone_curve_overshoots_no_reading() -> None:
    """Between two readings the curve stays between them, and it meets each."""
    days = cgm_nocturnal_lows.PATIENT
    at = np.linspace(0, 24, 481)
    curve = monotone(days.hours, days.median, at)
    assert curve[::40].tolist() == pytest.approx(list(days.median))
    assert (curve.min(), curve.max()) == pytest.approx((min(days.median), max(days.median)))


def test_percentiles_never_cross() -> None:
    """Each percentile of a glucose profile lies above the one below it at every hour."""
    at = np.linspace(0, 24, 481)
    for days in (cgm_nocturnal_lows.PATIENT, cgm_nocturnal_lows.OTHER):
        curves = [
            monotone(days.hours, each, at)
            for each in (days.p5, days.p25, days.median, days.p75, days.p95)
        ]
        assert (np.diff(curves, axis=0) > 0).all()


def test_line_of_the_nomogram_halves_every_four_hours() -> None:
    """The line through 150 µg/mL at 4 hours passes 126 at 5, 53 at 10, and 4.7 at 24 hours."""
    line = Halving(150, 4, 24, 4)
    assert line.at(np.array([5.0, 10, 24])).tolist() == pytest.approx([126.1, 53.0, 4.69], abs=0.05)


@pytest.mark.parametrize("gain", [0.94, 0.41])
def test_eye_follows_the_head_by_the_printed_gain(gain: float) -> None:
    """The areas under eye and head velocity, without saccades, are in the ratio of the gain."""
    turns = vertigo_head_impulse.TURNS
    drawn = list(side(turns, gain, vertigo_head_impulse.NONE, 3))
    early = TIMES < 170
    ratios = [eye[early].sum() / head[early].sum() for head, eye in drawn]
    assert np.mean(ratios) == pytest.approx(gain, abs=0.04)
    assert max(np.abs(eye[TIMES > 350]).max() for _, eye in drawn) < 12


def test_tented_wave_has_the_width_it_is_given() -> None:
    """It is 1 at its peak and falls to e to the minus 1 one width away on either side."""
    wave = tented(np.array([273.0, 345, 407]), 345, 72, 62)
    assert wave.tolist() == pytest.approx([np.exp(-1), 1, np.exp(-1)])


def test_ventricle_peaks_and_fills_as_told() -> None:
    """Systole reaches its peak, and a stiff heart's diastole dips and then stays level."""
    x = np.arange(0, 800, 1.0)
    level = np.full_like(x, 20.0)
    pressure = beat(plateau(x, 330, 4, level, 730), systole(x, 78, 330), 130)
    assert pressure.max() == pytest.approx(130, abs=1)
    assert pressure[380:440].min() == pytest.approx(4, abs=1)
    assert pressure[600:680].tolist() == pytest.approx([20] * 80, abs=0.3)


def test_breath_is_deepest_at_the_end_of_inspiration() -> None:
    """A breath goes from 0 to 1 in its inspiration, and back by its end."""
    drawn = Breathing(4, 1.6).drawn(np.array([0, 1.6, 3.999999]))
    assert drawn.tolist() == pytest.approx([0, 1, 0], abs=1e-6)


def test_ejection_runs_between_the_pressures() -> None:
    """The aorta's pressure begins at its foot and reaches its top where the knots do."""
    knots = ((0.0, 0.0), (0.24, 1.0), (1.0, 0.58))
    reached = ejection(np.array([0, 0.24, 1]), knots, 70, 122)
    assert reached.tolist() == pytest.approx([70, 122, 70 + 0.58 * 52])


def test_strewn_cells_lie_near_their_places_and_always_there() -> None:
    """The same seed strews the same cells, none farther from its place than told."""
    cells = strewn(10, 5, (0.09, 0.12), seed=7)
    assert cells == strewn(10, 5, (0.09, 0.12), seed=7)
    assert len(cells) == 50
    for n, (x, y) in enumerate(cells):
        assert abs(x - n % 10 - 0.5) <= 0.09
        assert abs(y - n // 10 - 0.5) <= 0.12


def test_field_keeps_its_proportions() -> None:
    """A unit of a field is as long across as up, and what is drawn in it stays where it is put."""
    axes = field(canvas(900), (50, 30, 660), 100)
    (left, low), (right, high) = axes.transData.transform([(0, 0), (1, 1)])
    assert right - left == pytest.approx(high - low)
    red_cell(axes, (20, 20), 3)
    white_cell(axes, (40, 20))
    fragment(axes, (60, 20), 3, HELMET, 10)
    cast(axes, (50, 45), 38, 22)
    assert all(np.isfinite(patch.get_extents().extents).all() for patch in axes.patches)


def test_icon_array_shows_every_person_and_the_key() -> None:
    """A hundred people and two lines of the key are a hundred and two circles."""
    people = [Icon(filled=True, crossed=True)] * 21 + [Icon()] * 79
    (axes,) = array(people, 10, [(Icon(filled=True), "ill"), (Icon(), "well")]).axes
    circles = [patch for patch in axes.patches if isinstance(patch, Circle)]
    assert len(circles) == 102
    assert len(axes.lines) == 2 * 21


def test_stacked_panels_share_one_axis() -> None:
    """Panels stand above one another, and only the lowest letters its x axis."""
    upper, lower = stack(canvas(1000), (300, 300))
    lower.set_xlim(0, 48)
    lower.set_xticks((0, 24, 48))
    assert upper.get_xlim() == (0, 48)
    assert upper.get_position().y0 > lower.get_position().y1
    assert not any(label.get_visible() for label in upper.get_xticklabels())


def test_chart_says_what_it_is_told() -> None:
    """Names, values, events and bars stand in a panel as they are given; units convert."""
    (axes,) = stack(canvas(700), (400,))
    axes.set_ylim(0, 10)
    heading(axes, "Glucose", "(mmol/L)")
    band(axes, 4, 8)
    limit(axes, 3)
    readings(axes, (0, 1), (5, 6))
    values(axes, (0, 1), (5, 6), ("5.0", "6.0"))
    given(axes, (0, 1), 0, "saline", "#E69F00")
    event(axes, 0.5, "meal")
    right = second_scale(axes, 18, (0, 90, 180), "mg/dL")
    said = [text.get_text() for text in axes.texts]
    assert said == ["Glucose", "(mmol/L)", "5.0", "6.0", "saline", "meal"]
    assert right.get_ylim() == (0, 180)
