"""The drawn waveforms: to scale, and timed as their cases say."""

from itertools import pairwise

import numpy as np
import pytest

from content.figures.beats import Preexcited, unsteady
from content.figures.curves import Samples
from content.figures.ecg import CHEST, LIMB, RATE, seconds, sheet, strip
from content.figures.pressures import ArterialLine
from content.figures.scripts import (
    acute_pericarditis_ecg,
    capnogram,
    hyperkalemia_ecg,
    lyme_carditis,
    occlusion_de_winter,
    preexcited_af,
    tamponade_arterial_line,
)
from content.figures.scripts.acute_pericarditis_ecg import ARRIVAL, OTHER, twelve_leads
from content.figures.style import WIDTH


def peaks(time: Samples, values: Samples, above: float) -> list[float]:
    """The times of the local maxima higher than ``above``."""
    middle = values[1:-1]
    found = (middle > values[:-2]) & (middle >= values[2:]) & (middle > above)
    return [float(at) for at in time[1:-1][found]]


def test_squares_of_the_paper_are_square() -> None:
    """A large square, 200 ms by 0.5 mV, is as wide as it is high."""
    figure, axes = sheet(-0.4, 4.1, -1, 2)
    (left, low), (right, high) = axes.transData.transform([(0, 0), (0.2, 0.5)])
    assert right - left == pytest.approx(high - low, rel=0.01)
    assert figure.get_figwidth() * figure.dpi == pytest.approx(WIDTH)


def test_twelve_leads_take_at_least_nine_pixels_a_millimetre() -> None:
    """Upright, in two columns, the squares of an ECG stay large enough for a phone."""
    (axes,) = acute_pericarditis_ecg.draw().axes
    (left, _), (right, _) = axes.transData.transform([(0, 0), (0.04, 0)])
    assert right - left >= 9
    assert {text.get_text() for text in axes.texts} == {*LIMB, *CHEST, "25 mm/s  10 mm/mV"}


def test_rows_of_a_strip_follow_one_another() -> None:
    """A row begins with the sample with which the row above it ends."""
    (axes,) = strip("II", lambda time: time, (0, 1, 2), -1, 3).axes
    first, _, second, _ = (np.asarray(line.get_ydata(), float) for line in axes.lines)
    assert (first[-1], second[0] + 4) == pytest.approx((1, 1))


def test_limb_leads_agree() -> None:
    """Lead II is the sum of I and III, and the augmented leads cancel out."""
    leads = twelve_leads(seconds(0, 2.5), ARRIVAL, 625)
    assert np.allclose(leads["II"], leads["I"] + leads["III"])
    assert np.allclose(leads["aVR"] + leads["aVL"] + leads["aVF"], 0)


def shift(lead: Samples, interval: float, after: float) -> float:
    """Millivolts ``after`` milliseconds from a QRS onset, against those before the P wave."""
    onset = acute_pericarditis_ecg.FIRST + 3 * interval
    at, before = (round((onset + x) / 1000 * RATE) for x in (after, -200))
    return float(lead[at - 4 : at + 5].mean() - lead[before - 4 : before + 5].mean())


def test_no_lead_but_two_has_a_low_st_segment() -> None:
    """Low ST segments are in aVR and V1 only, low PR segments in most leads, and high in aVR."""
    leads = twelve_leads(seconds(0, 5), ARRIVAL, 625)
    assert {"aVR", "V1"} == {n for n, lead in leads.items() if shift(lead, 625, 100) < -0.02}
    low = {name for name, lead in leads.items() if shift(lead, 625, -40) < -0.05}
    assert low >= {"I", "II", "aVF", "V3", "V4", "V5", "V6"}
    assert shift(leads["aVR"], 625, -40) > 0.05


def test_other_patient_has_low_st_segments_opposite_the_high_ones() -> None:
    """The variant's ST segments are high in II, III and aVF, most in III, and low in aVL and I."""
    leads = {
        n: shift(lead, 640, 100) for n, lead in twelve_leads(seconds(0, 5), OTHER, 640).items()
    }
    assert leads["III"] > leads["aVF"] > leads["II"] > 0.1
    assert max(leads["aVL"], leads["I"]) < -0.06


