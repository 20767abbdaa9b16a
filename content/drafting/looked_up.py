"""What Crossref and PubMed say of a work, as the fields of a reference.

The forms are those of Crossref's REST API (``/works/{doi}``) and of NCBI's E-utilities
(``esummary`` with ``retmode=json``). Of whatever else comes there are no fields; nothing raises.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from pydantic import ValidationError

from content.model import Reference
from content.yaml_text import writable

_MOST_AUTHORS = 50
_YEAR = re.compile(r"\b(?:1[5-9]|2[01])\d\d\b")
_ARTICLE = re.compile(r"[eE]\d+|\d{5,}")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_DASHES = re.compile(r"\s*[\u2010-\u2014\u2212]\s*")
_LONGEST = 2000


def from_crossref(answer: object) -> Mapping[str, Any] | None:
    """The fields of the work that Crossref's answer, as JSON, tells of."""
    work = _mapping(_mapping(answer).get("message"))
    titled = [*_texts(work.get("title")), *_texts(work.get("subtitle"))]
    journals = [*_texts(work.get("short-container-title")), *_texts(work.get("container-title"))]
    dates = _mapping(work.get("issued")).get("date-parts")
    day = _first(_first(dates))
    return _fields(
        {
            "authors": [*_crossref_authors(work.get("author"))],
            "title": ": ".join(titled[:2]).removesuffix("."),
            "journal": next(iter(journals), "").replace(".", ""),
            "year": day if isinstance(day, int) and not isinstance(day, bool) else None,
            "volume": _text(work.get("volume")),
            "issue": _text(work.get("issue")),
            **_pages(_text(work.get("page")) or _text(work.get("article-number"))),
            "doi": _text(work.get("DOI")),
        }
    )


def from_pubmed(answer: object, pmid: str) -> Mapping[str, Any] | None:
    """The fields of the work of this PubMed number that NCBI's answer, as JSON, tells of."""
    work = _mapping(_mapping(_mapping(answer).get("result")).get(pmid))
    if "error" in work:
        return None
    named = _sequence(work.get("authors"))[:_MOST_AUTHORS]
    dated = _YEAR.search(_text(work.get("pubdate")))
    ids = [_mapping(each) for each in _sequence(work.get("articleids"))]
    doi = next((_text(each.get("value")) for each in ids if each.get("idtype") == "doi"), "")
    return _fields(
        {
            "authors": [text for each in named if (text := _text(_mapping(each).get("name")))],
            "title": _text(work.get("title")).removesuffix("."),
            "journal": _text(work.get("source")),
            "year": int(dated[0]) if dated else None,
            "volume": _text(work.get("volume")),
            "issue": _text(work.get("issue")),
            **_pages(_text(work.get("pages"))),
            "doi": doi,
            "pmid": pmid,
        }
    )


def _crossref_authors(value: object) -> Iterator[str]:
    """Surnames with initials, as AMA style has them; groups by their names."""
    for each in _sequence(value)[:_MOST_AUTHORS]:
        author = _mapping(each)
        if family := _text(author.get("family")):
            given = re.findall(r"[^\W\d_]+", _text(author.get("given")))
            initials = "".join(
                name if name.isupper() and len(name) < 4 else name[0] for name in given
            )
            yield f"{family} {initials}".strip()
        elif name := _text(author.get("name")):
            yield name


def _pages(text: str) -> Mapping[str, str]:
    pages = _DASHES.sub("-", text)
    return {"article" if _ARTICLE.fullmatch(pages) else "pages": pages}


def _fields(found: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Those that a reference may hold; none without a title and a journal."""
    fields = {key: value for key, value in found.items() if value}
    for key in [key for key in fields if key not in {"title", "journal"}]:
        try:
            Reference.model_validate({"title": "T", "journal": "J", key: fields[key]})
        except ValidationError:
            del fields[key]
    try:
        Reference.model_validate(fields)
    except ValidationError:
        return None
    return fields if "title" in fields and "journal" in fields else None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _sequence(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else []


def _first(value: object) -> object:
    return next(iter(_sequence(value)), None)


def _texts(value: object) -> list[str]:
    return [text for each in _sequence(value) if (text := _text(each))]


def _text(value: object) -> str:
    """A text in one line, without HTML's tags and signs."""
    if not isinstance(value, str):
        return ""
    return " ".join(writable(unescape(_TAG.sub("", value[:_LONGEST]))).split())
