"""The rule ``stale-reference``."""

import re
from collections.abc import Iterator

from content.lint.rule import Finding, Rule
from content.lint.subject import Subject
from content.phrases import phrase
from content.problems import Severity

MAX_YEARS = 10


def find(subject: Subject) -> Iterator[Finding]:
    """A case whose newest dated reference is old."""
    dated = [
        (int(year), reference)
        for reference in subject.references
        if re.fullmatch("[0-9]{4}", year := reference.fields.get("year", ""))
    ]
    if not dated or not subject.today:
        return
    newest, reference = max(dated, key=lambda each: each[0])
    if subject.today.year - newest > MAX_YEARS:
        message = phrase(
            "the newest reference is of {year}; see whether the answer still holds", year=newest
        )
        yield Finding(reference.mark, message)


RULE = Rule(
    name="stale-reference",
    finds=f"a case whose newest reference is more than {MAX_YEARS} years old",
    reason="Medicine moves on. The answer may well stand, but somebody should have looked; what has"
    " no year is left aside.",
    source="this project's own rule",
    severity=Severity.NOTE,
    bad="""
discussion:
  - heading: Cause
    text: It is a frequent complication of the childhood form [1].
references:
  - {authors: [Callen JP], title: Dermatomyositis, journal: Lancet, year: 2000, volume: 355}
""",
    good="""
discussion:
  - heading: Cause
    text: It is a frequent complication of the childhood form [1,2].
references:
  - {authors: [Callen JP], title: Dermatomyositis, journal: Lancet, year: 2000, volume: 355}
  - {authors: [Davuluri S], title: Calcinosis, journal: Best Pract Res, year: 2022, volume: 36}
""",
    find=find,
    needs_today=True,
)
