"""The rule ``reference-format``."""

import re
from collections.abc import Iterator

from content.lint.citing import FIELD_NAMES, of_reference
from content.lint.rule import Finding, Rule
from content.lint.subject import ReferenceText, Subject
from content.phrases import Phrase, phrase

_ET_AL = re.compile(r"et al\.?", re.IGNORECASE)
# "J. P. Callen", "Callen, J.P.", "Callen J.P."
_POINTED = re.compile(
    r"^(?:[A-Z]\.[\s-]*){1,4}[^\s.]+$|[\s,](?:[A-Z]\.[\s-]*){1,4}$|^[^,\s]+,\s*[A-Z]{1,3}$"
)
_LABELLED = re.compile(r"(?:vol(?:ume)?|no|nr|issue|pp?|pages?)\b\.?\s*\d", re.IGNORECASE)
_LOCATORS = ("volume", "issue", "pages")
_LINKS = ("doi", "pmid", "url")


def find(subject: Subject) -> Iterator[Finding]:
    """References that cannot be found by what they say, or say it in another form."""
    for number, reference in enumerate(subject.references, start=1):
        for complaint in _complaints(reference):
            yield Finding(reference.mark, of_reference(number, complaint))


def _complaints(reference: ReferenceText) -> Iterator[Phrase]:
    fields = reference.fields
    if not any(link in fields for link in _LINKS):
        if "site" in fields and "year" not in fields:
            yield phrase("names a site; its `url` or at least its `year` is missing")
        located = "year" in fields and any(f in fields for f in ("volume", "pages", "article"))
        if "journal" in fields and not located:
            yield phrase(
                "cannot be looked up: give `year` with `volume` or `pages`, or a `doi` or `pmid`"
            )
    elif "title" not in fields:
        yield phrase("has no `title`; give it once it has been seen")
    for name in reference.authors[:-1]:
        if _ET_AL.fullmatch(name):
            yield phrase("has names after `et al`, which ends a list")
    for name in reference.authors:
        if _POINTED.search(name) and not _ET_AL.fullmatch(name):
            yield phrase(
                "names “{author}”; write surname and initials without points: Callen JP",
                author=name,
            )
    for field in _LOCATORS:
        if _LABELLED.match(fields.get(field, "")):
            yield phrase(
                "has “{value}” as its {field}; write the number alone",
                value=fields[field],
                field=FIELD_NAMES[field],
            )


RULE = Rule(
    name="reference-format",
    finds="a reference that cannot be found by what it says, or whose fields have another form",
    reason="A reader who doubts should be able to look. What is not known is left out, but then a"
    " DOI, a PubMed number or an address must lead to the work.",
    source="AMA Manual of Style, 11th edition; ICMJE Recommendations, references",
    bad="""
discussion:
  - heading: Cause
    text: The mineral is most often calcium hydroxyapatite [1].
references:
  - {authors: ["Davuluri, S."], title: Calcinosis, journal: Best Pract Res, volume: vol. 36}
""",
    good="""
discussion:
  - heading: Cause
    text: The mineral is most often calcium hydroxyapatite [1].
references:
  - {authors: [Davuluri S], title: Calcinosis, journal: Best Pract Res, year: 2022, volume: 36}
""",
    find=find,
)
