"""What the buttons of sessions and exams send back."""

from enum import StrEnum

from msgspec import Struct

from bot.features.shared.buttons import SITTING

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


class SittingPress(Struct, frozen=True):
    """A press: ``place`` is a question's, ``choice`` the place of one of its choices."""

    sitting_id: int
    verb: SittingVerb
    place: int = 0
    choice: int = 0

    def __str__(self) -> str:
        return f"{SITTING}{self.sitting_id:x}:{self.verb}:{self.place}:{self.choice}"

    @classmethod
    def parse(cls, data: str) -> "SittingPress | None":
        """Read what ``str`` wrote; None for anything else, since people can send anything."""
        parts = data.removeprefix(SITTING).split(":")
        try:
            number, verb, place, choice = parts
            press = cls(int(number, 16), SittingVerb(verb), int(place), int(choice))
        except ValueError:
            return None
        numbers = (press.sitting_id, press.place, press.choice)
        fits = all(0 <= one < 1 << 63 for one in numbers)
        return press if str(press) == data and fits else None
