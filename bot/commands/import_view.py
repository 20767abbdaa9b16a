"""What `import` tells: single problems by their place, a few of each kind; at the end a table."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from bot.commands.terminal import console, errors, printable, tell_of
from content.exchange.drafts import Draft

T = TypeVar("T")
Kind = tuple[str, ...]
"""A reason in pieces, of which every other stands for what differs from question to question."""
_LONG = 200  # questions: fewer are done before a bar could be read
_MOST_OF_A_KIND = 5  # told one by one
_MOST_TOLD = 100  # of all kinds
_MOST_ROWS = 12  # of each part of the table
# What differs among problems of one kind: what is quoted of the file, and numbers.
_VARIES = re.compile(r"(“[^”]*”|'[^']*'|\"[^\"]*\"|\d[\d.,]*(?<=\d))")


class ImportTally(Struct):
    """What has become of the questions so far, and why, each kind of reason once."""

    taken: int = 0
    in_the_way: int = 0
    parts: defaultdict[str, Counter[Kind]] = field(default_factory=lambda: defaultdict(Counter))
    shown: dict[Kind, Kind] = field(default_factory=dict)
    told: Counter[Kind] = field(default_factory=Counter)

    def take(self, drafts: Iterable[Draft]) -> None:
        """Count drafts that were made, and what each lacks."""
        for draft in drafts:
            self.taken += 1
            for kind in dict.fromkeys(map(self._kind, draft.lacks)):
                self.parts["to be completed"][kind] += 1

    def tell(self, part: str, path: Path, about: object, reason: str) -> None:
        """Count a problem, and tell of it where few like it were told of."""
        kind = self._kind(reason)
        self.parts[part][kind] += 1
        if self.told[kind] < _MOST_OF_A_KIND and self.told.total() < _MOST_TOLD:
            self.told[kind] += 1
            tell_of(path, about)

    def untold(self) -> int:
        """How many problems had no line of their own."""
        listed = self.parts["refused"].total() + self.parts["left out"].total()
        return listed - self.told.total()

    def rows(self) -> Iterator[tuple[str, int, str]]:
        """The table: what became of how many, and why, the most frequent reasons first."""
        yield "taken", self.taken, ""
        if self.in_the_way:
            yield "not written", self.in_the_way, "there is one by that name"
        for part in ("to be completed", "left out", "refused"):
            reasons = self.parts[part].most_common()
            shown = reasons if len(reasons) <= _MOST_ROWS else reasons[: _MOST_ROWS - 1]
            for kind, number in shown:
                yield part, number, "".join(self.shown[kind])
            if rest := reasons[len(shown) :]:
                yield part, sum(number for _, number in rest), f"{len(rest):,} other reasons"

    def _kind(self, reason: str) -> Kind:
        """Its kind; what all reasons of the kind have in common is shown of them."""
        pieces = tuple(_VARIES.split(reason))
        kind = tuple(_place_for(each) if n % 2 else each for n, each in enumerate(pieces))
        shown = zip(self.shown.get(kind, pieces), pieces, kind, strict=True)
        self.shown[kind] = tuple(old if old == new else other for old, new, other in shown)
        return kind


def _place_for(piece: str) -> str:
    return "N" if piece[0].isdigit() else "“…”"


def with_bar(what: str, each: Sequence[T]) -> Iterable[T]:
    """The same, with a bar on errors while one goes through them, if many and it is a terminal."""
    shown = errors.is_terminal and len(each) >= _LONG
    return track(each, what, console=errors, transient=True, disable=not shown)


def show_table(tally: ImportTally, to: Console = console) -> None:
    """In a terminal as columns that wrap; elsewhere a line for each row."""
    rows = list(tally.rows())
    if not to.is_terminal:
        for part, number, why in rows:
            line = f"{number:>7,}  {part}: {printable(why)}".removesuffix(": ")
            to.print(Text(line), soft_wrap=True)
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(justify="right")
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    previous = ""
    for part, number, why in rows:
        table.add_row(
            Text(f"{number:,}", "bold"), "" if part == previous else part, Text(printable(why))
        )
        previous = part
    to.print(table)
