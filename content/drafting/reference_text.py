"""What an author pastes as a reference, read into fields: a number, a link, a citation.

A citation may be in AMA's, Vancouver's or the NLM's manner (``content.exchange.article.citations``)
or in APA's. What does not read as one of them is kept whole as a title: a wrong field is worse than
a missing one.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from pydantic import ValidationError

from content.drafting.apa import read_apa
from content.exchange.article.citations import read_citation
from content.exchange.article.links import take_links
from content.fields import has_visible_character
from content.model import Reference
from content.phrases import Phrase, phrase
from content.yaml_text import writable

MAX_LENGTH = 3000
_TITLE_LENGTH = 1000
_BARE_DOI = re.compile(r"(?:doi\s*:?\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_DOI_INSIDE = re.compile(r"/(10\.\d{4,9}/[^\s?#]+)")
_DOI_SITE = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PMID = re.compile(r"(?:PMID|PubMed(?: ID)?)\s*:?\s*([1-9]\d{0,8})\.?", re.IGNORECASE)
_NUMBER = re.compile(r"[1-9]\d{4,8}")
_PUBMED = re.compile(
    r"(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)"
    r"/([1-9]\d{0,8})/?(?:[?#]\S*)?",
    re.IGNORECASE,
)
_URL = re.compile(r"""(?:https?://|www\.)[^\s<>"]+""", re.IGNORECASE)
_VIEWS = re.compile(r"/(?:full|abstract|pdf|epdf|meta)/?$", re.IGNORECASE)
_AFTER = ".,;:\u201d\"'"
_NOT_ASKED = phrase(
    "The number alone does not tell authors, title and journal: send the whole citation."
)


class ReferenceReading(Struct, frozen=True):
    """The fields, as a draft's reference has them, and in sentences what is not sure of them."""

    fields: Mapping[str, Any]
    uncertain: tuple[Phrase, ...] = ()


def parse_reference(text: str) -> ReferenceReading:
    """Read one reference; any text gives a reading, in a time that its first characters bound."""
    line = " ".join(writable(text[:MAX_LENGTH]).split())
    if not has_visible_character(line):
        return ReferenceReading({}, (phrase("There is nothing to read."),))
    cut = (phrase("Only its beginning was read."),) if len(text) > MAX_LENGTH else ()
    found = _number(line) or _link(line) or _citation(line) or _unread(line)
    return ReferenceReading(found.fields, (*found.uncertain, *cut))


def _number(line: str) -> ReferenceReading | None:
    for pattern in (_DOI_SITE, _BARE_DOI):
        if (hit := pattern.fullmatch(line)) and (fields := _valid({"doi": _clean(hit[1])})):
            return ReferenceReading(fields, (_NOT_ASKED,))
    if hit := _PMID.fullmatch(line) or _PUBMED.fullmatch(line):
        return ReferenceReading({"pmid": hit[1]}, (_NOT_ASKED,))
    if _NUMBER.fullmatch(line):
        return ReferenceReading(
            {"pmid": line}, (phrase("It was taken for a PubMed number."), _NOT_ASKED)
        )
    return None


def _link(line: str) -> ReferenceReading | None:
    if not _URL.fullmatch(line):
        return None
    address = line if "://" in line[:9] else f"https://{line}"
    if hit := _DOI_INSIDE.search(unquote(address)):
        doi = _VIEWS.sub("", hit[1])
        if fields := _valid({"doi": _clean(doi)}):
            return ReferenceReading(
                fields, (phrase("The DOI was taken from the link."), _NOT_ASKED)
            )
    try:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return None
    fields = _valid({"url": address, "site": host})
    told = (phrase("The site is named by its address: write its name, and the page's title."),)
    return ReferenceReading(fields, told) if fields else None


def _citation(line: str) -> ReferenceReading | None:
    if fields := read_apa(line):
        links = take_links(line)
        known = {"doi": links.doi, "pmid": links.pmid, "url": links.url}
        if valid := _valid({**fields, **{key: value for key, value in known.items() if value}}):
            return ReferenceReading(valid, _doubts(valid))
    if found := read_citation(line):
        said = found.reference.model_dump(mode="json", exclude_none=True)
        fields = {key: value for key, value in said.items() if value}
        unread = tuple(phrase("“{words}” found no field.", words=each) for each in found.unread)
        return ReferenceReading(fields, (*unread, *_doubts(fields)))
    return None


def _unread(line: str) -> ReferenceReading:
    links = take_links(line)
    known = {"doi": links.doi, "pmid": links.pmid, "url": links.url}
    sure = _valid({key: value for key, value in known.items() if value}) or {}
    told = phrase("It could not be read into fields, so all of it stands in the title.")
    long = (phrase("The title was cut."),) if len(line) > _TITLE_LENGTH else ()
    return ReferenceReading({"title": line[:_TITLE_LENGTH].strip(), **sure}, (told, *long))


def _doubts(fields: Mapping[str, Any]) -> tuple[Phrase, ...]:
    doubts = {
        "authors": phrase("No authors could be told."),
        "year": phrase("No year could be told."),
    }
    return tuple(doubt for key, doubt in doubts.items() if not fields.get(key))


def _valid(fields: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The fields, if a reference may hold them."""
    source = {} if "journal" in fields or "site" in fields else {"journal": "J"}
    try:
        Reference.model_validate({"title": "T", **source, **fields})
    except ValidationError:
        return None
    return fields


def _clean(doi: str) -> str:
    """A DOI without the marks of the sentence around it."""
    doi = unquote(doi).rstrip(_AFTER)
    for opening, closing in ("()", "[]", "<>"):
        while doi.endswith(closing) and doi.count(closing) > doi.count(opening):
            doi = doi[:-1].rstrip(_AFTER)
    return doi
