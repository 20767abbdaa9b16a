"""Numbers, ranges and units in choices: how they are read, and what the rules find in them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.lint.numbers import Quantity, quantity
from tests.content.lint.reading import asking, messages

INF = math.inf


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "rest"),
    [
        ("5 mg", 5, 5, "mg", ()),
        ("5–10 milligrams", 5, 10, "mg", ()),
        ("10 mg to 20 mg", 10, 20, "mg", ()),
        ("between 10 and 20%", 10, 20, "%", ()),
        ("Less than 5 %", -INF, 5, "%", ()),
        ("at least 65 years", 65, INF, "year", ()),
        ("65 or older", 65, INF, "", ()),
        ("65+", 65, INF, "", ()),
        ("≤ 5", -INF, 5, "", ()),
        ("1,000 mL", 1000, 1000, "ml", ()),
        ("0,5 g", 0.5, 0.5, "g", ()),
        ("Prednisolone 40 mg", 40, 40, "mg", ("prednisolone",)),
        ("100 × 10⁹/L", 100, 100, "x 109/l", ()),
        ("100 x 10^9/L", 100, 100, "x 109/l", ()),
        ("90 mL/min/1.73 m2", 90, 90, "ml/min/1.73 m2", ()),
        ("PaCO2 of 40 mm Hg", 40, 40, "mm hg", ("paco2",)),
        ("\u221222 cm H2O", -22, -22, "cm h2o", ()),
        ("5 mg/kg per day", 5, 5, "mg/kg/day", ()),
        ("A 10-mm stone", 10, 10, "mm", ("stone",)),
        ("5 \u03bcg", 5, 5, "µg", ()),
    ],
)
def test_a_quantity_is_read(
    text: str, low: float, high: float, unit: str, rest: tuple[str, ...]
) -> None:
    """A number or a range, its unit in one spelling, and what else is said."""
    found = quantity(text)
    assert found
    assert (found.low, found.high, found.unit, found.rest) == (
        low,
        high,
        unit,
        rest,
    )


@pytest.mark.parametrize(
    "text",
    [
        "No drug",
        "T9",
        "6/6",
        "1 in 3",
        "1:2",
        "2 x 5 mg",
        "1e9",
        "12.5.3",
        "20 to 10",
        "½",
        "1 000",
    ],
)
def test_what_is_no_one_quantity_is_left(text: str) -> None:
    """Levels of the spine, ratios, acuities and what holds several numbers."""
    assert quantity(text) is None


spans = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(sorted)


@given(spans, spans)
def test_ranges_overlap_where_they_share_a_number(one: list[int], other: list[int]) -> None:
    """Closed ranges of whole numbers, whichever comes first."""
    first, second = (Quantity(low, high, "mg", ()) for low, high in (tuple(one), tuple(other)))
    shared = set(range(one[0], one[1] + 1)) & set(range(other[0], other[1] + 1))
    # Between whole numbers too: 1-4 and 2-3 share 2, and 1-3 with 2-5 share 2.
    assert first.overlaps(second) == second.overlaps(first) == bool(shared)


Table = dict[str, list[tuple[str, ...]]]

FOUND: Table = {
    "numeric-order": [
        ("20 mg", "60 mg", "40 mg"),
        ("10%", "5%", "20%", "40%"),
        ("1 week", "3 days", "1 month"),
        ("<5", "10-20", "5-10"),
        ("Day 1", "Day 3", "Day 2"),
        ("1 g", "250 mg", "500 mg"),
        ("20 mg", "60 mg", "40 mg", "No drug"),
    ],
    "numeric-overlap": [
        ("10 to 20%", "20 to 30%", "40 to 50%"),
        ("10-20 mg", "15 mg", "40 mg"),
        (">10", ">20", "5"),
        ("At least 5", "10 or more", "1"),
        ("1-2 weeks", "10-20 days", "3 months"),
        ("≤ 5", "5 to 9", "10 or more"),
        ("Within 1 hour", "Within 6 hours", "Within 24 hours"),
    ],
    "unit-mismatch": [
        ("250 mg", "500 mg", "1 g"),
        ("5%", "10", "20%"),
        ("5 mg", "5 mL", "10 mg"),
        ("Prednisolone 500 mg", "Prednisolone 1 g"),
        ("70 mg/dL", "4 mmol/L", "100 mg/dL"),
        ("24 hours", "2 days", "1 week"),
        ("< 90 minutes", "3 hours", "5", "> 12 hours"),
    ],
}
LEFT: Table = {
    "numeric-order": [
        ("20 mg", "40 mg", "60 mg"),
        ("60 mg", "40 mg", "20 mg"),
        ("3 days", "1 week", "1 month"),
        ("<5%", "5-10%", "11-20%", ">20%"),
        ("250 mg", "500 mg", "1 g"),
        ("No drug", "20 mg", "40 mg"),
        ("Aspirin 300 mg", "Clopidogrel 75 mg", "Heparin 5000 units"),
        ("Aspirin", "Heparin", "Rest"),
        ("5 mg", "3 mL", "7 mg"),
        ("5 mg",),
        ("Stage II", "Stage I", "Stage III"),
        (),
    ],
    "numeric-overlap": [
        ("<10%", "10 to 29%", "30 to 50%", ">50%"),
        ("10-19", "20-29", "30-39"),
        ("5", "10", "15"),
        ("5", "5", "15"),
        ("Less than 5", "5 to 9", "10 or more"),
        ("Within 24 hours", "2 to 7 days", "More than a week"),
        ("1-5 mg", "1-5 mL"),
        ("Aspirin 10-20 mg", "Heparin 15-30 mg"),
    ],
    "unit-mismatch": [
        ("250 mg", "500 mg", "1000 mg"),
        ("6 hours", "2 days", "3 months"),
        ("Less than 1 hour", "3 days", "6 weeks"),
        ("5 mg", "10 milligrams"),
        ("5 \u00b5g", "10 mcg"),
        ("100 × 10⁹/L", "200 x 10^9/L"),
        ("Aspirin 300 mg", "Heparin 5000 units", "Streptokinase 1 g"),
        ("Stage 1", "Stage 2"),
        ("5 mg", "No drug", "10 mg"),
        (),
    ],
}


def _each(table: Table) -> list[tuple[str, tuple[str, ...]]]:
    return [(rule, choices) for rule, rows in table.items() for choices in rows]


@pytest.mark.parametrize(("rule", "choices"), _each(FOUND))
def test_flawed_numbers_are_found(rule: str, choices: tuple[str, ...]) -> None:
    """In the order of the file, where learners see that order."""
    assert messages(rule, asking("", *choices, shuffle="false"))


@pytest.mark.parametrize(("rule", "choices"), _each(LEFT))
def test_sound_numbers_are_left_alone(rule: str, choices: tuple[str, ...]) -> None:
    """Also where the choices are no numbers, or numbers of different things."""
    assert messages(rule, asking("", *choices, shuffle="false")) == []


def test_order_matters_only_where_it_is_shown() -> None:
    """Shuffled choices have no order."""
    assert messages("numeric-order", asking("", "20 mg", "60 mg", "40 mg")) == []


def test_the_number_out_of_order_is_named() -> None:
    """Not the first one, nor all."""
    [message] = messages("numeric-order", asking("", "1%", "2%", "9%", "3%", shuffle="false"))
    assert message.startswith("“3%” is out of order")
