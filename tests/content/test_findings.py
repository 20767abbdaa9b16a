"""The drawn findings are where their cases say."""

from math import dist

import numpy as np
import pytest

from content.figures.scripts import gout_crystals, hypercalcemia_fhh, zoster_dermatome
from content.figures.scripts.gout_crystals import Needle


def test_blisters_keep_to_one_side() -> None:
    """All blisters lie on the patient's right, above the lip, apart from the cheek."""
    chance = np.random.default_rng(1)
    groups = [zoster_dermatome.blisters(group, chance) for group in zoster_dermatome.CLUSTERS]
    assert [len(group) for group in groups] == [5, 6, 5, 4, 6, 4, 3, 4, 3, 3, 3, 3, 4]
    places = [place for group in groups for place in group]
    assert max(x for x, _ in places) + zoster_dermatome.RADIUS <= zoster_dermatome.STOP < 50
    below_the_eye = [(x, y) for x, y in places if y < zoster_dermatome.EYE[1]]
    assert all(x > 42 and y > 43 for x, y in below_the_eye)


@pytest.mark.parametrize(
    ("angle", "expected"),
    [(0, "#F6D33C"), (90, "#3FA9E6"), (45, "#A83279"), (135, "#A83279"), (180, "#F6D33C")],
)
def test_needle_is_yellow_along_the_slow_axis(angle: float, expected: str) -> None:
    """Yellow along the axis, blue across it, and as the background half-way between."""
    drawn = gout_crystals.colour(Needle(50, 50, 12, angle))
    assert "#" + "".join(f"{round(255 * part):02X}" for part in drawn) == expected


def test_needles_lie_in_the_field_and_three_in_cells() -> None:
    """Every needle is inside the field; the middles of three are inside white cells."""
    ends = [end for needle in gout_crystals.NEEDLES for end in needle.outline()]
    assert max(dist(end, (50, 50)) for end in ends) < 50
    engulfed = [
        (needle.x, needle.y)
        for needle in gout_crystals.NEEDLES
        if any(dist((needle.x, needle.y), (x, y)) < r / 2 for x, y, r in gout_crystals.CELLS)
    ]
    assert engulfed == [(58, 76), (46, 40), (28, 30)]


@pytest.mark.parametrize(
    ("patient", "ratio"), [(hypercalcemia_fhh.PATIENT, 0.0053), (hypercalcemia_fhh.OTHER, 0.0225)]
)
def test_calcium_is_high_at_a_hormone_that_is_not_suppressed(
    patient: hypercalcemia_fhh.Patient, ratio: float
) -> None:
    """Above the range of calcium, past the middle of the hormone's; the clearances tell apart."""
    middle = sum(hypercalcemia_fhh.HORMONE_RANGE) / 2
    assert all(hormone > middle for hormone, _ in patient.blood)
    assert min(calcium for _, calcium in patient.blood) > hypercalcemia_fhh.CALCIUM_RANGE[1]
    assert patient.ratio == pytest.approx(ratio, abs=0.00005)
