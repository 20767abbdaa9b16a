"""The rule ``title-gives-answer``."""

from collections.abc import Iterator

from content.lint.giveaways import given_away, quoted
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.phrases import phrase


def find(subject: Subject) -> Iterator[Finding]:
    """A title with words of a right choice."""
    if subject.title and (words := sorted(given_away(subject, subject.title))):
        message = phrase(
            "the title says {words}, as the right choice does and no other", words=quoted(words)
        )
        yield at(subject.title, message)


RULE = Rule(
    name="title-gives-answer",
    finds="a title with words of the right choice",
    reason="The title stands above the question, in lists and in notifications. Words of the"
    " vignette, of the prompt and of wrong choices are left alone.",
    source="BMJ Heart, instructions for image challenges; Haladyna, Downing & Rodriguez 2002 (no"
    " clues to the right answer)",
    bad="""
title: Calcification where none belongs
""",
    good="""
title: Hard lumps, years after a rash
""",
    find=find,
)
