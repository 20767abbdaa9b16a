"""References, in AMA style or short, and the numbers by which texts cite them."""

import re
from functools import lru_cache
from urllib.parse import quote

from content.markup import Paragraph, Run
from content.model import Case, Reference

MAX_AUTHORS = 6
_LONGEST = 40  # characters of an author, a title or a source in brief
_SHORTEST_LAST = 4  # characters of the word at which it is cut
# A bracket that goes on with an address is a link, not a citation.
_CITATION = re.compile(r"\[(\s*\d{1,3}(?:\s*[-,\u2013]\s*\d{1,3})*\s*)\](?!\()")
_CITATION_AND_SPACE = re.compile(rf"\s*{_CITATION.pattern}")
_ET_AL = re.compile(r"et al\.?", re.IGNORECASE)


def cited(text: str) -> list[int]:
    """The numbers that ``[1] [2,5] [3-4]`` cite, in their order, each as often as it is cited."""
    numbers: list[int] = []
    for citation in _CITATION.finditer(text):
        for part in citation[1].split(","):
            ends = [int(end) for end in re.split(r"[-\u2013]", part)]
            numbers += range(ends[0], ends[-1] + 1) if ends[0] <= ends[-1] else ends
    return numbers


def uncited(text: str) -> str:
    """The text without those numbers, for where no references stand below it."""
    return _CITATION_AND_SPACE.sub("", text)


def cite(reference: Reference) -> Paragraph:
    """The reference as the AMA Manual of Style prints it, with what is known of it and a link.

    Up to six authors are named, of more the first three and et al. The link is the DOI, else
    PubMed, else the reference's own address.
    """
    source = reference.journal or reference.site or ""
    title = [_sentence(reference.title)] if reference.title else []
    tail = [_sentence(_place(reference))] if _place(reference) else []
    runs = [
        Run(" ".join((*_authors(reference.authors), *title, ""))),
        Run(source, italic=True),
        Run(" ".join(("" if source.endswith(".") else ".", *tail))),
    ]
    if link := _link(reference):
        runs += [Run(" "), link]
    return tuple(run for run in runs if run.text)


def cite_briefly(reference: Reference) -> Paragraph:
    """First author, journal (or site) and year, which are themselves the link.

    A work whose author is not known is named by its title. Neither it nor the source takes more
    than a line: what is longer ends at a word.
    """
    known = _named(reference.authors)[:1] or filter(None, [reference.title])
    where = _cut(reference.journal or reference.site or "")
    source = " ".join(filter(None, (where, _year(reference))))
    return (Run(", ".join((*map(_cut, known), source)), href=_address(reference)),)


@lru_cache(maxsize=512)
def numbers_listed(case: Case, position: int) -> tuple[int, ...]:
    """The numbers of the references that stand under a question's explanation.

    After the last question they are all there are; before it, those that its whys cite: the others
    might tell what is still to be asked.
    """
    known = range(1, len(case.references) + 1)
    if position + 1 == len(case.questions):
        return tuple(known)
    whys = (choice.why or "" for choice in case.questions[position].choices)
    return tuple(sorted({n for why in whys for n in cited(why)}.intersection(known)))


def _authors(authors: tuple[str, ...]) -> list[str]:
    named = _named(authors)
    open_ended = named != authors
    if len(named) > MAX_AUTHORS:
        named, open_ended = named[:3], True
    names = [*named, *(["et al"] if open_ended else [])]
    return [_sentence(", ".join(names))] if named else []


def _named(authors: tuple[str, ...]) -> tuple[str, ...]:
    """Without an et al that ends them."""
    return authors[:-1] if authors and _ET_AL.fullmatch(authors[-1]) else authors


def _cut(text: str) -> str:
    """The text, or its beginning up to a word that it can end with: not "of" or "the"."""
    if len(text) <= _LONGEST:
        return text
    words = text[:_LONGEST].rpartition(" ")[0].split()
    while words and len(words[-1]) < _SHORTEST_LAST:
        words.pop()
    return f"{' '.join(words).rstrip('.,:;-([') or text[: _LONGEST - 1]}…"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _place(reference: Reference) -> str:
    """Year;Volume(Issue):Pages, without the marks that would join what is not known."""
    volume = (reference.volume or "") + (f"({reference.issue})" if reference.issue else "")
    pages = reference.pages or reference.article or ""
    dated = ";".join(filter(None, (_year(reference), volume)))
    return ":".join(filter(None, (dated, pages)))


def _year(reference: Reference) -> str:
    return str(reference.year) if reference.year else ""


def _link(reference: Reference) -> Run | None:
    words = reference.url
    if reference.doi:
        words = f"doi:{reference.doi}"
    elif reference.pmid:
        words = f"PMID {reference.pmid}"
    return Run(words, href=_address(reference)) if words else None


def _address(reference: Reference) -> str | None:
    if reference.doi:
        return f"https://doi.org/{quote(reference.doi, safe='/:;().,_-')}"
    if reference.pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/"
    return reference.url
