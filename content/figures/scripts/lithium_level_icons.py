"""A hundred inpatients, screened and then examined; another hundred in the variant."""

from typing import Final

from matplotlib.figure import Figure

from content.figures.icons import Icon, array

ACROSS: Final = 10
FOUND: Final = Icon(filled=True, crossed=True)
MISSED: Final = Icon(filled=True)
FALSE: Final = Icon(crossed=True)
WELL: Final = Icon()
KEY: Final = (
    (MISSED, "delirium on the geriatrician’s examination"),
    (WELL, "no delirium on that examination"),
    (FALSE, "cross: screening test positive"),
)


def draw() -> Figure:
    """Draw the array."""
    return array([FOUND] * 21 + [MISSED] * 3 + [FALSE] * 9 + [WELL] * 67, ACROSS, KEY)


def draw_variant() -> Figure:
    """Draw the array of the other ward."""
    return array([FOUND] * 9 + [MISSED] + [FALSE] * 11 + [WELL] * 79, ACROSS, KEY)
