"""The drawn charts hold the numbers of their cases."""

import numpy as np
import pytest

from content.figures import parasites
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


@pytest.mark.parametrize(
    ("record", "lowest", "days"),
    [(vivax_fever_curve.HIS, 40, (1, 3, 5)), (vivax_fever_curve.HERS, 39.5, (0, 3, 6))],
    ids=["48 hours", "72 hours"],
)
def test_fever_peaks_are_a_cycle_apart(
    record: vivax_fever_curve.Record, lowest: float, days: tuple[int, ...]
) -> None:
    """The highest readings are all at 14:00, two days apart in him and three in her."""
    time, temperature = vivax_fever_curve.readings(record)
    high = [at for at, value in zip(time, temperature, strict=True) if value >= lowest]
    assert high == pytest.approx([day + 14 / 24 for day in days])


def test_ripe_parasites_are_as_many_as_the_species_makes() -> None:
    """Eighteen in a cell that is half as wide again, eight in one of its neighbours' size."""
    for record, count, share in ((vivax_fever_curve.HIS, 18, 1.6), (vivax_fever_curve.HERS, 8, 1)):
        assert sum(young for young, _ in record.circles) == count
        assert max(record.radii) / parasites.CELL == pytest.approx(share)


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
