"""The rule ``explanation-length``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Passage, Subject
from content.phrases import phrase

MAX_WORDS = 200


def find(subject: Subject) -> Iterator[Finding]:
    """Explanations that are too long for one piece."""
    for passage in _pieces(subject):
        if passage.word_count > MAX_WORDS:
            message = phrase(
                "{count} words in one piece; shorten or divide it (at most {most})",
                count=passage.word_count,
                most=MAX_WORDS,
            )
            yield at(passage, message)


def _pieces(subject: Subject) -> Iterator[Passage]:
    for question in subject.questions:
        yield from (choice.why for choice in question.choices if choice.why)
    yield from (section.text for section in subject.discussion if section.text)


RULE = Rule(
    name="explanation-length",
    finds=f"a section of the discussion, or a why, of more than {MAX_WORDS} words",
    reason="Each section opens by a tap of its own, so the discussion as a whole may be longer; but"
    " what is read in one piece on a phone is read to its end only while it is short.",
    source="BMJ Heart, instructions for image challenges (an explanation of at most 200 words),"
    " applied to each section because sections are folded",
    bad="""
discussion:
  - heading: All about it
    text: >-
      Why the deposits form is not known. One long-standing idea is that calcium escapes from the
      mitochondria of injured muscle cells and hardens the tissue nearby; other authors speak of
      inflammation, of a poor blood supply and of repeated knocks, and it may well be that all of
      them are right in one patient or another. The skin over a lump may break down and form an
      ulcer, and chalky material can drain from the opening. The contents may also liquefy, which
      brings marked inflammation or an infection. When fascia and muscle are involved as well as
      skin, joints can become fixed and movement is lost. The deposits favour bony prominences and
      places that are knocked or pressed again and again, such as the elbows, the buttocks, the
      knees and the fingers, so that trouble of this kind is found mostly there. The diagnosis is
      clinical and a biopsy is not needed; plain radiographs can show the deposits. Deposits that
      have formed seldom disappear, and no treatment has been proved in a controlled trial. Early
      and vigorous treatment of the muscle disease in children may make them rarer. Small deposits
      that hurt can be cut out, though wounds heal slowly and lumps can come back, and the patient
      should hear of both before she decides. Reports of single patients speak well of several
      drugs.
""",
    good="""
discussion:
  - heading: Cause
    text: >-
      Why the deposits form is not known. One long-standing idea is that calcium escapes from the
      mitochondria of injured muscle cells and hardens the tissue nearby.
  - heading: Treatment
    text: >-
      Deposits that have formed seldom disappear, and no treatment has been proved in a controlled
      trial. Small deposits that hurt can be cut out; wounds heal slowly and lumps can come back.
""",
    find=find,
)
