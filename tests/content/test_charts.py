"""The drawn charts hold the numbers of their cases."""

import numpy as np
import pytest

from content.figures.scripts import (
    hit_platelet_curve,
    methemoglobinemia,
    myeloma_spep,
    vivax_fever_curve,
)
from content.figures.scripts.myeloma_spep import NORMAL, PATIENT, STRIP, Fraction


@pytest.mark.parametrize(("serum", "protein"), [(PATIENT, 104), (NORMAL, 71)])
def test_area_under_the_strip_is_the_total_protein(
    serum: tuple[Fraction, ...], protein: float
) -> None:
    """The curve encloses the total protein in g/L."""
    place = np.linspace(*STRIP, 10_001)
    curve = myeloma_spep.density(place, serum)
    area = np.sum((curve[1:] + curve[:-1]) / 2 * np.diff(place))
    assert area == pytest.approx(protein, abs=0.1)


def test_gamma_peak_is_taller_and_narrower_than_albumin() -> None:
    """The patient's peak is 1.7 times as tall as albumin's, and narrower at half its height."""
    place = np.linspace(*STRIP, 10_001)
    curve = myeloma_spep.density(place, PATIENT)
    gamma, albumin = (
        np.where((place > low) & (place < high), curve, 0) for low, high in ((66, 100), (0, 20))
    )
    assert gamma.max() / albumin.max() == pytest.approx(1.7, abs=0.02)
    assert np.sum(gamma > gamma.max() / 2) < np.sum(albumin > albumin.max() / 2)


def test_fever_peaks_are_two_days_apart() -> None:
    """Three readings of 40 degrees and more, each at 14:00, on the second, fourth, sixth day."""
    time, temperature = vivax_fever_curve.readings()
    assert len(time) == 39
    high = [at for at, value in zip(time, temperature, strict=True) if value >= 40]
    assert high == pytest.approx([day + 14 / 24 for day in (1, 3, 5)])
    assert time[-1] == pytest.approx(vivax_fever_curve.ARRIVAL)


def test_platelets_fall_by_three_quarters_after_they_recovered() -> None:
    """From the peak on day 5, above the count before surgery, to the last day: 75% less."""
    counts = hit_platelet_curve.COUNTS
    assert (counts.index(max(counts)), len(counts) - 1) == (5, hit_platelet_curve.SCANNED)
    assert max(counts) > counts[0]
    assert 1 - counts[-1] / max(counts) == pytest.approx(0.75, abs=0.005)


def test_three_measures_of_saturation_disagree() -> None:
    """At the end the oximeter says 85%, the calculation 99% or more, the measurement 61%."""
    patient = methemoglobinemia.PATIENT
    late = [value for at, value in patient.pulse if at >= 25]
    assert set(late) == {85}
    assert [value for _, value in patient.calculated] == [99, 100]
    assert [value for _, value in patient.measured] == [61]
