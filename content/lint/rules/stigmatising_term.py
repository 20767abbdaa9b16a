"""The rule ``stigmatising-term``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule
from content.lint.stigma import stigmatising
from content.lint.subject import Subject
from content.phrases import phrase


def find(subject: Subject) -> Iterator[Finding]:
    """Words that label or blame a patient; each is told once a text."""
    for passage in subject.texts:
        told: set[str] = set()
        for term in stigmatising(passage.plain):
            if term.said.lower() not in told:
                told.add(term.said.lower())
                message = phrase(
                    "“{word}” labels, blames or doubts; better: {better}",
                    word=term.said,
                    better=term.better,
                )
                yield Finding(passage.mark, message, term.severity)


RULE = Rule(
    name="stigmatising-term",
    finds="a word that labels, blames or doubts a patient (a note where guidance only prefers"
    " another)",
    reason="Such words change how those who read them treat the patient: in a trial, trainees who"
    " read them gave less pain relief (Goddu 2018). Cases teach language too.",
    source="Healy, Richard & Kidia, J Gen Intern Med 2022; Cox & Fritz, BMJ 2022;377:e066720;"
    " Goddu et al, J Gen Intern Med 2018; NIDA, Words Matter; UNAIDS Terminology Guidelines 2015;"
    " AMA Manual of Style, 11th edition",
    bad="""
vignette: >-
  A 64-year-old diabetic who suffers from hard lumps beneath the skin is non-compliant with her
  medication.
""",
    good="""
vignette: >-
  A 64-year-old woman with diabetes and hard lumps beneath the skin stopped her tablets, which made
  her dizzy.
""",
    find=find,
)
