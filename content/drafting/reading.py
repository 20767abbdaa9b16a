"""Drafts of whatever an author has: a pasted text, a document, a case file, a bank of questions."""

from typing import TypeAlias

from msgspec import Struct

from content.drafting.draft_case import DraftCase
from content.phrases import Phrase, phrase

Note: TypeAlias = Phrase | str
"""What was not understood; what is said of other programs' files is English alone."""


KEY_UNSAID = phrase("the text does not say which choice is right")
KEY_SEEMS = phrase(
    "the text seems to call “{choice}” right, but does not say so outright (“{sentence}”); say"
    " which choice is right"
)


def asks_for_key(note: Note) -> bool:
    """Whether what was not understood of a text is which choice is right."""
    asking = {KEY_UNSAID.template, KEY_SEEMS.template}
    return isinstance(note, Phrase) and note.template in asking


class Reading(Struct, frozen=True):
    """The drafts, one for each case or question, and what was not understood.

    ``pictures``: how many of a document that is one case can be its own (``picture_in``).
    """

    drafts: tuple[DraftCase, ...] = ()
    problems: tuple[Note, ...] = ()
    pictures: int = 0


def read_text(text: str) -> Reading:
    """What a pasted text says; never raises. Only a text without words gives no draft."""
    return read_file("", text.encode("utf-8", "replace"))


def read_file(name: str, data: bytes) -> Reading:
    """What a file holds, recognised as `import` does; never raises for it.

    Takes as long as such a file takes to read, which is seconds for a large one.
    """
    # What reads all formats is much, and a bot starts without it.
    from content.drafting.file_reading import read  # noqa: PLC0415

    return read(name, data)
