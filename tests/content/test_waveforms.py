"""The drawn waveforms: to scale, and timed as their cases say."""

from collections.abc import Sequence
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
    constriction_discordance,
    hcm_post_pvc,
    hyperkalemia_ecg,
    lyme_carditis,
    methadone_torsades,
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


def tops(pressure: Samples, onsets: Sequence[float], rate: int) -> list[float]:
    """The highest pressure within 450 ms of each onset, in seconds."""
    return [float(pressure[round(at * rate) : round((at + 0.45) * rate)].max()) for at in onsets]


@pytest.mark.parametrize(
    ("recording", "left", "right"),
    [
        (
            constriction_discordance.PATIENT,
            [129, 117, 112, 119, 128, 129, 117, 112],
            [38, 45, 48, 44, 39, 38, 45, 48],
        ),
        (
            constriction_discordance.OTHER,
            [127, 118, 114, 119, 126, 127, 118, 114],
            [52, 46, 43, 46, 51, 52, 46, 43],
        ),
    ],
)
def test_ventricles_peak_as_the_case_says(
    recording: constriction_discordance.Recording, left: list[float], right: list[float]
) -> None:
    """The two ventricles' peaks move apart with the breath, or together."""
    onsets = [n * recording.interval / 1000 for n in range(8)]
    for ventricle, expected in ((recording.left, left), (recording.right, right)):
        _, pressure = recording.pressure(ventricle)
        peaks = tops(pressure, onsets, constriction_discordance.RATE)
        assert peaks == pytest.approx(expected, abs=1)
        assert np.abs(np.diff(pressure)).max() < 12, "no step where one beat gives way to the next"


@pytest.mark.parametrize(
    ("recording", "left", "artery"),
    [
        (hcm_post_pvc.PATIENT, [172, 172, 118, 232, 174], [122, 122, 98, 98, 120]),
        (hcm_post_pvc.OTHER, [186, 186, 112, 214, 188], [116, 116, 90, 122, 117]),
    ],
)
def test_beat_after_the_pause_is_the_ventricle_s_highest(
    recording: hcm_post_pvc.Recording, left: list[float], artery: list[float]
) -> None:
    """Ventricle and aorta peak as the case says, in mm Hg, beat by beat."""
    onsets = [beat.onset / 1000 for beat in recording.beats[1:6]]
    ventricle = tops(hcm_post_pvc.ventricle(recording), onsets, hcm_post_pvc.RATE)
    assert ventricle == pytest.approx(left, abs=1)
    aorta = hcm_post_pvc.aorta(recording)
    open_ = [float(aorta[round(at * 1000) + 130 : round(at * 1000) + 400].max()) for at in onsets]
    assert open_ == pytest.approx(artery, abs=2)


def test_run_of_wide_beats_turns_over() -> None:
    """Between 5.4 and 9.2 s the trace swings both ways, and then slow beats return."""
    time = seconds(0, 12)
    wave = methadone_torsades.millivolts(time)
    run, after = wave[(time > 5.4) & (time < 9.2)], wave[(time > 9.3) & (time < 9.9)]
    assert run.max() > 0.9
    assert run.min() < -0.9
    assert np.abs(after).max() < 0.1


def test_carbon_dioxide_fades_within_seven_breaths() -> None:
    """Every wave is lower than the one before; after the seventh the line is flat."""
    time = np.linspace(0, 40, 4001)
    wave = capnogram.carbon_dioxide(time)
    tops = [wave[(time >= at) & (time < at + 4)].max() for at in capnogram.BREATHS]
    assert tops == pytest.approx([15, 10, 7, 4, 2, 1, 0.5, 0, 0, 0], abs=0.6)
