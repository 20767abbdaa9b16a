"""What the buttons about authors and reviewers send back."""

from enum import StrEnum
from typing import Self

from msgspec import Struct

from bot.features.shared.buttons import ROLE, ButtonData, read_id
from bot.features.shared.messages import Button, press


class RoleVerb(StrEnum):
    """What a button does. Old buttons stay: a word once used keeps its meaning."""

    LIST = "list"  # person_id: a page of it
    LINK = "link"
    TAKE_BACK = "back"  # asks once
    TAKEN_BACK = "back-yes"


class RolePress(ButtonData, frozen=True):
    """What an administrator's button sends back: ``role:<verb>:<role>:<person>``."""

    verb: RoleVerb
    role: str = ""
    person_id: int = 0

    def __str__(self) -> str:
        return f"{ROLE}{self.verb}:{self.role}:{self.person_id:x}"

    @classmethod
    def _read(cls, data: str) -> Self:
        verb, role, person_id = data.removeprefix(ROLE).split(":")
        return cls(RoleVerb(verb), role, read_id(person_id))


class Accepting(StrEnum):
    """How somebody answers an invitation to a role."""

    YES = "y"
    OTHER_NAME = "o"
    NO = "x"


class AcceptPress(Struct, frozen=True):
    """What a button under an invitation sends back: ``role:<how>/<token>``."""

    how: Accepting
    token: str

    def __str__(self) -> str:
        return f"{ROLE}{self.how}/{self.token}"

    @classmethod
    def parse(cls, data: str) -> "AcceptPress | None":
        """Read what ``str`` wrote; None for anything else."""
        how, slash, token = data.removeprefix(ROLE).partition("/")
        if not slash or how not in set(Accepting):
            return None
        return cls(Accepting(how), token)


def role_button(text: str, verb: RoleVerb, role: str = "", person_id: int = 0) -> Button:
    """A button of an administrator."""
    return press(text, str(RolePress(verb, role, person_id)))


def accept_button(text: str, how: Accepting, token: str) -> Button:
    """A button under an invitation."""
    return press(text, str(AcceptPress(how, token)))
