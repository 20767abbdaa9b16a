"""The rule ``vague-frequency``."""

import re
from collections.abc import Iterator

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.phrases import phrase

_MONTHS = r"(?:january|february|march|april|june|july|august|september|october|november|december)"
_VAGUE = re.compile(
    # A comparison is not vague: “more often than”, “as frequently as”.
    r"(?<!more )(?<!less )(?<!as )(?<!how )(?<!most )(?<!least )"
    r"\b(?P<word>usually|often|rarely|(?:in)?frequently|sometimes|occasionally|seldom|commonly"
    r"|generally)\b"
    # The month has a capital; the verb has one too where it comes first.
    rf"|^(?P<first>May)\b(?!\s*(?:[\d,;.)\u2013-]|$)|\s+(?:to|and|or|until|through|{_MONTHS})\b)"
    r"|(?<!\bin )(?<!\bof )(?<!\bearly )(?<!\blate )\b(?P<verb>may|MAY|might)\b(?!\s*\d)"
)


def find(subject: Subject) -> Iterator[Finding]:
    """Words in a choice that say how often without saying how often."""
    for question in subject.questions:
        for option in question.options:
            if hit := _VAGUE.search(_uncapitalised(option.plain)):
                word = hit["word"] or hit["first"] or hit["verb"]
                yield at(
                    option,
                    phrase(
                        "“{word}” in “{choice}” means another frequency to each reader; say how"
                        " often, or leave it out",
                        word=word.lower(),
                        choice=option.plain,
                    ),
                )


def _uncapitalised(text: str) -> str:
    """With the first word in lower case, unless it is “May”, which can be a month."""
    return text if text.startswith("May") else text[:1].lower() + text[1:]


RULE = Rule(
    name="vague-frequency",
    finds="usually, often, rarely, may or frequently in a choice",
    reason="Readers, experts too, differ widely in what they take such a word to mean, so the"
    " choice is true for some of them and false for others.",
    source="NBME Item-Writing Guide 2020 (vague frequency terms)",
    bad="""
questions:
  - id: course
    prompt: What should she be told about the course of her disease?
    choices:
      - text: It often returns after treatment
        correct: true
      - text: It shortens life by about ten years
      - text: It needs lifelong treatment
""",
    good="""
questions:
  - id: course
    prompt: What should she be told about the course of her disease?
    choices:
      - text: About half of patients relapse within a year
        correct: true
      - text: It shortens life by about ten years
      - text: It needs lifelong treatment
""",
    find=find,
)
