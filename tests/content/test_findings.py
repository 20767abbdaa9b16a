"""The drawn findings are where their cases say."""

from math import dist

import numpy as np
import pytest

from content.figures.scripts import gout_crystals, hypercalcemia_fhh, zoster_dermatome
from content.figures.scripts.gout_crystals import Crystal
from content.figures.scripts.zoster_dermatome import Group


@pytest.mark.parametrize("groups", [zoster_dermatome.RIGHT, zoster_dermatome.LEFT])
def test_blisters_keep_to_one_side(groups: tuple[Group, ...]) -> None:
    """No blister of either patient passes the uneven edge of the eruption, nor its group."""
    chance = np.random.default_rng(1)
    for group in groups:
        placed = zoster_dermatome.blisters(group, chance)
        assert len(placed) == group.number
        for x, y, radius in placed:
            inner = x - radius if group.left else x + radius
            assert zoster_dermatome.kept(inner, y, left=group.left) == inner
            assert dist((x, y), (group.x, group.y)) < max(group.wide, group.high)


def test_eruptions_follow_a_nerve_each() -> None:
    """Below the eye the man's is on the nose alone; the woman's spares forehead, tip and chin."""
    assert all(x > 44 and y > 46 for x, y in centres(zoster_dermatome.RIGHT) if y < 70)
    assert any(y < 47 for _, y in centres(zoster_dermatome.RIGHT))
    assert all(x > 54 and 35 < y < 63 for x, y in centres(zoster_dermatome.LEFT))


def centres(groups: tuple[Group, ...]) -> list[tuple[float, float]]:
    """Where groups of blisters are."""
    return [(group.x, group.y) for group in groups]


@pytest.mark.parametrize(
    ("retardation", "expected"), [(1, "#F6D33C"), (-1, "#3FA9E6"), (0, "#A83279")]
)
def test_crystals_turn_yellow_or_blue(retardation: float, expected: str) -> None:
    """Yellow one way, blue the other, and as the background between."""
    drawn = gout_crystals.colour(retardation)
    assert "#" + "".join(f"{round(255 * part):02X}" for part in drawn) == expected


@pytest.mark.parametrize(
    ("crystals", "half"),
    [(gout_crystals.NEEDLES, gout_crystals.NEEDLE), (gout_crystals.RODS, gout_crystals.ROD)],
)
def test_crystals_lie_in_the_field(
    crystals: tuple[Crystal, ...], half: tuple[tuple[float, float], ...]
) -> None:
    """Every crystal is inside the field."""
    ends = [end for crystal in crystals for end in crystal.outline(half)]
    assert max(dist(end, (50, 50)) for end in ends) < 50


def test_five_needles_lie_across_cells() -> None:
    """The middles of five needles are inside white cells."""
    engulfed = [
        (needle.x, needle.y)
        for needle in gout_crystals.NEEDLES
        if any(dist((needle.x, needle.y), (x, y)) < r for x, y, r in gout_crystals.CELLS)
    ]
    assert engulfed == [(58, 79), (46, 41), (27, 31), (66, 51), (70, 24)]


def test_needles_are_slender_and_rods_blunt() -> None:
    """A needle is more than five times as long as wide, a rod less than four."""
    assert min(each.length / each.width for each in gout_crystals.NEEDLES) > 5
    assert max(each.length / each.width for each in gout_crystals.RODS) < 4


@pytest.mark.parametrize(
    ("patient", "clearances", "ratio"),
    [
        (hypercalcemia_fhh.PATIENT, (95.5, 0.505), 0.0053),
        (hypercalcemia_fhh.OTHER, (117, 2.63), 0.0225),
    ],
)
def test_calcium_is_high_at_a_hormone_that_is_not_suppressed(
    patient: hypercalcemia_fhh.Patient, clearances: tuple[float, float], ratio: float
) -> None:
    """Above the range of calcium, past the middle of the hormone's; the clearances tell apart."""
    middle = sum(hypercalcemia_fhh.HORMONE_RANGE) / 2
    assert all(visit.at[0] > middle for visit in patient.visits)
    assert min(visit.at[1] for visit in patient.visits) > hypercalcemia_fhh.CALCIUM_RANGE[1]
    assert patient.clearances == pytest.approx(clearances, rel=0.005)
    creatinine, calcium = patient.clearances
    assert calcium / creatinine == pytest.approx(ratio, abs=0.00005)
