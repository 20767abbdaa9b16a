"""What an examination finds, as values."""

from enum import StrEnum

from msgspec import Struct


class Gravity(StrEnum):
    """How bad it is. A problem keeps the bot from its work, or will soon."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


class Finding(Struct, frozen=True):
    """How one thing is, and what to do where it is not well. No token, and nobody's name."""

    about: str
    grade: Gravity
    said: str
    advice: str = ""


def ok(about: str, said: str) -> Finding:
    """It is well."""
    return Finding(about, Gravity.OK, said)


def warning(about: str, said: str, advice: str) -> Finding:
    """It works, but not as it should."""
    return Finding(about, Gravity.WARNING, said, advice)


def problem(about: str, said: str, advice: str) -> Finding:
    """It does not work."""
    return Finding(about, Gravity.PROBLEM, said, advice)


def size(number: int) -> str:
    """Bytes, for people: ``1.5 GB``."""
    amount = float(number)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.3g} {unit}"
        amount /= 1000
    return f"{amount:.3g} TB"


def age(milliseconds: int) -> str:
    """A span, for people: ``3 hours``."""
    seconds = max(0, milliseconds // 1000)
    for unit, name in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= unit:
            return counted(seconds // unit, name)
    return counted(seconds, "second")


def counted(number: int, noun: str) -> str:
    """A number with its noun: ``1 case``, ``2 cases``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
