"""Splits a long text into messages within Telegram's limits, losing nothing."""

import unicodedata
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from content.markup import Paragraph, Run, entity_count, to_html, trim, visible

# Telegram's limits of a message.
MESSAGE_LENGTH = 4096
MAX_ENTITIES = 100
MIN_ENTITIES = 4  # a quote, a link, bold and italic around one character
PART_BREAK = "\n\n"
QUOTE_BREAK = "\n"  # between quotes, which stand apart by themselves

_QUOTE_END = "</blockquote>"


class Typeset(Struct, frozen=True):
    """Telegram's HTML, the characters that a reader sees, and the entities that it makes."""

    html: str
    length: int
    entities: int


class Part(Struct, frozen=True, dict=True):
    """Paragraphs that belong together; a quote is shown collapsed, to be opened by the reader.

    A first paragraph all in bold is a heading, and stays with what follows it. What is found out
    about a part is kept with it: the same parts go to many people.
    """

    paragraphs: tuple[Paragraph, ...]
    quote: bool = False

    @cached_property
    def trimmed(self) -> "Part":
        """The part without whitespace around its paragraphs, and without empty ones."""
        kept = tuple(trimmed for each in self.paragraphs if (trimmed := trim(each)))
        return self if kept == self.paragraphs else replace(self, paragraphs=kept)

    @cached_property
    def typeset(self) -> Typeset:
        """The part as Telegram shows it."""
        html = to_html(self.paragraphs)
        if self.quote:
            html = f"<blockquote expandable>{html}{_QUOTE_END}"
        return Typeset(html, len(visible(self.paragraphs)), entity_count(html))


class Limits(Struct, frozen=True):
    """What one message holds: visible characters, and entities.

    Raises ValueError for limits that cannot hold one character with all its looks.
    """

    length: int = MESSAGE_LENGTH
    entities: int = MAX_ENTITIES

    def __post_init__(self) -> None:
        if self.length < 1 or self.entities < MIN_ENTITIES:
            raise ValueError(f"a message holds 1 character and {MIN_ENTITIES} entities at least")

    def hold(self, part: Part) -> bool:
        """Whether one message can hold this part."""
        return part.typeset.length <= self.length and part.typeset.entities <= self.entities


TELEGRAM = Limits()


class Layout(Struct, frozen=True):
    """Parts laid out in messages: those that are full, and a last one that may have room left.

    A value: what many are sent can be laid out once, and gone on with for each of them.
    """

    full: tuple[str, ...] = ()
    last: str = ""
    length: int = 0  # of the last message, visible characters
    entities: int = 0  # in the last message

    @property
    def messages(self) -> tuple[str, ...]:
        """The messages as HTML."""
        return (*self.full, self.last) if self.last else self.full

    def adding(self, parts: Iterable[Part], limits: Limits = TELEGRAM) -> "Layout":
        """The layout with these parts after what is there.

        Splits between parts first, then between paragraphs, lines and words; a word is split only
        where it is longer than a message. Tags are opened again after a split, and a quote that is
        split is a quote on both pages. Text without a visible character gives no message.
        """
        full, last, length, entities = [*self.full], self.last, self.length, self.entities
        for part in parts:
            whole = part.trimmed
            fits = whole.paragraphs and limits.hold(whole)
            for piece in (whole.typeset,) if fits else _pieces(whole, limits):
                between = QUOTE_BREAK if part.quote and last.endswith(_QUOTE_END) else PART_BREAK
                longer = length + len(between) + piece.length
                more = entities + piece.entities
                if last and longer <= limits.length and more <= limits.entities:
                    last, length, entities = f"{last}{between}{piece.html}", longer, more
                    continue
                if last:
                    full.append(last)
                last, length, entities = piece.html, piece.length, piece.entities
        return Layout(tuple(full), last, length, entities)


def paginate(
    parts: Iterable[Part], limit: int = MESSAGE_LENGTH, entities: int = MAX_ENTITIES
) -> list[str]:
    """The parts as HTML messages, each within ``limit`` visible characters and ``entities``.

    Raises ValueError as ``Limits`` does.
    """
    return [*Layout().adding(parts, Limits(limit, entities)).messages]


def _pieces(part: Part, limits: Limits) -> Iterator[Typeset]:
    """A part that is too long for one message, in pieces that one can hold."""
    rest = deque(part.paragraphs)
    piece: tuple[Paragraph, ...] = ()
    while rest:
        paragraph = rest.popleft()
        if limits.hold(replace(part, paragraphs=(*piece, paragraph))):
            piece = (*piece, paragraph)
            continue
        head: Paragraph = ()
        # A paragraph goes to the next page whole, unless it is too long for any or would part
        # from its heading.
        alone = replace(part, paragraphs=(paragraph,))
        if not piece or _is_heading(piece) or not limits.hold(alone):
            head, paragraph = _split(part, piece, paragraph, limits)
        yield replace(part, paragraphs=(*piece, head) if head else piece).typeset
        piece = ()
        rest.appendleft(paragraph)
    if piece:
        yield replace(part, paragraphs=piece).typeset


def _split(
    part: Part, piece: tuple[Paragraph, ...], paragraph: Paragraph, limits: Limits
) -> tuple[Paragraph, Paragraph]:
    """The paragraph as what still fits behind ``piece``, and the rest."""

    def fits(cut: int) -> bool:
        head = _slice(paragraph, 0, cut)
        return limits.hold(replace(part, paragraphs=(*piece, head)))

    # What lies beyond a message cannot be where it ends: looking there would take for ever.
    text = visible([paragraph])[: limits.length + 1]
    cut = _best_cut(text, fits, whole_words=bool(piece))
    return _slice(paragraph, 0, cut), _slice(paragraph, cut)


def _best_cut(text: str, fits: Callable[[int], bool], *, whole_words: bool) -> int:
    """Where to split a text: the last place that fits; 0 where only a word could be split."""

    def last(places: list[int]) -> int:
        fitting = bisect_left(places, True, key=lambda place: not fits(place))
        return places[fitting - 1] if fitting else 0

    inner = range(1, len(text))
    words = last([n for n in inner if text[n].isspace() and not text[n - 1].isspace()])
    if words or whole_words:
        # A line's end is the better place, unless it would leave half the page empty.
        line = text.rfind("\n", 0, words + 1)
        return line if line > words // 2 else words
    letters = last([n for n in inner if not _are_one(text[n - 1], text[n])])
    return letters or last(list(inner))


def _are_one(before: str, after: str) -> bool:
    """Whether these two characters are seen as one: a letter and its accent, a joined emoji."""
    return (
        before == "\u200d"
        or after in "\u200d\ufe0e\ufe0f"
        or unicodedata.category(after) in {"Mn", "Mc", "Me", "Sk"}
    )


def _slice(paragraph: Paragraph, start: int, end: int | None = None) -> Paragraph:
    """The paragraph's characters from ``start`` to ``end``, without whitespace at the ends."""
    cut: list[Run] = []
    offset = 0
    for run in paragraph:
        if end is not None and offset >= end:
            break
        reach = offset + len(run.text)
        if reach > start:
            stop = None if end is None else end - offset
            cut.append(replace(run, text=run.text[max(0, start - offset) : stop]))
        offset = reach
    return trim(cut)


def _is_heading(paragraphs: tuple[Paragraph, ...]) -> bool:
    return len(paragraphs) == 1 and all(run.bold for run in paragraphs[0])
