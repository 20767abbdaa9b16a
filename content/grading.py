"""Judges an answer."""

from enum import StrEnum

from msgspec import Struct

from content.model import Question


class Verdict(StrEnum):
    CORRECT = "correct"
    PARTLY = "partly"
    WRONG = "wrong"


class Grade(Struct, frozen=True):
    """A verdict, and the score behind it from 0 to 1."""

    verdict: Verdict
    score: float


def needs_multiple(question: Question) -> bool:
    """Whether several choices are right, so that a voter must be able to pick several."""
    return len(question.correct) > 1


def grade(question: Question, chosen: tuple[int, ...]) -> Grade:
    """Grade the choices at these positions (of the file's order).

    The score is right minus wrong: (right picks - wrong picks) / number of right choices, never
    below 0, so that picking everything does not pay. ``correct`` is exactly the key, ``partly``
    any other score above 0. With one right choice that is 1 or 0. Raises ValueError for a position
    that is not there, and for no pick at all, which is not an answer.
    """
    picks, key = set(chosen), set(question.correct)
    if not picks:
        raise ValueError("an answer names at least one choice")
    if not picks <= set(range(len(question.choices))):
        raise ValueError(f"positions {sorted(picks)} of {len(question.choices)} choices")
    if picks == key:
        return Grade(Verdict.CORRECT, 1.0)
    score = max(0.0, (len(picks & key) - len(picks - key)) / len(key))
    return Grade(Verdict.PARTLY if score > 0 else Verdict.WRONG, score)
