"""What the buttons around assignments send back."""

from enum import StrEnum

from msgspec import Struct

from bot.features.shared.buttons import RUN, read_id
from bot.features.shared.messages import Button, press

DRAFT = "assign:"  # and then which part of what is to be assigned, and after a colon its value


class Verb(StrEnum):
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


class TaskPress(Struct, frozen=True):
    """A press about an assignment."""

    assignment_id: int
    verb: Verb
    value: str = ""

    def __str__(self) -> str:
        return f"{TASK}{self.assignment_id:x}:{self.verb}:{self.value}"

    @classmethod
    def parse(cls, data: str) -> "TaskPress | None":
        """Read what ``str`` wrote; None for anything else, since people can send anything."""
        number, _, rest = data.removeprefix(TASK).partition(":")
        verb, _, value = rest.partition(":")
        try:
            pressed = cls(read_id(number), Verb(verb), value)
        except ValueError:
            return None
        return pressed if str(pressed) == data else None


def task(label: str, assignment_id: int, verb: Verb, value: str = "") -> Button:
    """A button about an assignment."""
    return press(label, str(TaskPress(assignment_id, verb, value)))


def run(label: str, command: str) -> Button:
    """A button that does what a command does."""
    return press(label, f"{RUN}{command}")
