"""The rule ``uncited-number``."""

import re
from collections.abc import Iterator

from content.citation import cited
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Passage, Subject
from content.lint.words import sentences
from content.phrases import phrase

_SHARE = (
    r"(?:\d(?:[\d.,]{0,8}\d)?\s?(?:%|percent\b|per cent\b)"
    r"|\b\d{1,7} (?:of|in|out of) (?:the )?(?:\w{1,20} )?\d{1,7}\b)"
)
_STUDIED = (
    r"\b(?:patients|people|persons|adults|children|infants|women|men|participants|survivors"
    r"|trial|trials|study|studies|cohorts?|series|meta-analys[ie]s|review|registry|cases|controls)\b"
)
_MEASURED = (
    r"\b(?:sensitivity|specificity|mortality|prevalence|incidence|survival)\b[^.;]{0,40}?"
    r"\d[\d.,]{0,8}\s?(?:%|percent\b)"
)
_RATIO = (
    r"\b(?:relative risk|(?:odds|hazard|risk|likelihood|rate) ratio|number needed to treat)\b"
    r"[^.;]{0,30}?\d[\d.,]{0,6}|\b95\s?% (?:CI|confidence interval)\b|\bP\s?[<=]\s?0?\.\d"
)
_REACH = r"[^.;]{0,120}?"
_FIGURE = re.compile(
    rf"{_STUDIED}{_REACH}{_SHARE}|{_SHARE}{_REACH}{_STUDIED}|{_MEASURED}|{_RATIO}",
    re.IGNORECASE,
)
_OF_THE_PATIENT = re.compile(r"\b(?:he|she|him|his|her|hers|here|this patient)\b", re.IGNORECASE)


def find(subject: Subject) -> Iterator[Finding]:
    """Figures from studies without a reference in their sentence or beside it."""
    for passage in _telling(subject):
        said = sentences(" ".join(passage.text.split()))
        sourced = [bool(cited(sentence)) for sentence in said]
        for n, sentence in enumerate(said):
            near = any(sourced[max(0, n - 1) : n + 2])
            if (
                not near
                and not _OF_THE_PATIENT.search(sentence)
                and (hit := _FIGURE.search(sentence))
            ):
                message = phrase(
                    "“{figure}” comes from a study; cite it by its number, [1]",
                    figure=_brief(hit[0]),
                )
                yield at(passage, message)


def _telling(subject: Subject) -> Iterator[Passage]:
    """The texts that tell what studies found: whys and discussion."""
    for question in subject.questions:
        yield from (choice.why for choice in question.choices if choice.why)
    if not subject.variant:
        yield from (section.text for section in subject.discussion if section.text)


def _brief(text: str) -> str:
    words = text.split()
    return text if len(words) <= 8 else f"{' '.join(words[:3])} … {' '.join(words[-4:])}"


RULE = Rule(
    name="uncited-number",
    finds="a study's figure without a reference in its sentence or beside it",
    reason="Whoever doubts a number should see where it is from; a number that nobody can trace is"
    " copied from case to case, and grows old unseen.",
    source="AMA Manual of Style, 11th edition: what was found by others is cited where it is told",
    bad="""
discussion:
  - heading: Course
    text: In a cohort of 78 patients the lumps went away in 36%.
""",
    good="""
discussion:
  - heading: Course
    text: In a cohort of 78 patients the lumps went away in 36% [1].
references:
  - {authors: [Davuluri S], title: Calcinosis, journal: Best Pract Res, year: 2022, volume: 36}
""",
    find=find,
)
