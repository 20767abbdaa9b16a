"""A question as other programs know it, and what reading a file of them gives.

All texts are in the Markdown subset of case texts (``content.markup``); a reader turns what its
format holds (HTML, escapes) into it, and a writer turns it back.
"""

from typing import Final

from msgspec import Struct
from msgspec.structs import astuple, replace


class Picture(Struct, frozen=True):
    """An image that belongs to an item: its bytes, and a file name without folders."""

    name: str
    data: bytes
    alt: str = ""


class ItemChoice(Struct, frozen=True):
    """One answer to choose from; ``feedback`` says why it is right or wrong."""

    text: str
    correct: bool
    feedback: str = ""


class Item(Struct, frozen=True):
    """One question. ``line`` is where it stands in the file it came from, from 1; 0 if nowhere.

    ``multiple``: the learner is asked for all right choices, even where only one is right.
    ``feedback`` is what is said after the answer, whatever it was. ``origin`` is the case, question
    and variant that it was made of; it may be the diagnosis and stands in no file.
    """

    stem: str
    choices: tuple[ItemChoice, ...]
    name: str = ""
    multiple: bool = False
    shuffle: bool = True
    feedback: str = ""
    tags: tuple[str, ...] = ()
    category: str = ""
    pictures: tuple[Picture, ...] = ()
    line: int = 0
    origin: str = ""

    def __eq__(self, other: object) -> bool:
        """Whether the same is asked, wherever it stands."""
        return isinstance(other, Item) and self._asked() == other._asked()

    def __hash__(self) -> int:
        return hash(self._asked())

    def _asked(self) -> tuple[object, ...]:
        return astuple(replace(self, line=0, origin=""))


class LeftOutError(Exception):
    """Why an item cannot be taken."""


MOST_ITEMS: Final = 50_000
"""Of a file: reading so many takes a second or two."""


class Skipped(Struct, frozen=True):
    """What could not be taken: where it stands, its name if it has one, and the reason.

    ``place`` is a line (``line 12``), or a file of a package and perhaps a line in it; empty
    where it is the whole of what was read.
    """

    place: str
    name: str
    reason: str

    def __str__(self) -> str:
        name = f"“{self.name}”" if self.name else ""
        return ": ".join(filter(None, (self.place, name, self.reason)))


class Reading(Struct, frozen=True):
    """What a file held: the items in their order, and all that was left out of it.

    A reader never raises for what a file holds: bytes that make no sense are one ``Skipped``.
    ``notes`` are sentences on what was taken, but not quite as it stood, each with its place.
    ``article``: the file is no bank but the article whose text this is, in Markdown. ``pictures``
    are those that stand in a document, in their order, whether or not a question shows them.
    """

    items: tuple[Item, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    article: str = ""
    pictures: tuple[bytes, ...] = ()


TOO_MANY: Final = Reading(
    skipped=(Skipped("", "", f"holds more than {MOST_ITEMS:,} questions; split it"),)
)
"""What is said of a file that goes on after so many; nothing of it is taken."""
