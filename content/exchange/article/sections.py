"""The answer of an article: paragraphs under their headings, and the reading list at its end."""

import re
from collections.abc import Sequence

from msgspec import Struct

from content.exchange.article import marks
from content.exchange.article.authors import is_author
from content.exchange.article.citations import MAX_LENGTH
from content.exchange.article.lines import Line
from content.exchange.article.paragraphs import Paragraph, ends_sentence, join_paragraphs, sentences

_NUMBERED = re.compile(r"\s*(?:\[\d{1,3}\]|\d{1,3}\.|[-*+\u2022](?=\s))\s*(?=\S|$)")
_IDENTIFIED = re.compile(
    r"\s*(?:(?:\[\d{1,3}\]|\d{1,3}[.)]|[-*+\u2022])\s*)?(?:PMID|PMC\d|PUBMED|DOI|10\.\d)",
    re.IGNORECASE,
)
_COMPLETE = re.compile(r"(?:\d[\w)]*|doi\S*|https?://\S+|OpenUrl.*|PubMed|Scholar)[.\])]*$")


class Section(Struct, frozen=True):
    """A heading as it was printed, empty above the first, and the paragraphs under it."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


def part_references(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The article's text, and the lines under ``REFERENCES`` or ``SUGGESTED READING``.

    A further heading in capitals ends the list.
    """
    start = next((n for n, line in enumerate(lines) if marks.REFERENCES.match(line.text)), None)
    if start is None:
        return list(lines), []
    end = start + 1
    while end < len(lines) and not _ends_list(lines[end]):
        end += 1
    return [*lines[:start], Line(lines[start].number, ""), *lines[end:]], list(
        lines[start + 1 : end]
    )


def _ends_list(line: Line) -> bool:
    if not line.heading and _IDENTIFIED.match(line.text):
        return False  # all capitals, and no heading
    return bool(marks.heading(line)) or marks.QUESTION.match(line.text) is not None


def read_sections(lines: Sequence[Line]) -> list[Section]:
    """The sections of a text, each with the paragraphs under its heading."""
    cuts: list[tuple[str, list[Line]]] = [("", [])]
    for place, line in enumerate(lines):
        begun = len(cuts) > 1 or bool(cuts[0][1])
        # What stands first is the answer itself, be it a word, where nothing marks it as a heading.
        if found := heading_at(lines, place) if begun else marks.heading(line):
            if not cuts[-1][1] and cuts[-1][0]:
                joint = ": " if line.heading else " "  # one above the other, or one over two lines
                cuts[-1] = (f"{cuts[-1][0]}{joint}{found}", [])
            else:
                cuts.append((found, []))
        elif cuts[-1][1] or not line.is_blank:
            cuts[-1][1].append(line)
    sections = [Section(head, tuple(join_paragraphs(body))) for head, body in cuts]
    return [section for section in sections if section.heading or section.paragraphs]


def heading_at(lines: Sequence[Line], place: int) -> str:
    """The heading that this line is; empty if it is none."""
    text = " ".join(lines[place].text.split())
    if sure := marks.heading(lines[place]):
        return sure
    if not 0 < place < len(lines) - 1 or not marks.looks_like_heading(text):
        return ""
    before, after = lines[place - 1], lines[place + 1]
    if not before.is_blank and not ends_sentence(before.text):
        return ""
    alone = before.is_blank and after.is_blank
    over_text = not after.is_blank and not after.text.lstrip()[0].islower()
    # A paragraph's own first line would be about as long as its second.
    short = before.is_blank and 2 * len(text) < len(after.text.strip())
    return text if alone or (over_text and (short or marks.is_title_case(text))) else ""


def split_references(lines: Sequence[Line]) -> list[Paragraph]:
    """The references of a list, each with its wrapped lines put together again.

    Where they are numbered or listed their marks part them; else one begins where the one before
    reads as complete and the line begins with an author, or after an empty line.
    """
    numbered = sum(_NUMBERED.match(line.text) is not None for line in lines) >= 2
    found: list[Paragraph] = []
    gap = True
    for line in lines:
        text = " ".join(line.text.split())
        if not text:
            gap = True
            continue
        last = found[-1].text if found else ""
        if not found:
            opens = True
        elif numbered:
            opens = _NUMBERED.match(text) is not None
        else:
            opens = _is_complete(last) and (gap or _begins_reference(text))
        if opens or len(last) > MAX_LENGTH:
            found.append(Paragraph(line.number, text))
        else:
            found[-1] = Paragraph(found[-1].number, f"{last} {text}")
        gap = False
    return found


def _is_complete(text: str) -> bool:
    return ends_sentence(text) or _COMPLETE.search(text[-200:]) is not None


def _begins_reference(text: str) -> bool:
    first = re.split(r"[,;.]", text, maxsplit=1)[0]
    return is_author(first) or len(sentences(text)) > 1
