"""What a citation says about where to find the work: DOI, PubMed number, address."""

import re
from urllib.parse import unquote

from msgspec import Struct

_DOI = re.compile(
    r"(?:\bdoi\s*:?\s*)?(?:https?://(?:dx\.)?doi\.org/|\bdoi\s*:?\s*)(10\.\d{4,9}/\S+)",
    re.IGNORECASE,
)
_PMID = re.compile(r"\bPMID\s*:?\s*([1-9]\d{0,8})\b\.?")
_PUBMED = re.compile(
    r"https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,9})/?\S*"
)
_URL = re.compile(r"""https?://[^\s<>"]+""")
_PUBLISHED = re.compile(
    r"\b(?:Published|Updated)(?: online)?:?\s+(?:[A-Z][a-z]+\s+)?(?:\d{1,2},?\s+)?"
    r"((?:19|20)\d\d)\b\.?"
)
# What a browser copies along with a reference: the names of the links behind it.
_BUTTONS = re.compile(
    r"\bOpenUrl\w*|\[?\b(?:CrossRef|PubMed(?: ?Central)?|Google Scholar|Full Text|Abstract)\b\]?"
    r"(?=[\s.|]*(?:CrossRef|PubMed|Google|Full Text|Abstract|\[|$))"
)
_LEAD_IN = re.compile(r"\b(?:Available (?:at|from|online)|Retrieved from)\b:?", re.IGNORECASE)
_UNREAD = re.compile(
    r"\bPMCID\s*:?\s*PMC\d+\.?|\b(?:Accessed|Epub|Cited)\b[^.;]{0,60}[.;]?"
    r"|\[(?:Epub|cited|published)\b[^\]]{0,60}\]\.?",
    re.IGNORECASE,
)
_AFTER = ".,;:\u201d\"'"


class Links(Struct, frozen=True):
    """``rest`` is the citation without them; ``unread`` is what no field of a reference takes."""

    rest: str
    doi: str = ""
    pmid: str = ""
    url: str = ""
    year: str = ""
    unread: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        return bool(self.doi or self.pmid or self.url)


def take_links(text: str) -> Links:
    """Take DOI, PubMed number and address out of a citation."""
    doi, text = _take(_DOI, text)
    pmid, text = _take(_PMID, text)
    pubmed, text = _take(_PUBMED, text)
    url, text = _take(_URL, text)
    text = _BUTTONS.sub(" ", text)
    unread = tuple(hit.group().strip(" ;.") for hit in _UNREAD.finditer(text))
    year, text = _take(_PUBLISHED, _LEAD_IN.sub(" ", _UNREAD.sub(" ", text)))
    return Links(" ".join(text.split()), _doi(doi), pmid or pubmed, _clean(url), year, unread)


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    hit = pattern.search(text)
    return (hit[1] if pattern.groups else hit[0], pattern.sub(" ", text)) if hit else ("", text)


def _doi(doi: str) -> str:
    return unquote(_clean(doi))


def _clean(address: str) -> str:
    """Without the marks of the sentence around it."""
    address = address.rstrip(_AFTER)
    for opening, closing in ("()", "[]"):
        while address.endswith(closing) and address.count(closing) > address.count(opening):
            address = address[:-1].rstrip(_AFTER)
    return address
