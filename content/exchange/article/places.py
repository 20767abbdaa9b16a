"""Where in a journal a work stands: ``2000;355(9197):53-57`` and its like."""

import re

from msgspec import Struct

_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Fall|Autumn|Winter)"
    r"[a-z]{0,6}\.?"
)
_YEAR = r"(?P<year>(?:1[5-9]|2[01])\d\d)"
_DATE = rf"{_YEAR}(?:\s+{_MONTH}(?:[-/]{_MONTH})?(?:\s+\d{{1,2}})?)?"
_VOLUME = r"(?P<volume>\w(?:[\w ./-]{0,28}\w)?)"
_ISSUE = r"\((?P<issue>[^()]{1,40})\)"
_DASH = r"[-\u2010-\u2014\u2212]"
_PAGE = r"[A-Za-z]{0,4}\d\w{0,14}"
_LAST = rf"\s?{_DASH}\s?{_PAGE}(?:\.e\d{{1,3}})?"
"""The last page; what is online alone may stand after it, as in 218-230.e8."""
_PAGES = rf"(?P<pages>{_PAGE}(?:{_LAST})?(?:,\s?\d{{1,6}}(?:{_DASH}\w{{1,8}})?){{0,5}})"
_DATED = re.compile(
    rf"(?<![\w.]){_DATE}(?:\s*;\s*(?:{_VOLUME})?\s*(?:{_ISSUE})?)?(?:\s*:\s*{_PAGES})?"
)
_UNDATED = re.compile(
    rf"(?<=[.,]\s)(?:(?P<volume>\d{{1,4}}[A-Z]?)\s?(?:{_ISSUE})?:\s?)?{_PAGES}\.?$"
)
_ARTICLE_NUMBER = re.compile(r"[eE]\d+|\d{5,}")


class Place(Struct, frozen=True):
    """Year, volume, issue and pages, as far as they are printed.

    ``start`` is where the place begins in the citation, ``rest`` what follows it.
    """

    start: int
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    rest: str = ""

    @property
    def is_article_number(self) -> bool:
        """Whether the pages are one number by which an article without pages is found."""
        return _ARTICLE_NUMBER.fullmatch(self.pages) is not None


def find_place(text: str) -> Place:
    """The last place that ``text`` prints; one without a year, where it ends so.

    A year alone counts only where the text ends with it, for titles hold years too.
    """
    hits = list(_DATED.finditer(text))
    whole = [hit for hit in hits if hit["volume"] or hit["issue"] or hit["pages"]]
    hit = whole[-1] if whole else next((h for h in hits if not text[h.end() :].strip(" .)")), None)
    if hit:
        return _place(hit, text, hit["year"])
    if undated := _UNDATED.search(text):
        return _place(undated, text, "")
    return Place(len(text))


def _place(hit: re.Match[str], text: str, year: str) -> Place:
    pages = re.sub(rf"\s*{_DASH}\s*", "-", hit["pages"] or "")
    rest = text[hit.end() :].strip(" .;,)")
    return Place(hit.start(), year, hit["volume"] or "", hit["issue"] or "", pages, rest)
