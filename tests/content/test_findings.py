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


def test_family_has_high_calcium_at_a_usual_hormone() -> None:
    """All five points are above the range of calcium and inside that of the hormone."""
    points = [*hypercalcemia_fhh.PATIENT, hypercalcemia_fhh.MOTHER, hypercalcemia_fhh.BROTHER]
    low, high = hypercalcemia_fhh.HORMONE_RANGE
    assert all(low < hormone < high for hormone, _ in points)
    assert min(calcium for _, calcium in points) > hypercalcemia_fhh.CALCIUM_RANGE[1]
    assert pytest.approx(0.0053, abs=0.00005) == hypercalcemia_fhh.RATIO
