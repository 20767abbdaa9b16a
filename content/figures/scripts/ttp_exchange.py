"""Four blood tests by hospital day over a field of the blood film; and another patient's.

In the field a column and a row are each 1 unit wide, counted from 1, rows from below.
"""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from msgspec import Struct

from content.figures.cells import (
    CRESCENT,
    HELMET,
    HORNED,
    TRIANGLE,
    Outline,
    field,
    fragment,
    large_cell,
    red_cell,
    strewn,
)
from content.figures.chart import heading, panel
from content.figures.style import INK, QUIET, SMALL, TEXT, WIDTH, canvas
from content.figures.trends import limit, readings, values

HEIGHT: Final = 1620
COLUMNS, ROWS = 10, 5
SIDE: Final = 50
GAP: Final = 90
"""Pixels between two charts side by side."""
WIDE: Final = (WIDTH - 2 * SIDE - GAP) / 2
TALL: Final = 235
RADIUS: Final = 0.38
JITTER: Final = (0.09, 0.12)
NEAR: Final = 0.05
"""Where a value below 0.1 is drawn."""
FIELD: Final = (140, 560)
"""Where the field begins, in pixels from below, and its height."""


class Test(Struct, frozen=True):
    """One blood test by hospital day, on a scale from 0 to ``top``, with its reference limit."""

    name: str
    unit: str
    values: tuple[str, ...]
    top: float
    limit: float
    note: str = ""


class Findings(Struct, frozen=True):
    """One patient's tests and film."""

    tests: tuple[Test, Test, Test, Test]
    fragments: dict[tuple[int, int], tuple[Outline, float]]
    """The outline and turn of each, by its column and row."""
    large: tuple[int, int]
    seed: int
    words: tuple[str, str]


PATIENT: Final = Findings(
    tests=(
        Test("Platelets", "×10⁹/L", ("58", "31", "17", "9"), 200, 150),
        Test("LDH", "U/L", ("610", "980", "1420", "1890"), 2600, 250),
        Test(
            "Haptoglobin", "g/L", ("0.2", "<0.1", "<0.1", "<0.1"), 0.9, 0.3, "<0.1 g/L = <10 mg/dL"
        ),
        Test("Creatinine", "µmol/L", ("84", "92", "99", "104"), 200, 90, "104 = 1.2 mg/dL"),
    ),
    fragments={
        (4, 2): (HELMET, -25),
        (8, 3): (TRIANGLE, 20),
        (6, 5): (CRESCENT, 70),
        (9, 1): (HORNED, 14),
    },
    large=(3, 4),
    seed=4,
    words=(
        "Day 4 film. Field: 50 red cells.",
        "Reticulocytes 9.1%. Direct antiglobulin test negative.",
    ),
)
OTHER: Final = Findings(
    tests=(
        Test("Platelets", "×10⁹/L", ("41", "22", "14"), 200, 150),
        Test("LDH", "U/L", ("1120", "1560", "2040"), 2800, 250),
        Test("Haptoglobin", "g/L", ("0.1", "<0.1", "<0.1"), 0.9, 0.3, "<0.1 g/L = <10 mg/dL"),
        Test("Creatinine", "µmol/L", ("96", "108", "118"), 220, 110, "118 = 1.3 mg/dL"),
    ),
    fragments={
        (2, 4): (TRIANGLE, -40),
        (5, 2): (HELMET, 35),
        (7, 4): (HORNED, -18),
        (9, 3): (CRESCENT, 200),
        (3, 1): (TRIANGLE, 95),
    },
    large=(8, 5),
    seed=9,
    words=(
        "Day 3 film. Field: 50 red cells.",
        "Reticulocytes 8.6%. Direct antiglobulin test negative.",
    ),
)


def draw() -> Figure:
    """Draw the results."""
    return _results(PATIENT)


def draw_variant() -> Figure:
    """Draw the other patient's results."""
    return _results(OTHER)


def _results(patient: Findings) -> Figure:
    figure = canvas(HEIGHT)
    for n, test in enumerate(patient.tests):
        left = SIDE + (n % 2) * (WIDE + GAP)
        bottom = HEIGHT - 90 - TALL - (n // 2) * (TALL + 165)
        axes = panel(figure, left, bottom, WIDTH - left - WIDE, HEIGHT - bottom - TALL)
        _chart(axes, test)
    figure.text(
        0.5,
        (FIELD[0] + FIELD[1] + 42) / HEIGHT,
        "x: hospital day · dashed: reference limit",
        size=SMALL,
        color=INK,
        ha="center",
    )
    _film(field(figure, (SIDE, *FIELD), COLUMNS), patient)
    for n, line in enumerate(patient.words):
        figure.text(SIDE / WIDTH, (FIELD[0] - 55 - 48 * n) / HEIGHT, line, size=TEXT, color=INK)
    return figure


def _chart(axes: Axes, test: Test) -> None:
    days = range(1, len(test.values) + 1)
    levels = [NEAR if text.startswith("<") else float(text) for text in test.values]
    axes.set_xlim(0.5, len(days) + 0.5)
    axes.set_ylim(0, test.top)
    axes.set_xticks(days)
    axes.set_yticks(())
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    heading(axes, test.name, test.unit)
    limit(axes, test.limit, QUIET)
    readings(axes, days, levels, INK)
    values(axes, days, levels, test.values, 20)
    if test.note:
        axes.annotate(
            test.note,
            xy=(1, 1),
            xycoords="axes fraction",
            xytext=(0, -6),
            textcoords="offset points",
            size=SMALL,
            color=INK,
            ha="right",
            va="top",
        )


def _film(axes: Axes, patient: Findings) -> None:
    chance = np.random.default_rng(patient.seed)
    for n, at in enumerate(strewn(COLUMNS, ROWS, JITTER, patient.seed)):
        place = (n % COLUMNS + 1, n // COLUMNS + 1)
        if place in patient.fragments:
            fragment(axes, at, RADIUS, *patient.fragments[place])
        elif place == patient.large:
            large_cell(axes, at, RADIUS * 1.18)
        else:
            red_cell(axes, at, RADIUS * chance.uniform(0.93, 1.05))
