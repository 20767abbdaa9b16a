"""Two columns that stand side by side in a text, read one after the other."""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from content.exchange.article.lines import Line
from content.exchange.item import Skipped

MIN_LINES = 4  # with text on both sides: fewer may be a table, or chance
MAX_LENGTH = 400  # characters of a line that are looked at: no page is wider
_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")


class _Gutter(Struct, frozen=True):
    """The columns of the page, from ``start`` up to ``end``, that hold spaces in each line."""

    start: int
    end: int

    def within(self, line: str) -> "_Gutter | None":
        """What of this gutter a line leaves open; None where its text runs across."""
        if not line.strip():
            return self
        indent = len(line) - len(line.lstrip())
        inner = [(hit.start(), hit.end()) for hit in _GAP.finditer(line[:MAX_LENGTH])]
        for start, end in ((0, indent), *inner, (len(line), self.end)):
            left, right = max(start, self.start), min(end, self.end)
            if left < right:
                return _Gutter(left, right)
        return None


def unfold_columns(lines: Sequence[Line]) -> tuple[list[Line], list[Skipped]]:
    """The lines of each pair of columns, the left before the right; and where that was done."""
    unfolded: list[Line] = []
    told: list[Skipped] = []
    place = 0
    while place < len(lines):
        end, gutter = _block(lines, place)
        block = lines[place:end]
        if gutter is None:
            unfolded.append(lines[place])
            place += 1
            continue
        unfolded += _split(block, gutter)
        reason = f"two columns were read one after the other, down to line {block[-1].number}"
        told.append(Skipped(f"line {block[0].number}", "", reason))
        place = end
    return unfolded, told


def _block(lines: Sequence[Line], start: int) -> tuple[int, _Gutter | None]:
    """How far down from a line its gutter reaches; no gutter where too few lines share one."""
    for hit in _GAP.finditer(lines[start].text[:MAX_LENGTH]):
        gutter = _Gutter(hit.start(), hit.end())
        end, sides = start, 0
        while end < len(lines) and (narrowed := gutter.within(lines[end].text)):
            gutter = narrowed
            sides += _has_both_sides(lines[end].text, gutter)
            end += 1
        if sides >= MIN_LINES:
            return _end(lines[:end], start, gutter), gutter
    return start, None


def _end(lines: Sequence[Line], start: int, gutter: _Gutter) -> int:
    """Where the columns end: with the right one, or the paragraph that the left one ends with."""
    right = (n for n in range(len(lines) - 1, start, -1) if lines[n].text[gutter.end :].strip())
    end = next(right, start) + 1
    while end < len(lines) and not lines[end].is_blank:
        end += 1
    return end


def _has_both_sides(line: str, gutter: _Gutter) -> bool:
    return bool(line[: gutter.start].strip() and line[gutter.end :].strip())


def _split(block: Sequence[Line], gutter: _Gutter) -> list[Line]:
    middle = gutter.end - 1
    left = [replace(line, text=line.text[:middle].rstrip()) for line in block]
    right = [replace(line, text=line.text[middle:].strip()) for line in block]
    return [*_without_ends(left), *_without_ends(right), replace(block[-1], text="")]


def _without_ends(column: Sequence[Line]) -> list[Line]:
    """A column without the empty lines around it: a paragraph may run from one into the next."""
    filled = [n for n, line in enumerate(column) if not line.is_blank]
    return list(column[filled[0] : filled[-1] + 1]) if filled else []
