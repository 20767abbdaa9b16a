"""Splits a long text into messages within Telegram's limits, losing nothing."""

import unicodedata
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from content.markup import Paragraph, Run, entity_count, to_html, trim, visible

# Telegram's limits of a message.
MESSAGE_LENGTH = 4096
MAX_ENTITIES = 100
MIN_ENTITIES = 4  # a quote, a link, bold and italic around one character
PART_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Part:
    """Paragraphs that belong together; a quote is shown collapsed, to be opened by the reader.

    A first paragraph all in bold is a heading, and stays with what follows it.
    """

    paragraphs: tuple[Paragraph, ...]
    quote: bool = False


@dataclass(frozen=True, slots=True)
class _Limits:
    length: int
    entities: int

    def hold(self, *parts: Part) -> bool:
        """Whether one message can hold these parts."""
        lengths = [len(visible(part.paragraphs)) for part in parts]
        return (
            sum(lengths) + len(PART_BREAK) * (len(parts) - 1) <= self.length
            and sum(entity_count(_to_html(part)) for part in parts) <= self.entities
        )


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
    pages: list[list[Part]] = []
    for part in parts:
        kept = tuple(trimmed for each in part.paragraphs if (trimmed := trim(each)))
        for piece in _pieces(replace(part, paragraphs=kept), limits):
            if pages and limits.hold(*pages[-1], piece):
                pages[-1].append(piece)
            else:
                pages.append([piece])
    return [PART_BREAK.join(_to_html(part) for part in page) for page in pages]


def _pieces(part: Part, limits: _Limits) -> Iterator[Part]:
    """The part in pieces that a message can hold."""
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


def _to_html(part: Part) -> str:
    html = to_html(part.paragraphs)
    return f"<blockquote expandable>{html}</blockquote>" if part.quote else html
