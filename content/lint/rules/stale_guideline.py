"""The rule ``stale-guideline``."""

import re
from collections.abc import Iterator

from content.lint.citing import of_reference
from content.lint.rule import Finding, Rule
from content.lint.subject import ReferenceText, Subject
from content.lint.words import content_stems
from content.phrases import phrase
from content.problems import Severity

MAX_YEARS = 5

_GUIDELINE = re.compile(
    r"\b(?:guid(?:ance|elines?)|recommendations?|consensus|position (?:paper|statement)"
    r"|practice parameters?|practice bulletin|scientific statement|standards of (?:medical )?care"
    r"|task force)\b",
    re.IGNORECASE,
)


def find(subject: Subject) -> Iterator[Finding]:
    """Guidelines that are old, unless a newer one on the same matter is listed too."""
    today = subject.today
    if not today or subject.variant:
        return
    dated = [each for each in subject.references if _year(each) and _is_guideline(each)]
    for number, reference in enumerate(subject.references, start=1):
        old = reference in dated and today.year - _year(reference) > MAX_YEARS
        if old and not any(_replaces(newer, reference) for newer in dated):
            complaint = phrase(
                "is a guideline of {year}; see whether there is a newer one", year=_year(reference)
            )
            yield Finding(reference.mark, of_reference(number, complaint))


def _year(reference: ReferenceText) -> int:
    year = reference.fields.get("year", "")
    return int(year) if re.fullmatch("[0-9]{4}", year) else 0


def _is_guideline(reference: ReferenceText) -> bool:
    return bool(_GUIDELINE.search(reference.fields.get("title", "")))


def _replaces(newer: ReferenceText, older: ReferenceText) -> bool:
    """Whether one is younger and most words of the older title stand in its own."""
    words, old = (set(content_stems(each.fields["title"])) for each in (newer, older))
    return _year(newer) > _year(older) and 2 * len(words & old) > len(old)


RULE = Rule(
    name="stale-guideline",
    finds=f"a guideline more than {MAX_YEARS} years old",
    reason="Guidelines are renewed every few years, and what they advise is what a case teaches."
    " Which work is one is told by its title: guideline, consensus, recommendations.",
    source="this project's own rule; guidelines are outdated in about half of all instances after"
    " 5.8 years (Shekelle et al, JAMA 2001)",
    severity=Severity.NOTE,
    bad="""
discussion:
  - heading: Treatment
    text: A calcium antagonist is tried first [1].
references:
  - {authors: [Callen JP], title: Calcinosis guideline, journal: Lancet, year: 2018, volume: 355}
""",
    good="""
discussion:
  - heading: Treatment
    text: A calcium antagonist is tried first [1].
references:
  - {authors: [Callen JP], title: Calcinosis guideline, journal: Lancet, year: 2024, volume: 355}
""",
    find=find,
    needs_today=True,
)
