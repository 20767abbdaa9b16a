"""Citations in APA's manner.

Callen, J. P. (2000). Dermatomyositis. Lancet, 355(9197), 53-57.
"""

import re
from typing import Any

_DATED = re.compile(r"\(((?:1[5-9]|2[01])\d\d)[a-z]?(?:,[^()]{0,40})?\)\.?\s+")
_PLACE = re.compile(
    r",\s*(?P<volume>\d{1,5}[A-Za-z]?)\s?(?:\((?P<issue>[^()]{1,40})\))?"
    r"(?:,\s*(?:pp?\.\s*|(?P<article>Article\s+))?"
    r"(?P<pages>[A-Za-z]{0,4}\d\w{0,14}(?:\s?[-\u2010-\u2014]\s?[A-Za-z]{0,4}\d\w{0,14})?))?\s*\.?\s*$",
    re.IGNORECASE,
)
_LINK = re.compile(r"\s*(?:doi\s*:?\s*10\.|https?://|PMID)\S*.*$", re.IGNORECASE)
_TITLE_END = re.compile(r"(?<=[.?!])\s+")
_AUTHOR = re.compile(r"([^,&\u2026]{1,80}),\s*((?:[^\W\d_]\.[\s-]?){1,5})(?:,\s*|$|\s+)")
_JOINT = re.compile(r"(?:&|and|\u2026|\.\.\.)\s*", re.IGNORECASE)
_DASH = re.compile(r"\s?[\u2010-\u2014-]\s?")
_MOST_AUTHORS = 30


def read_apa(line: str) -> dict[str, Any] | None:
    """The fields of a citation in one line; None where it does not read as one."""
    dated = _DATED.search(line)
    if dated is None:
        return None
    authors = _authors(line[: dated.start()].strip())
    body = _LINK.sub("", line[dated.end() :]).strip()
    place = _PLACE.search(body)
    parts = _TITLE_END.split(body[: place.start()] if place else body)
    if not authors or place is None or len(parts) < 2:
        return None
    journal = parts[-1].strip(" .*_")
    title = " ".join(parts[:-1]).strip().removesuffix(".")
    if not (journal and title):
        return None
    pages = _DASH.sub("-", place["pages"] or "")
    located = "article" if place["article"] or re.fullmatch(r"[eE]\d+|\d{5,}", pages) else "pages"
    fields = {
        "authors": authors,
        "title": title,
        "journal": journal,
        "year": int(dated[1]),
        "volume": place["volume"],
        "issue": place["issue"],
        located: pages,
    }
    return {key: value for key, value in fields.items() if value}


def _authors(text: str) -> list[str]:
    """Surnames with initials, as AMA has them; none where any of it reads otherwise."""
    authors: list[str] = []
    rest = text
    while rest and len(authors) <= _MOST_AUTHORS:
        rest = _JOINT.sub("", rest, count=1) if _JOINT.match(rest) else rest
        if re.fullmatch(r"et al\.?,?", rest.strip(), re.IGNORECASE):
            return [*authors, "et al"]
        hit = _AUTHOR.match(rest)
        if hit is None:
            return []
        initials = "".join(letter for letter in hit[2] if letter.isalpha())
        authors.append(f"{hit[1].strip()} {initials}")
        rest = rest[hit.end() :].strip()
    return authors
