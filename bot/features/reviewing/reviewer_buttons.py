"""What the buttons of reviewers send back."""

import re
from enum import StrEnum
from typing import Final

from msgspec import Struct

from bot.features.shared.buttons import SIGNING
from bot.features.shared.messages import Button, press

_SHORT: Final = 12  # characters of a digest: enough to tell one wording of a case from another
_PRESS: Final = re.compile(f"{SIGNING}([a-z]+):([0-9a-f]{{1,4}}):([a-z0-9-]{{0,50}}):([0-9a-f]*)")


class ReviewerVerb(StrEnum):
    """What a press is to do. Old buttons stay: a word once used keeps its meaning."""

    QUEUE = "queue"  # the specialties in which cases wait
    OF = "of"  # ref: a specialty; page: of its cases
    MINE = "mine"  # page: of the cases that the reviewer signed
    SHOW = "show"  # ref: a case's code
    NEXT = "next"  # ref: the code of the case after which the next one is wanted
    SIGN = "sign"  # ref: a case's code, and the digest that was shown
    CHANGE = "change"  # the same; asks for words
    REJECT = "reject"  # the same
    TAKE_BACK = "back"  # ref: a case's code
    NAME = "name"  # asks for another name


class ReviewerPress(Struct, frozen=True):
    """What a button sends back: ``sign:<verb>:<page>:<ref>:<digest>``; pages are from 0.

    ``digest`` is the beginning of that of the case as it was shown.
    """

    verb: ReviewerVerb
    ref: str = ""
    digest: str = ""
    page: int = 0

    def __str__(self) -> str:
        return f"{SIGNING}{self.verb}:{self.page:x}:{self.ref}:{self.digest}"

    @classmethod
    def parse(cls, data: str) -> "ReviewerPress | None":
        """Read what ``str`` wrote; None for anything else, since people can send anything."""
        found = _PRESS.fullmatch(data)
        if found is None or found[1] not in list(ReviewerVerb) or len(found[4]) not in {0, _SHORT}:
            return None
        return cls(ReviewerVerb(found[1]), found[3], found[4], int(found[2], 16))


def short(digest: str) -> str:
    """A digest as buttons and notes carry it."""
    return digest[:_SHORT]


def reviewer_button(
    text: str, verb: ReviewerVerb, ref: str = "", digest: str = "", page: int = 0
) -> Button:
    """A button of a reviewer."""
    return press(text, str(ReviewerPress(verb, ref, short(digest), page)))
