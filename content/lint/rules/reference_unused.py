"""The rule ``reference-unused``."""

from collections.abc import Iterator

from content.lint.citing import citations, of_reference
from content.lint.rule import Finding, Rule
from content.lint.subject import Subject
from content.phrases import phrase


def find(subject: Subject) -> Iterator[Finding]:
    """Listed references that no text cites."""
    if not subject.references or subject.variant:
        return
    wordings = (subject, *subject.variants)
    used = {n for wording in wordings for _, numbers in citations(wording) for n in numbers}
    for number, reference in enumerate(subject.references, start=1):
        if number not in used:
            unused = phrase("is never cited; cite it as [{number}] or take it out", number=number)
            yield Finding(reference.mark, of_reference(number, unused))


RULE = Rule(
    name="reference-unused",
    finds="a listed reference that no text cites",
    reason="A reader cannot tell what such a reference is there to prove.",
    source="AMA Manual of Style, 11th edition: each listed reference is cited in the text",
    bad="""
discussion:
  - heading: Cause
    text: The mineral is most often calcium hydroxyapatite.
references:
  - {authors: [Davuluri S], title: Calcinosis, journal: Best Pract Res, year: 2022, volume: 36}
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
