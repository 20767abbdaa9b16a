"""What interrupts an article's text: figure captions, tables, the address for letters."""

from collections.abc import Sequence

from msgspec import Struct

from content.exchange.article import marks
from content.exchange.article.lines import Line
from content.exchange.article.paragraphs import Paragraph, goes_on, join_paragraphs, usual_width
from content.exchange.article.sections import heading_at
from content.exchange.item import Skipped


class Caption(Struct, frozen=True):
    """A figure's caption; ``figure`` is the number that the text calls it by."""

    figure: int
    paragraph: Paragraph


class Asides(Struct, frozen=True):
    """``text`` is the article without them, and without a gap where they stood in a paragraph."""

    text: list[Line]
    captions: list[Caption]
    address: Paragraph | None
    left_out: list[Skipped]


def take_asides(lines: Sequence[Line]) -> Asides:
    """Take captions, tables and the address out of the text."""
    found = Asides([], [], None, [])
    width = usual_width(lines)
    address: list[Line] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if hit := marks.CAPTION.match(line.text):
            end = _caption_end(lines, place, width, began=bool(hit["text"]))
            body = [Line(line.number, hit["text"]), *lines[place + 1 : end]]
            text = " ".join(each.text for each in join_paragraphs(body))
            found.captions.append(Caption(int(hit["number"]), Paragraph(line.number, text)))
        elif marks.TABLE.match(line.text):
            end = _table_end(lines, place)
            reason = f"a table, down to line {lines[end - 1].number}; a case has no place for one"
            name = " ".join(line.text.split())[:80]
            found.left_out.append(Skipped(f"line {line.number}", name, reason))
        elif not address and (hit := marks.address(line)):
            end = _end(lines, place, width, began=bool(hit["text"]))
            address = [Line(line.number, hit["text"]), *lines[place + 1 : end]]
        else:
            end = place + 1
            found.text.append(line)
        place = end
    joined = join_paragraphs(address)
    if any("@" in line.text for line in address):
        reason = "an e-mail address, which a credit does not need"
        found.left_out.append(Skipped(f"line {address[0].number}", "", reason))
    text = " ".join(each.text for each in joined)
    where = Paragraph(joined[0].number, text) if joined else None
    return Asides(found.text, found.captions, where, found.left_out)


def _caption_end(lines: Sequence[Line], start: int, width: int, *, began: bool) -> int:
    """The line after a caption, or after its label where none follows: a heading is none."""
    first = _text_from(lines, start + 1)
    headed = first < len(lines) and heading_at(lines, first)
    return start + 1 if headed and not began else _end(lines, start, width, began=began)


def _text_from(lines: Sequence[Line], place: int) -> int:
    """The place of the first line from here on that is not empty."""
    return next((n for n in range(place, len(lines)) if not lines[n].is_blank), len(lines))


def _end(lines: Sequence[Line], start: int, width: int, *, began: bool) -> int:
    """The line after the paragraph that begins at ``start``, or after its label there."""
    end = start + 1
    if not began:
        first = _text_from(lines, end)
        end = first if first == len(lines) or _interrupts(lines[first]) else first + 1
    while end < len(lines) and not lines[end].is_blank and not _interrupts(lines[end]):
        if not goes_on(lines[end - 1].text or "-", lines[end].text, width):
            break
        end += 1
    return end


def _table_end(lines: Sequence[Line], start: int) -> int:
    """The line after a table, which goes on to an empty line, but for one below its title."""
    end = start + 1
    if end + 1 < len(lines) and lines[end].is_blank:
        end += 1
    while end < len(lines) and not lines[end].is_blank and not _interrupts(lines[end]):
        end += 1
    return end


def _interrupts(line: Line) -> bool:
    text = line.text
    patterns = (marks.QUESTION, marks.ANSWER, marks.CAPTION, marks.REFERENCES, marks.ADDRESS)
    return (
        marks.has_box(text)
        or bool(marks.heading(line))
        or any(pattern.match(text) for pattern in patterns)
    )
