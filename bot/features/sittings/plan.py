"""What a person wants to practise, and the cases for it: pure decisions."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

from bot.base.time_units import MINUTE_MS
from bot.features.cases.choose_case import is_open, is_unseen, to_repeat
from bot.features.shared.case_names import is_in
from bot.features.shared.preferences import Preferences
from content.library import Library
from content.model import Case
from storage.people import Progress

SIZES: Final = (5, 10, 20)
_PER_QUESTION_S: Final = 90  # seconds of an exam
WARN_MS: Final = 5 * MINUTE_MS
"""ms before its deadline at which somebody who sits an exam is warned."""


class CaseSource(StrEnum):
    """Among which cases."""

    UNSEEN = "unseen"
    DUE = "due"
    MISSED = "missed"
    ALL = "all"


class Mode(StrEnum):
    """Explained one after the other, or at the end."""

    STUDY = "study"
    EXAM = "exam"


class Plan(Struct, frozen=True):
    """So many cases (``size``) of a source, on a topic; none: on any."""

    size: int = 10
    source: CaseSource = CaseSource.UNSEEN
    mode: Mode = Mode.STUDY
    topic: str = ""

    def __str__(self) -> str:
        return f"{self.size}-{self.source}-{self.mode}-{self.topic}"

    @classmethod
    def parse(cls, text: str) -> "Plan | None":
        """Read what ``str`` wrote; None for anything else, since people can send anything."""
        size, source, mode, topic = (text.split("-", 3) + [""] * 4)[:4]
        try:
            plan = cls(int(size), CaseSource(source), Mode(mode), topic)
        except ValueError:
            return None
        return plan if plan.size in SIZES and str(plan) == text else None

    def to_json(self) -> str:
        """The same, to be kept."""
        kept = {"size": self.size, "source": self.source, "topic": self.topic or None}
        return json.dumps(kept)


def fitting(
    plan: Plan, library: Library, progress: Progress, preferences: Preferences
) -> list[Case]:
    """The cases that a plan speaks of; preferences hold where it names no topic.

    An exam leaves out what is open: its poll stands in the chat, and tells the key to who votes.
    What is due is no matter of whole cases: see ``due_questions``.
    """
    if plan.topic:
        among: Iterable[Case] = library.on_topic(plan.topic)
    else:
        among = [case for case in library.cases.values() if preferences.admit(case)]
    among = [case for case in among if case.id not in progress.held_back.ids]
    if plan.mode is Mode.EXAM:
        among = [case for case in among if not is_open(case, progress)]
    match plan.source:
        case CaseSource.UNSEEN:
            return [case for case in among if is_unseen(case, progress)]
        case CaseSource.MISSED:
            return to_repeat(among, progress)
        case CaseSource.ALL:
            return list(among)
        case CaseSource.DUE:
            return []


def chosen(cases: Iterable[Case], size: int, number: int, language: str) -> list[Case]:
    """So many of them, in the order of a sitting of this number; in the language first."""

    def place(case: Case) -> tuple[bool, bytes]:
        return not is_in(case, language), hashlib.sha256(f"{number}:{case.id}".encode()).digest()

    return sorted(cases, key=place)[:size]


def time_for(questions: int) -> int:
    """How long an exam of so many questions may take: milliseconds, in whole minutes."""
    return -(-questions * _PER_QUESTION_S // 60) * MINUTE_MS


def warning_at(begun_at: int, deadline: int) -> int | None:
    """When to warn of a deadline; None where there is no more time than that in all."""
    at = deadline - WARN_MS
    return at if at > begun_at else None


def minutes_left(deadline: int, now: int) -> int:
    """Whole minutes, counting the one that has begun."""
    return max(0, -(-(deadline - now) // MINUTE_MS))


def shares(scores: Sequence[float | None]) -> tuple[int, int, int]:
    """How many were answered right, partly right, and not at all (None)."""
    return (
        sum(score == 1 for score in scores),
        sum(score is not None and 0 < score < 1 for score in scores),
        sum(score is None for score in scores),
    )
