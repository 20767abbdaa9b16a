"""References in AMA style, and the numbers by which texts cite them."""

import re
from urllib.parse import quote

from content.markup import Paragraph, Run
from content.model import Reference

MAX_AUTHORS = 6
# A bracket that goes on with an address is a link, not a citation.
_CITATION = re.compile(r"\[(\s*\d{1,3}(?:\s*[-,\u2013]\s*\d{1,3})*\s*)\](?!\()")
_ET_AL = re.compile(r"et al\.?", re.IGNORECASE)


def cited(text: str) -> list[int]:
    """The numbers that ``[1] [2,5] [3-4]`` cite, in their order, each as often as it is cited."""
    numbers: list[int] = []
    for citation in _CITATION.finditer(text):
        for part in citation[1].split(","):
            ends = [int(end) for end in re.split(r"[-\u2013]", part)]
            numbers += range(ends[0], ends[-1] + 1) if ends[0] <= ends[-1] else ends
    return numbers


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


def _authors(authors: tuple[str, ...]) -> list[str]:
    open_ended = bool(authors) and _ET_AL.fullmatch(authors[-1]) is not None
    named = authors[:-1] if open_ended else authors
    if len(named) > MAX_AUTHORS:
        named, open_ended = named[:3], True
    names = [*named, *(["et al"] if open_ended else [])]
    return [_sentence(", ".join(names))] if named else []


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _place(reference: Reference) -> str:
    """Year;Volume(Issue):Pages, without the marks that would join what is not known."""
    volume = (reference.volume or "") + (f"({reference.issue})" if reference.issue else "")
    pages = reference.pages or reference.article or ""
    year = str(reference.year) if reference.year else ""
    dated = ";".join(filter(None, (year, volume)))
    return ":".join(filter(None, (dated, pages)))


def _link(reference: Reference) -> Run | None:
    if reference.doi:
        address = f"https://doi.org/{quote(reference.doi, safe='/:;().,_-')}"
        return Run(f"doi:{reference.doi}", href=address)
    if reference.pmid:
        address = f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/"
        return Run(f"PMID {reference.pmid}", href=address)
    return Run(reference.url, href=reference.url) if reference.url else None
