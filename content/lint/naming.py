"""Names of rules as people give them."""

from collections.abc import Iterable
from difflib import get_close_matches

from content.lint.faults import FAULTS
from content.lint.registry import RULES
from content.problems import Severity


class UnknownRuleError(Exception):
    """A name that no rule has, or of a rule that cannot be left out; the message says which."""


def near(name: str, others: Iterable[str] = ()) -> str | None:
    """The rule that was probably meant."""
    return next(iter(get_close_matches(name, [*RULES, *others], n=1)), None)


def nearest(name: str, others: Iterable[str] = ()) -> str:
    """The same as the end of a sentence; empty where none is near."""
    meant = near(name, others)
    return f"; did you mean {meant}?" if meant else ""


def chosen(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """The rules to be run: those selected, or all, without those ignored.

    Takes names one by one or in lists with commas. Raises UnknownRuleError.
    """
    selected, ignored = _names(select), _names(ignore)
    for name in selected | ignored:
        if name in FAULTS:
            raise UnknownRuleError(f"{name} is no rule of style, and is always told")
        if name not in RULES:
            raise UnknownRuleError(f"there is no rule {name!r}{nearest(name)}")
    for name in ignored:
        if RULES[name].severity is Severity.ERROR:
            raise UnknownRuleError(f"{name} is an error, which cannot be ignored")
    return frozenset(selected or RULES) - ignored


def _names(given: Iterable[str]) -> set[str]:
    names = {name.strip() for each in given for name in each.split(",")}
    return names - {""}
