"""What the buttons about cases that are being written send back."""

from enum import StrEnum
from typing import Self

from bot.features.shared.buttons import DRAFT, ButtonData, read_id
from bot.features.shared.messages import Button, press


class DraftVerb(StrEnum):
    """What a button does; ``draft_id`` is 0 where it is about no draft yet.

    Old buttons stay: a word once used keeps its meaning.
    """

    LIST = "list"  # number: a page of one's drafts
    CARD = "card"
    DOWNLOAD = "file"
    DELETE = "delete"  # asks once
    DELETED = "delete-yes"
    STEPS = "steps"  # begins one, part by part
    READ = "done"  # nothing more is sent of the text
    ADD = "add"  # more of the text is sent
    PAGE = "page"  # number: a page of findings
    WHY = "why"  # number: which finding
    SHOW = "show"  # as learners will meet it
    PARTS = "parts"  # number: of which question
    PART = "part"  # asks for it; number: of which question
    CHOOSE = "choose"  # part, and the option of this number
    CLEAR = "clear"  # the part goes
    NEXT = "next"  # asks for what is missing after this part
    BACK = "back"  # asks for the part before this one
    TAKE = "take"  # the reference that was read
    MEND = "mend"
    DROP = "drop"
    REMOVE = "remove"  # number: a reference in the draft
    PICTURES = "pics"
    PICTURE = "pic"  # number: which, here and below
    PICTURE_ADD = "pic-add"  # number: to which question, or 0
    PICTURE_ASK = "pic-ask"  # part: what is to be said of it
    PICTURE_SAY = "pic-say"  # part: what is said of it
    PICTURE_NEW = "pic-new"  # another comes in its place
    PICTURE_GONE = "pic-gone"
    PICTURE_NEXT = "pic-next"  # what is still to be said of any
    PUBLISH = "publish"  # says before what it means
    PUBLISHED = "publish-yes"


class DraftPress(ButtonData, frozen=True):
    """What a button sends back: ``draft:<verb>:<draft>:<number>:<part>``; 64 bytes at most."""

    verb: DraftVerb
    draft_id: int = 0
    number: int = 0
    part: str = ""

    def __str__(self) -> str:
        return f"{DRAFT}{self.verb}:{self.draft_id:x}:{self.number:x}:{self.part}"

    @classmethod
    def _read(cls, data: str) -> Self:
        verb, draft_id, number, part = data.removeprefix(DRAFT).split(":", 3)
        return cls(DraftVerb(verb), read_id(draft_id), read_id(number), part)


def draft_button(
    text: str, verb: DraftVerb, draft_id: int = 0, number: int = 0, part: str = ""
) -> Button:
    """A button about a draft."""
    return press(text, str(DraftPress(verb, draft_id, number, part)))
