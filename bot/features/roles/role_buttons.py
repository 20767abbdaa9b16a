"""What the buttons about authors and reviewers send back."""

from enum import StrEnum

from msgspec import Struct

from bot.features.shared.buttons import ROLE, read_id
from bot.features.shared.messages import Button, press


class RoleVerb(StrEnum):
    """What a button does. Old buttons stay: a word once used keeps its meaning."""

    LIST = "list"  # person_id: a page of it
    LINK = "link"
    TAKE_BACK = "back"  # asks once
    TAKEN_BACK = "back-yes"


class RolePress(Struct, frozen=True):
    """What an administrator's button sends back: ``role:<verb>:<role>:<person>``."""

    verb: RoleVerb
    role: str = ""
    person_id: int = 0

    def __str__(self) -> str:
        return f"{ROLE}{self.verb}:{self.role}:{self.person_id:x}"

    @classmethod
    def parse(cls, data: str) -> "RolePress | None":
        """Read what ``str`` wrote; None for anything else, since people can send anything."""
        verb, _, rest = data.removeprefix(ROLE).partition(":")
        role, _, person_id = rest.partition(":")
        try:
            pressed = cls(RoleVerb(verb), role, read_id(person_id))
        except ValueError:
            return None
        return pressed if str(pressed) == data else None


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
