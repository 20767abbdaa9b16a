"""Splits a long text into messages within Telegram's limits, losing nothing."""

import unicodedata
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from content.markup import Paragraph, Run, entity_count, to_html, trim, visible

# Telegram's limits of a message.
MESSAGE_LENGTH = 4096
MAX_ENTITIES = 100
MIN_ENTITIES = 4  # a quote, a link, bold and italic around one character
PART_BREAK = "\n\n"


@dataclass(frozen=True)
class Part:
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
    def html(self) -> str:
        """The part as Telegram's HTML."""
        html = to_html(self.paragraphs)
        return f"<blockquote expandable>{html}</blockquote>" if self.quote else html

    @cached_property
    def length(self) -> int:
        """How many characters of it a reader sees."""
        return len(visible(self.paragraphs))

    @cached_property
    def entities(self) -> int:
        """How many entities Telegram reads from it."""
        return entity_count(self.html)


@dataclass(frozen=True, slots=True)
class _Limits:
    length: int
    entities: int

    def hold(self, part: Part) -> bool:
        """Whether one message can hold this part."""
        return part.length <= self.length and part.entities <= self.entities


class _Page:
    """The parts that one message holds, of which there is one at least."""

    def __init__(self, part: Part) -> None:
        self._parts = [part]
        self._length = part.length
        self._entities = part.entities

    def take(self, part: Part, limits: _Limits) -> bool:
        """Take another part, if there is room for it."""
        length = self._length + len(PART_BREAK) + part.length
        entities = self._entities + part.entities
        if length > limits.length or entities > limits.entities:
            return False
        self._parts.append(part)
        self._length, self._entities = length, entities
        return True

    def html(self) -> str:
        """The message."""
        return PART_BREAK.join([part.html for part in self._parts])


def paginate(
    parts: Sequence[Part], limit: int = MESSAGE_LENGTH, entities: int = MAX_ENTITIES
) -> list[str]:
    """The parts as HTML messages, each within ``limit`` visible characters and ``entities``.

    Splits between parts first, then between paragraphs, lines and words; a word is split only
    where it is longer than a message. Tags are opened again after a split, and a quote that is
    split is a quote on both pages. Text without a visible character gives no message. Raises
    ValueError for limits that cannot hold one character with all its looks.
    """
    if limit < 1 or entities < MIN_ENTITIES:
        raise ValueError(f"a message holds 1 character and {MIN_ENTITIES} entities at least")
    limits = _Limits(limit, entities)
    pages: list[_Page] = []
    for part in parts:
        whole = part.trimmed
        pieces = (whole,) if whole.paragraphs and limits.hold(whole) else _pieces(whole, limits)
        for piece in pieces:
            if not pages or not pages[-1].take(piece, limits):
                pages.append(_Page(piece))
    return [page.html() for page in pages]


def _pieces(part: Part, limits: _Limits) -> Iterator[Part]:
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
        yield replace(part, paragraphs=(*piece, head) if head else piece)
        piece = ()
        rest.appendleft(paragraph)
    if piece:
        yield replace(part, paragraphs=piece)


def _split(
    part: Part, piece: tuple[Paragraph, ...], paragraph: Paragraph, limits: _Limits
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
