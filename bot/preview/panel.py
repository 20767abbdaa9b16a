"""The notes beside the previewed case: whether it is shown, and what is wrong with it."""

import time
from typing import Any

from msgspec import Struct

from bot.preview.source import Version
from content.problems import Problem, Severity

_LONGEST_TITLE, _LONGEST_TEXT = 128, 2000  # characters, of the sandbox's notes


class Shown(Struct, frozen=True):
    """The version is what the chats show."""

    at: int  # UTC milliseconds


class Held(Struct, frozen=True):
    """The version has no case to show; the chats show that of ``since``, if there was one."""

    since: int | None  # UTC milliseconds


class Stuck(Struct, frozen=True):
    """The version was not gone through to its end, for this reason."""

    why: str


State = Shown | Held | Stuck


def notes(version: Version, state: State, shortcuts: dict[str, int]) -> dict[str, Any]:
    """The body of ``PUT /sandbox/notes``; ``shortcuts`` are people's ids by what to call them."""
    remarks = [_remark(problem) for problem in version.problems]
    if isinstance(state, Stuck):
        remarks.insert(0, {"tone": "error", "text": _cut(state.why, _LONGEST_TEXT)})
    return {
        "title": _cut(version.file.path.name, _LONGEST_TITLE),
        "tone": _tone(version, state),
        "text": f"{_state(state)} {summary(version)}",
        "shortcuts": [{"text": text, "person": person} for text, person in shortcuts.items()],
        "remarks": remarks,
    }


def summary(version: Version) -> str:
    """What was found, in numbers."""
    counts = [(version.count(severity), severity) for severity in Severity]
    found = [f"{n} {noun}{'' if n == 1 else 's'}" for n, noun in counts if n]
    return f"{', '.join(found)}." if found else "No problems."


def clock_time(at: int) -> str:
    """UTC milliseconds as the hour on this computer's clock."""
    return time.strftime("%H:%M:%S", time.localtime(at / 1000))


def _state(state: State) -> str:
    match state:
        case Shown():
            return f"Shown as saved at {clock_time(state.at)}."
        case Held():
            if state.since is None:
                return "Nothing to show yet: mend the errors and save."
            return f"This version has errors; you see that of {clock_time(state.since)}."
        case Stuck():
            return "This version is not shown in full."


def _tone(version: Version, state: State) -> str:
    if not isinstance(state, Shown) or version.count(Severity.ERROR):
        return "error"
    return "warning" if version.count(Severity.WARNING) else "good"


def _remark(problem: Problem) -> dict[str, str]:
    return {
        "tone": str(problem.severity),
        "place": f"{problem.path.name}:{problem.line}",
        "label": problem.code,
        "text": _cut(problem.message, _LONGEST_TEXT),
    }


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
