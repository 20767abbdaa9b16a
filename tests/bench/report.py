"""What was measured, as tables for people."""

import os
import platform
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from statistics import median

from msgspec import Struct


class Measurement(Struct, frozen=True):
    """One line of a table; ``met`` is None where nothing in particular was aimed at."""

    what: str
    measured: str
    aim: str = ""
    met: bool | None = None


class Section(Struct, frozen=True):
    """One subject: what was done, and what came of it."""

    title: str
    told: str
    measurements: Sequence[Measurement]


def at_least(what: str, value: float, bound: float) -> Measurement:
    """A ratio that should not be below the bound."""
    return Measurement(what, f"{value:.2f}", f"at least {bound:g}", value >= bound)


def at_most(what: str, value: float, bound: float, unit: str = "") -> Measurement:
    """A value that should not be above the bound."""
    return Measurement(what, f"{value:.2f}{unit}", f"at most {bound:g}{unit}", value <= bound)


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def middle(values: Iterable[float]) -> float:
    """The median."""
    return median(values)


def as_markdown(sections: Iterable[Section], seconds: float) -> str:
    """The whole report."""
    when = datetime.now(UTC).strftime("%Y-%m-%d")
    machine = (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite"
        f" {sqlite3.sqlite_version}, {sys.platform}"
    )
    head = (
        "# What the benchmark measured\n\n"
        f"Made by `make bench` on {when} in {seconds:.0f} s: {machine}. Sandbox and bot share the\n"
        "machine. What is compared was measured in turns within the run; medians, unless told"
        " otherwise.\n"
    )
    return head + "".join(_section(section) for section in sections)


def _section(section: Section) -> str:
    rows = [
        f"| {one.what} | {one.measured} | {one.aim} | {_verdict(one.met)} |"
        for one in section.measurements
    ]
    table = "\n".join(["| what | measured | aim | |", "| --- | --- | --- | --- |", *rows])
    return f"\n## {section.title}\n\n{section.told}\n\n{table}\n"


def _verdict(met: bool | None) -> str:
    return "" if met is None else "met" if met else "**missed**"
