"""The rule ``reference-incomplete``."""

import re
from collections.abc import Iterator

from content.lint.citing import FIELD_NAMES, of_reference
from content.lint.rule import Finding, Rule
from content.lint.subject import ReferenceText, Subject
from content.phrases import Phrase, listed, phrase
from content.problems import Severity

_ET_AL = re.compile(r"et al\.?", re.IGNORECASE)
_FEWEST_BEFORE_ET_AL = 3
_ONE_PAGE = re.compile(r"[A-Za-z]?\d+")
_ARTICLE = re.compile(r"[A-Za-z]\w*\d{3}|\d{5}")
_LINKS = ("doi", "pmid", "url")


def find(subject: Subject) -> Iterator[Finding]:
    """References of which something is missing that a reader would expect."""
    if subject.variant:
        return
    for number, reference in enumerate(subject.references, start=1):
        for complaint in (_cut_short(reference), _one_page(reference)):
            if complaint:
                yield Finding(reference.mark, of_reference(number, complaint))
        if missing := _missing(reference):
            lacks = phrase("lacks {fields}; see whether its link has them", fields=missing)
            yield Finding(reference.mark, of_reference(number, lacks), Severity.NOTE)


def _cut_short(reference: ReferenceText) -> Phrase | None:
    authors = reference.authors
    if authors and _ET_AL.fullmatch(authors[-1]) and len(authors) <= _FEWEST_BEFORE_ET_AL:
        named = len(authors) - 1
        return phrase(
            "has `et al` after {named} of its authors; name {fewest}, or all",
            named=named,
            fewest=_FEWEST_BEFORE_ET_AL,
        )
    return None


def _one_page(reference: ReferenceText) -> Phrase | None:
    pages = reference.fields.get("pages", "")
    if not _ONE_PAGE.fullmatch(pages):
        return None
    if _ARTICLE.match(pages):
        return phrase(
            "has “{pages}” as its pages; if that is the article's number, write it as `article`",
            pages=pages,
        )
    return phrase("has the single page {pages}; give the last one too", pages=pages)


def _missing(reference: ReferenceText) -> Phrase | None:
    """The fields of a journal's article that are missing although it can be found by a link."""
    fields = reference.fields
    if "journal" not in fields or not any(link in fields for link in _LINKS):
        return None
    missing = [field for field in ("year", "volume") if field not in fields]
    if not fields.keys() & {"pages", "article"}:
        missing.append("pages")
    if not reference.authors:
        missing.insert(0, "authors")
    if not missing:
        return None
    *others, last = (FIELD_NAMES[field] for field in missing)
    return phrase("{some} and {last}", some=listed(others), last=last) if others else last


RULE = Rule(
    name="reference-incomplete",
    finds="a reference with a single page, with “et al” after fewer than three authors or, though a"
    " link leads to it, without authors, year, volume or pages",
    reason="A citation is read on paper too, and half of one makes a reader doubt the rest. What"
    " nobody has seen is not guessed; what its link does not show either is left out for good.",
    source="AMA Manual of Style, 11th edition; ICMJE Recommendations, references",
    bad="""
discussion:
  - heading: Cause
    text: The mineral is most often calcium hydroxyapatite [1].
references:
  - authors: [Davuluri S, et al]
    title: Calcinosis
    journal: Best Pract Res
    year: 2022
    volume: 36
""",
    good="""
discussion:
  - heading: Cause
    text: The mineral is most often calcium hydroxyapatite [1].
references:
  - authors: [Davuluri S, Duvvuri B, Lood C, et al]
    title: Calcinosis
    journal: Best Pract Res
    year: 2022
    volume: 36
""",
    find=find,
)
