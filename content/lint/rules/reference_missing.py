"""The rule ``reference-missing``."""

from collections.abc import Iterator

from content.lint.citing import citations
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.phrases import Phrase, phrase
from content.problems import Severity


def find(subject: Subject) -> Iterator[Finding]:
    """Cited numbers that are not listed."""
    listed = len(subject.references)
    for passage, numbers in citations(subject):
        for number in sorted(set(numbers)):
            if not 1 <= number <= listed:
                yield at(passage, _unlisted(number, listed))


def _unlisted(number: int, listed: int) -> Phrase:
    if not listed:
        return phrase("[{number}] is cited, but there are no references", number=number)
    if listed == 1:
        return phrase("[{number}] is cited, but the references are [1] only", number=number)
    return phrase(
        "[{number}] is cited, but the references are [1] to [{last}]", number=number, last=listed
    )


RULE = Rule(
    name="reference-missing",
    finds="a cited number that is not listed",
    reason="The learner is promised a source and finds none, or after a change of the list another"
    " than the author meant.",
    source="AMA Manual of Style, 11th edition: references are numbered and cited in order",
    severity=Severity.ERROR,
    bad="""
discussion:
  - heading: Cause
    text: The mineral is most often calcium hydroxyapatite [1,2].
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
