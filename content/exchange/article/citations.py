"""References as journals print them, AMA's way or Vancouver's, read into fields.

    Callen JP. Dermatomyositis. Lancet 2000; 355:53-57.
    Callen JP. Dermatomyositis. Lancet. 2000;355(9197):53-57. doi:10.1016/S0140-6736(99)05157-0

The forms are those of the AMA Manual of Style and of the NLM's Citing Medicine. What does not read
as one of them is not read at all: a wrong field is worse than a missing one.
"""

import re
from typing import Any

from msgspec import Struct
from pydantic import ValidationError

from content.exchange.article.authors import read_authors
from content.exchange.article.links import Links, take_links
from content.exchange.article.places import Place, find_place
from content.model import Reference

MAX_LENGTH = 3000
MAX_JOURNAL_WORDS = 14

_NUMBERED = re.compile(r"^(?:(?:\[\d{1,3}\]|\d{1,3}[.)]|[\u2022\u21b5*+-])\s*){1,3}")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
# Words by which a journal whose words are abbreviated with points goes on to the left.
_JOURNAL_WORD = re.compile(
    r"(?:Acad|Acta|Adv|Am|Ann|Appl|Arch|Assoc|Biol|Br|Bull|Can|Chem|Clin|Coll|Curr|Dis|Engl|Eur|Exp"
    r"|Hosp|Immunol|Int|Intern|Invest|J|Jpn|Lett|Med|Mol|N|Nat|Natl|Opin|Pract|Proc|Q|Rep|Res|Rev"
    r"|Sci|Scand|Semin|Soc|Surg|Ther|Trans|Univ)\."
)
_BOOK = re.compile(r"\bIn:|\b\d{1,2}(?:st|nd|rd|th) ed\b|\beds?(?:itors?)?\.?[,)]|, [A-Z]{2}: ")


class Citation(Struct, frozen=True):
    """A reference, and what its text said beyond the fields that a reference has."""

    reference: Reference
    unread: tuple[str, ...] = ()


def read_citation(text: str) -> Citation | None:
    """The reference that ``text`` is; None where it does not read as one (a book, a note).

    Months and days are left out, as AMA style has it; page ranges stay as printed (``446-7``).
    """
    line = " ".join(text[: MAX_LENGTH + 1].split())
    if len(line) > MAX_LENGTH or _BOOK.search(line):
        return None
    links = take_links(_NUMBERED.sub("", line))
    place = find_place(links.rest)
    pieces = _SENTENCE_END.split(links.rest[: place.start].strip(" ,;:("))
    pieces = [piece for piece in pieces if piece.strip(" .")]
    authors = read_authors(pieces[0]) if len(pieces) > 2 else ()
    if not (authors or place.year or links.found):
        return None
    title, source = _title_and_source(pieces[1:] if authors else pieces)
    if not (title and _is_source(source)):
        return None
    fields = _fields(place, links) | {"authors": authors, "title": title}
    fields["site" if _is_site(place, links) else "journal"] = source
    try:
        reference = Reference.model_validate({k: v for k, v in fields.items() if v})
    except ValidationError:
        return None
    return Citation(reference, tuple(filter(None, (place.rest, *links.unread))))


def _title_and_source(pieces: list[str]) -> tuple[str, str]:
    """What was published, and where: the last sentence, or the last abbreviated words."""
    start = len(pieces) - 1
    while start > 1 and _JOURNAL_WORD.fullmatch(pieces[start - 1]):
        start -= 1
    title = " ".join(pieces[:start])
    return title.removesuffix("."), " ".join(pieces[start:]).removesuffix(".")


def _is_source(text: str) -> bool:
    known = text[:1].isupper() or text[:1].isdigit() or "." in text
    return known and ": " not in text and len(text.split()) <= MAX_JOURNAL_WORDS


def _is_site(place: Place, links: Links) -> bool:
    printed = place.volume or place.issue or place.pages
    return bool(links.url) and not (printed or links.doi or links.pmid)


def _fields(place: Place, links: Links) -> dict[str, Any]:
    located = "article" if place.is_article_number else "pages"
    return {
        "year": place.year or links.year,
        "volume": place.volume,
        "issue": place.issue,
        located: place.pages,
        "doi": links.doi,
        "pmid": links.pmid,
        "url": links.url,
    }