def test_chest_leads_climb_from_a_low_j_point() -> None:
    """In V2 to V5 the J point is 2 to 3 mm low and T is tall; no lead has a high J point."""
    leads = occlusion_de_winter.leads(occlusion_de_winter.ARRIVAL, 200, 714)
    at = round((0.2 + 0.1) * RATE)
    low = {name: float(lead[at - 2 : at + 3].mean()) for name, lead in leads.items()}
    assert max(low.values()) < 0.03
    assert all(-0.36 < low[name] < -0.15 for name in ("V2", "V3", "V4", "V5"))
    assert leads["V3"].max() == pytest.approx(1.15, abs=0.06)


def test_attack_is_fast_and_never_regular() -> None:
    """Thirty complexes at 228 a minute, 200 to 395 ms apart."""
    onsets = preexcited_af.onsets(90, preexcited_af.INTERVALS)
    apart = np.diff(onsets)
    assert (len(onsets), onsets[-1], apart.min(), apart.max()) == (30, 7710, 200, 395)
    assert 60000 / apart.mean() == pytest.approx(228, abs=1)


def test_pathway_slurs_and_widens_the_complex() -> None:
    """A beat over the pathway is more than twice as wide, and climbs slowly before its peak."""
    x = np.arange(-50, 300, 1.0)
    narrow, wide = (x[Preexcited(share, t=(0, 0))(x) > 0.03] for share in (0, 1))
    assert np.ptp(wide) > 2 * np.ptp(narrow)
    slur = Preexcited(1)(np.array([20.0, 70.0]))
    assert slur.tolist() == pytest.approx([0.11, 0.40], abs=0.03)


def test_same_seed_gives_the_same_noise() -> None:
    """Skin and breathing disturb a trace in the same way each time, and not by much."""
    time = seconds(0, 4)
    once, again = (unsteady(time, np.zeros_like(time), seed=7) for _ in range(2))
    assert np.array_equal(once, again)
    assert np.abs(once).max() < 0.06


def test_strip_of_wide_complexes_runs_at_46_a_minute() -> None:
    """Six T waves, the highest waves of the strip, follow one another every 1.3 s."""
    time = seconds(0, 8)
    tall = peaks(time, hyperkalemia_ecg.millivolts(time), 1)
    assert [b - a for a, b in pairwise(tall)] == pytest.approx([1.3] * 5, abs=0.005)


def test_strip_with_five_complexes_has_no_fixed_interval() -> None:
    """The complexes come every 1.6 s, and each at another distance from the P wave before it."""
    time = seconds(0, 8)
    tall = peaks(time, lyme_carditis.millivolts(time), 0.6)
    assert [b - a for a, b in pairwise(tall)] == pytest.approx([1.6] * 4, abs=0.005)
    distances = [
        onset - max(peak for peak in lyme_carditis.P_WAVES if peak < onset)
        for onset in lyme_carditis.ONSETS
    ]
    assert distances == [330, 550, 80, 300, 520]


PATIENT_PEAKS = (96, 84, 72, 75, 84, 93, 95, 83, 72, 76, 85, 94, 95, 81, 72, 76, 86)
OTHER_PEAKS = (
    104, 94, 83, 84, 90, 99, 104, 100, 87, 82, 87, 95, 102, 104, 94, 83, 84, 90, 99,
)  # fmt: skip


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (tamponade_arterial_line.PATIENT, PATIENT_PEAKS),
        (tamponade_arterial_line.OTHER, OTHER_PEAKS),
    ],
)
def test_arterial_peaks_follow_the_breathing(line: ArterialLine, expected: tuple[int, ...]) -> None:
    """The beats peak as the case says, in mm Hg."""
    time = np.linspace(0, 12, 12001)
    wave = line.pressure(time)
    beats = [
        wave[(time >= n * line.beat) & (time < (n + 0.4) * line.beat)].max()
        for n in range(len(expected))
    ]
    assert beats == pytest.approx(expected, abs=1)


def test_carbon_dioxide_fades_within_seven_breaths() -> None:
    """Every wave is lower than the one before; after the seventh the line is flat."""
    time = np.linspace(0, 40, 4001)
    wave = capnogram.carbon_dioxide(time)
    tops = [wave[(time >= at) & (time < at + 4)].max() for at in capnogram.BREATHS]
    assert tops == pytest.approx([15, 10, 7, 4, 2, 1, 0.5, 0, 0, 0], abs=0.6)
