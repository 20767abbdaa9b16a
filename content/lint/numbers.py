"""Choices that are numbers: doses, times, counts, with their units and ranges."""

import math
import re
from typing import Final

from msgspec import Struct

from content.lint.subject import Passage, QuestionText
from content.lint.words import ARTICLES, tokens

# The unit, what it measures, how many of the base unit it is, and how else it is written.
_UNITS: Final = (
    ("ms", "time", 1e-3, "millisecond"),
    ("s", "time", 1, "sec second"),
    ("min", "time", 60, "minute"),
    ("h", "time", 3600, "hr hour"),
    ("day", "time", 86_400, "d"),
    ("week", "time", 604_800, "wk"),
    ("month", "time", 2_629_800, ""),
    ("year", "time", 31_557_600, "yr"),
    ("ng", "mass", 1e-9, "nanogram"),
    ("µg", "mass", 1e-6, "mcg ug microgram"),
    ("mg", "mass", 1e-3, "milligram"),
    ("g", "mass", 1, "gram"),
    ("kg", "mass", 1e3, "kilogram"),
    ("µl", "volume", 1e-6, "ul microlitre microliter"),
    ("ml", "volume", 1e-3, "millilitre milliliter"),
    ("dl", "volume", 0.1, "decilitre deciliter"),
    ("l", "volume", 1, "litre liter"),
    ("µm", "length", 1e-6, "um"),
    ("mm", "length", 1e-3, "millimetre millimeter"),
    ("cm", "length", 1e-2, "centimetre centimeter"),
    ("m", "length", 1, "metre meter"),
    ("pmol", "amount", 1e-12, ""),
    ("nmol", "amount", 1e-9, ""),
    ("µmol", "amount", 1e-6, "umol"),
    ("mmol", "amount", 1e-3, ""),
    ("mol", "amount", 1, ""),
    ("%", "%", 1, "percent"),
    ("u", "u", 1, "unit"),
    ("mm hg", "mm hg", 1, "mmhg"),
    *((name, name, 1, "") for name in ("iu", "ku", "meq", "mosm", "°c", "°f", "kpa", "cm h2o")),
    *((name, name, 1, "") for name in ("hz", "khz", "db", "j", "mv", "ma", "gy", "mgy", "kcal")),
    *((name, name, 1, "") for name in ("beat", "breath", "tablet", "dose", "puff", "drop")),
)
_SPELLED = {spelling: name for name, _, _, others in _UNITS for spelling in (name, *others.split())}
_SIZES = {name: (kind, float(size)) for name, kind, size, _ in _UNITS}

# Greek mu is another character than the micro sign.
_ONE_SPELLING = str.maketrans("\u03bc×⁰¹²³⁴⁵⁶⁷⁸⁹", "\u00b5x0123456789", "^")

_NAME = (
    "(?:"
    + "|".join(re.escape(name) for name in sorted(_SPELLED, key=len, reverse=True))
    + r")s?(?![^\W\d_])"
)
_UNIT = (
    r"(?:\s?[×x]\s?10(?:\^?[0-9]{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))?"
    rf"(?:[\s-]?{_NAME})?(?:\s?(?:/|per\b)\s?(?:1\.73\s?m[²2]|{_NAME}))*"
)
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:[.,][0-9]+)?)(?![0-9])"
_QUANTITY = re.compile(
    r"(?:(?P<below>less than|fewer than|under|below|<(?!=))|(?P<most>at most|up to|within|≤|<=)"
    r"|(?P<above>more than|greater than|over|above|>(?!=))|(?P<least>at least|≥|>=)"
    r"|\b(?:between|from|about)\b|~)?\s*"
    rf"(?<![^\W_])(?<![0-9][.,])(?P<low>[-\u2212]?{_NUMBER})(?P<unit>{_UNIT})(?![^\W_])"
    rf"(?:\s?(?:[-\u2013]|\bto\b|\band\b)\s?"
    rf"(?P<high>{_NUMBER})(?P<unit_of_high>{_UNIT})(?![^\W_]))?"
    r"(?:(?P<more>\s?\+|\s+or (?:more|above|over|older|higher|longer|greater)\b)"
    r"|(?P<fewer>\s+or (?:less|fewer|below|under|younger|lower|shorter)\b))?",
    re.IGNORECASE,
)


class Quantity(Struct, frozen=True):
    """A number, or a range, with its unit; ``rest`` is what else the choice says, word by word.

    A side without a limit is infinite. ``below`` and ``above`` say that the limit itself is out:
    the range is all that is below, or above, it.
    """

    low: float
    high: float
    unit: str
    rest: tuple[str, ...]
    below: bool = False
    above: bool = False

    @property
    def kind(self) -> str:
        """What is measured, such as time; the unit itself where it is not among those known."""
        return _SIZES.get(self.unit, (self.unit, 1.0))[0]

    @property
    def span(self) -> tuple[float, float]:
        """Low and high in the base unit of their kind, so that they can be compared within it."""
        size = _SIZES.get(self.unit, ("", 1.0))[1]
        return self.low * size, self.high * size

    def overlaps(self, other: "Quantity") -> bool:
        """Whether some value is in both; each is of the same kind."""
        lower, upper = sorted((self, other), key=lambda each: each.span)
        (_, end), (start, _) = lower.span, upper.span
        return start < end or (start == end and not (lower.below or upper.above))


def quantity(text: str) -> Quantity | None:
    """The one number or range of a text; None where there is none, or more than one."""
    match = _QUANTITY.search(text)
    if not match:
        return None
    around = f"{text[: match.start()]} {text[match.end() :]}"
    low, high = _value(match["low"]), _value(match["high"] or match["low"])
    if re.search(r"\b\d", around) or low > high:
        return None
    return Quantity(
        -math.inf if match["below"] or match["most"] or match["fewer"] else low,
        math.inf if match["above"] or match["least"] or match["more"] else high,
        _unit(match["unit_of_high"] or match["unit"]),
        tuple(word for word in tokens(around) if word not in ARTICLES and word != "of"),
        below=bool(match["below"]),
        above=bool(match["above"]),
    )


def numeric_choices(question: QuestionText) -> list[tuple[Passage, Quantity]]:
    """The choices that are quantities and else say the same, in the file's order.

    Empty unless most are; a choice without a digit, such as “No drug”, may be among them.
    """
    numeric = [option for option in question.options if re.search(r"\d", option.plain)]
    found = [(option, each) for option in numeric if (each := quantity(option.plain))]
    alike = len(found) == len(numeric) and len({each.rest for _, each in found}) == 1
    return found if alike and 2 * len(found) > len(question.options) else []


def _value(number: str) -> float:
    """A comma before three digits sets off thousands; any other is a decimal point."""
    text = number.replace("\u2212", "-")
    grouped = re.fullmatch(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", text)
    return float(text.replace(",", "" if grouped else "."))


def _unit(written: str) -> str:
    """The unit in one spelling, such as ``mg/dl``; empty where there is none."""
    text = " ".join(written.lower().translate(_ONE_SPELLING).split())
    parts = [part.strip(" -") for part in re.split(r"/|\bper\b", text)]
    return "/".join(
        _SPELLED.get(part) or _SPELLED.get(part.removesuffix("s"), part) for part in parts
    )
