"""What stands on the screen of a live round, as values that become JSON."""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from content.question import Question
from content.snapshot import Snapshot
from storage.live_rounds import LiveCounts, LiveRound


class Ballot(Struct, frozen=True):
    """How a vote went: how many voted, and how many took each choice (by its place in the file)."""

    voters: int
    counts: Mapping[int, int]


class RoundShown(Struct, frozen=True):
    """A round as it is now; ``ballots`` are those that are closed, and ``link`` lets phones in."""

    round: LiveRound
    snapshot: Snapshot
    counts: LiveCounts
    ballots: Sequence[Ballot]
    link: str

    @property
    def question(self) -> Question:
        """The one that the round is at."""
        return self.snapshot.case.questions[self.round.position]

    @property
    def order(self) -> Sequence[int]:
        """The places of its choices in the file, as screen and phones number them."""
        return self.round.choice_orders[self.round.position]


class Piece(Struct, frozen=True, omit_defaults=True):
    """Text of one look; line breaks are ``\\n``."""

    text: str
    bold: bool = False
    italic: bool = False


Text = Sequence[Sequence[Piece]]
"""Paragraphs."""


class ShownFigure(Struct, frozen=True):
    """A figure, by the SHA-256 of its file."""

    sha256: str
    alt: str
    caption: Text


class ChoiceShare(Struct, frozen=True):
    """A choice's share as it may be told, and how long its bar is: hundredths."""

    told: str
    length: int


class Bars(Struct, frozen=True):
    """How a vote went, choice by choice; ``shares`` is empty where too few voted for that."""

    title: str
    shares: Sequence[ChoiceShare]


class Answer(Struct, frozen=True):
    """What is right (places on the screen), how that is said beside it, and what to take home."""

    mark: str
    right: Sequence[int]
    key_point: Text
    whys: Sequence[Text]


class ScreenQuestion(Struct, frozen=True):
    """The question, and the texts of its choices in the order of their numbers."""

    prompt: str
    choices: Sequence[str]
    several: str
    """What says that several choices are right; empty where one is."""


class Join(Struct, frozen=True):
    """How phones come in."""

    code: str
    link: str
    how: str


class Screen(Struct, frozen=True):
    """All that the screen shows. What does not stand there is None or empty."""

    state: str
    position: int
    language: str
    direction: Literal["ltr", "rtl"]
    title: str
    heading: str
    place: str
    count: str
    notice: str
    vignette: Text
    reveal: Text
    figures: Sequence[ShownFigure]
    asked: ScreenQuestion | None
    bars: Sequence[Bars]
    answer: Answer | None
    join: Join | None
