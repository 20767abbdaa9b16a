"""What the buttons about cohorts and educators send back."""

from enum import StrEnum
from typing import Self

from msgspec import Struct

from bot.features.shared.buttons import COHORT, ButtonData, read_id
from bot.features.shared.messages import Button, press


class CohortVerb(StrEnum):
    """What a button does; ``ref`` is a cohort's id where nothing else is said.

    ``number`` is 0 where it says nothing. Old buttons stay: a word once used keeps its meaning.
    """

    ASK = "ask"  # to be approved as an educator
    APPROVE = "approve"  # ref: who asked
    REFUSE = "refuse"  # the same
    TAKE_BACK = "back"  # ref: who was approved; asks once
    TAKEN_BACK = "back-yes"
    KEPT = "back-no"
    LIST = "list"
    NEW = "new"
    SHOW = "show"
    LINK = "link"  # sends it with its QR code
    RENEW = "renew"
    MOST = "most"  # number: how many may join; 0 asks
    PEOPLE = "people"  # number: a page
    PERSON = "person"  # number: a member; asks once whether to remove them
    REMOVE = "remove"  # number: a member
    ADD = "add"  # a co-educator
    HAND_OVER = "over"
    RENAME = "rename"
    CLOSE = "close"  # asks once
    CLOSED = "close-yes"
    REPORT = "monday"  # number: 1 for a report each Monday
    LEAVE = "leave"  # asks once
    LEFT = "leave-yes"
    STAY = "leave-no"


class CohortPress(ButtonData, frozen=True):
    """What a button sends back: ``cohort:<verb>:<ref>:<number>``."""

    verb: CohortVerb
    ref: int = 0
    number: int = 0

    def __str__(self) -> str:
        return f"{COHORT}{self.verb}:{self.ref:x}:{self.number:x}"

    @classmethod
    def _read(cls, data: str) -> Self:
        verb, ref, number = data.removeprefix(COHORT).split(":")
        return cls(CohortVerb(verb), read_id(ref), read_id(number))


class How(StrEnum):
    """How somebody answers an invitation."""

    NAMED = "n"
    ALIAS = "a"
    TEACHING = "t"
    NO = "x"


class JoinPress(Struct, frozen=True):
    """What a button under an invitation sends back: ``cohort:<how>/<shown>/<token>``.

    ``shown`` stands for what was read above it: see ``consent.shown``.
    """

    how: How
    shown: str
    token: str

    def __str__(self) -> str:
        return f"{COHORT}{self.how}/{self.shown}/{self.token}"

    @classmethod
    def parse(cls, data: str) -> "JoinPress | None":
        """Read what ``str`` wrote; None for anything else."""
        how, _, rest = data.removeprefix(COHORT).partition("/")
        shown, slash, token = rest.partition("/")
        if not slash or how not in set(How):
            return None
        return cls(How(how), shown, token)


def button(text: str, verb: CohortVerb, ref: int = 0, number: int = 0) -> Button:
    """A button about a cohort or an educator."""
    return press(text, str(CohortPress(verb, ref, number)))
