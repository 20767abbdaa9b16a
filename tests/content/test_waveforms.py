"""The drawn waveforms: to scale, and timed as their cases say."""

from itertools import pairwise

import numpy as np
import pytest

from content.figures.curves import Samples
from content.figures.ecg import seconds, sheet
from content.figures.scripts import (
    acute_pericarditis_ecg,
    capnogram,
    hyperkalemia_ecg,
    lyme_carditis,
    tamponade_arterial_line,
)
from content.figures.scripts.tamponade_arterial_line import BEAT
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


def test_limb_leads_agree() -> None:
    """Lead II is the sum of I and III, and the augmented leads cancel out."""
    leads = acute_pericarditis_ecg.twelve_leads(seconds(0, 2.5))
    assert np.allclose(leads["II"], leads["I"] + leads["III"])
    assert np.allclose(leads["aVR"] + leads["aVL"] + leads["aVF"], 0)


def test_no_lead_but_two_has_a_low_st_segment() -> None:
    """The ST segment, 20 ms after its onset, is low in aVR and V1 and raised in all others."""
    time = seconds(0, 10)
    at = round((acute_pericarditis_ecg.FIRST / 1000 + 5 * 0.625 + 0.1) * 500)
    low = {
        name for name, lead in acute_pericarditis_ecg.twelve_leads(time).items() if lead[at] < -0.01
    }
    assert {"aVR", "V1"} == low


def test_strip_of_wide_complexes_runs_at_46_a_minute() -> None:
    """Six T waves, the highest waves of the strip, follow one another every 1.3 s."""
    time = seconds(0, 8)
    tall = peaks(time, hyperkalemia_ecg.millivolts(time), 1)
    assert [b - a for a, b in pairwise(tall)] == pytest.approx([1.3] * 5, abs=0.003)


def test_strip_with_five_complexes_has_no_fixed_interval() -> None:
    """The complexes come every 1.6 s, and each at another distance from the P wave before it."""
    time = seconds(0, 8)
    tall = peaks(time, lyme_carditis.millivolts(time), 0.6)
    assert [b - a for a, b in pairwise(tall)] == pytest.approx([1.6] * 4, abs=0.003)
    distances = [
        onset - max(peak for peak in lyme_carditis.P_WAVES if peak < onset)
        for onset in lyme_carditis.ONSETS
    ]
    assert distances == [330, 550, 80, 300, 520]


def test_arterial_peaks_follow_the_breathing() -> None:
    """The first nine beats peak as the case says, in mm Hg."""
    time = np.linspace(0, 4.5, 4501)
    wave = tamponade_arterial_line.pressure(time)
    beats = [wave[(time >= n * BEAT) & (time < (n + 0.4) * BEAT)].max() for n in range(9)]
    assert beats == pytest.approx([96, 84, 72, 75, 84, 93, 95, 83, 72], abs=1)


def test_carbon_dioxide_fades_within_seven_breaths() -> None:
    """Every wave is lower than the one before; after the seventh the line is flat."""
    time = np.linspace(0, 40, 4001)
    wave = capnogram.carbon_dioxide(time)
    tops = [wave[(time >= at) & (time < at + 4)].max() for at in capnogram.BREATHS]
    assert tops == pytest.approx([15, 10, 7, 4, 2, 1, 0.5, 0, 0, 0], abs=0.6)
