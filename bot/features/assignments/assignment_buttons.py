"""What the buttons around assignments send back."""

from enum import StrEnum
from typing import Self

from bot.features.shared.buttons import RUN, ButtonData, read_id
from bot.features.shared.messages import Button, press

DRAFT = "assign:"  # and then which part of what is to be assigned, and after a colon its value


class AssignmentVerb(StrEnum):
    """What a member, or an educator, wants of an assignment."""

    SEE = "see"
    DO = "do"
    PAGE = "page"
    TRY = "try"
    EXTEND = "more"  # with the time by which it was due, and what is added to it
    TYPED = "typed"
    CANCEL = "cancel"
    VOID = "void"
    REMIND = "remind"


TASK = "task:"  # and then which assignment, what is wanted of it, and a value


class AssignmentPress(ButtonData, frozen=True):
    """A press about an assignment."""

    assignment_id: int
    verb: AssignmentVerb
    value: str = ""

    def __str__(self) -> str:
        return f"{TASK}{self.assignment_id:x}:{self.verb}:{self.value}"

    @classmethod
    def _read(cls, data: str) -> Self:
        number, verb, value = data.removeprefix(TASK).split(":", 2)
        return cls(read_id(number), AssignmentVerb(verb), value)


def task(label: str, assignment_id: int, verb: AssignmentVerb, value: str = "") -> Button:
    """A button about an assignment."""
    return press(label, str(AssignmentPress(assignment_id, verb, value)))


def run(label: str, command: str) -> Button:
    """A button that does what a command does."""
    return press(label, f"{RUN}{command}")
