"""A learner who has practised for three months: cases, and reviews of what they answered."""

import hashlib
from collections.abc import Iterator

from msgspec import Struct

from bot.base.ids import TimedIds
from bot.base.time_units import DAY_MS
from bot.features.cases.confidence_view import LEVELS
from bot.features.cases.record_answer import PostedQuestion, Response, graded_answer
from content.library import Library
from content.model import Question
from content.one_question_case import alone
from content.snapshot import Snapshot
from storage.case_facts import CasePosted, SnapshotTaken
from storage.facts import Fact, PersonMet

_DAYS = 90
_NEW_EVERY = 8  # days from one case to the next
_REVIEWED_AFTER = (9, 40)  # days; what was wrong comes back then


class _Answer(Struct, frozen=True):
    """An answer of the past: ``at`` in UTC milliseconds; ``sure`` and ``right`` from 0 to 1."""

    snapshot: Snapshot
    position: int
    at: int
    purpose: str
    sure: float
    right: float


def three_months(library: Library, person_id: int, now: int) -> tuple[Fact, ...]:
    """What is on record of them, as if they had answered until yesterday. The same every time."""
    met = PersonMet(person_id, "en", now - _DAYS * DAY_MS)
    ids = TimedIds()
    posts = list(_posts(library, now))
    return (met, *(fact for post in posts for fact in _recorded(person_id, post, ids)))


def _posts(library: Library, now: int) -> Iterator[list[_Answer]]:
    """Each post's answers, in the order of time."""
    found = []
    for number, case in enumerate(library.cases.values()):
        day = _DAYS - number * _NEW_EVERY
        if day <= 0:
            break
        at = now - day * DAY_MS
        whole = library.snapshot(case)
        positions = range(len(case.questions))
        found.append([_answer(whole, place, at, "case", 0.55) for place in positions])
        for again, later in enumerate(_REVIEWED_AFTER, start=1):
            if day <= later:
                break
            review = library.snapshot(alone(case, 0))
            share = 0.6 + 0.15 * again
            found.append([_answer(review, 0, at + later * DAY_MS, "review", share)])
    yield from sorted(found, key=lambda answers: answers[0].at)


def _answer(snapshot: Snapshot, position: int, at: int, purpose: str, share: float) -> _Answer:
    """An answer that is right for ``share`` of all, and the more so the surer they are."""
    named = f"{snapshot.case.id}/{position}/{share}"
    sure = between(f"sure {named}")
    right = between(f"right {named}") + share - 0.5 + 0.3 * (sure - 0.5)
    return _Answer(snapshot, position, at + position * 60_000, purpose, sure, right)


def _recorded(person_id: int, answers: list[_Answer], ids: TimedIds) -> Iterator[Fact]:
    first = answers[0]
    snapshot, post_id = first.snapshot, ids.new(first.at)
    yield SnapshotTaken(snapshot.digest, snapshot.to_json(), first.at)
    yield CasePosted(
        *(post_id, person_id, person_id, snapshot.case.id, snapshot.digest, first.at),
        purpose=first.purpose,
    )
    for answer in answers:
        asked = PostedQuestion(snapshot, answer.position, post_id)
        level = LEVELS[min(2, int(answer.sure * 3))]
        chosen = _chosen(asked.question, answer.right)
        response = Response(chosen, answer.at + 40_000, 40_000, level)
        yield graded_answer(person_id, asked, response, first=first.purpose == "case")


def _chosen(question: Question, right: float) -> tuple[int, ...]:
    if right >= 0.5:
        return question.correct
    wrong = [place for place in range(len(question.choices)) if place not in question.correct]
    return (wrong[int(between(question.prompt) * len(wrong))],)


def between(text: str) -> float:
    """A number from 0 to 1 that is this text's own."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6]) / (1 << 48)
