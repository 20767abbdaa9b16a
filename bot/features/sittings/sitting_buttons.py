"""What the buttons of sessions and exams send back."""

from enum import StrEnum
from typing import Self

from bot.features.shared.buttons import SITTING, ButtonData, read_id

PLAN = "practice:"  # and then a plan
PLAN_TOPICS = "practice-on:"  # and then a page's number, and after a colon a plan
BEGIN = "practise:"  # and then a plan


class SittingVerb(StrEnum):
    """What is to be done about a sitting, or about the question at a place of it."""

    GO = "go"
    CHOOSE = "c"
    MARK = "mark"
    OVERVIEW = "all"
    HAND_IN = "in"
    LEAVE = "leave"
    VOID = "void"
    RESUME = "on"
    PAUSE = "pause"
    WHY = "why"


class SittingPress(ButtonData, frozen=True):
    """A press: ``place`` is a question's, ``choice`` the place of one of its choices."""

    sitting_id: int
    verb: SittingVerb
    place: int = 0
    choice: int = 0

    def __str__(self) -> str:
        return f"{SITTING}{self.sitting_id:x}:{self.verb}:{self.place}:{self.choice}"

    @classmethod
    def _read(cls, data: str) -> Self:
        number, verb, place, choice = data.removeprefix(SITTING).split(":")
        pressed = cls(read_id(number), SittingVerb(verb), int(place), int(choice))
        if not all(0 <= one < 1 << 63 for one in (pressed.place, pressed.choice)):
            raise ValueError(data)
        return pressed
