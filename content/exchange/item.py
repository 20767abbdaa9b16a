"""A question as other programs know it, and what reading a file of them gives.

All texts are in the Markdown subset of case texts (``content.markup``); a reader turns what its
format holds (HTML, escapes) into it, and a writer turns it back.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that belongs to an item: its bytes, and a file name without folders."""

    name: str
    data: bytes
    alt: str = ""


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """One answer to choose from; ``feedback`` says why it is right or wrong."""

    text: str
    correct: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question. ``line`` is where it stands in the file it came from, from 1; 0 if nowhere.

    ``multiple``: the learner is asked for all right choices, even where only one is right.
    ``feedback`` is what is said after the answer, whatever it was.
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
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Skipped:
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


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file held: the items in their order, and all that was left out of it.

    A reader never raises for what a file holds: bytes that make no sense are one ``Skipped``.
    ``notes`` are sentences on what was taken, but not quite as it stood, each with its place.
    """

    items: tuple[Item, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
