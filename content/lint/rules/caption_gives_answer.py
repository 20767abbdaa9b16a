"""The rule ``caption-gives-answer``."""

from collections.abc import Iterator

from content.lint.giveaways import given_away, quoted
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.phrases import Phrase, phrase


def find(subject: Subject) -> Iterator[Finding]:
    """Captions and alt texts with words of a right choice."""
    for figure in subject.figures:
        for passage in (figure.caption, figure.alt):
            if passage and (words := sorted(given_away(subject, passage, figure.position))):
                caption = passage is figure.caption
                yield at(passage, _as_the_right_one(quoted(words), caption=caption))


def _as_the_right_one(told: Phrase, *, caption: bool) -> Phrase:
    if caption:
        return phrase("the caption says {words}, as the right choice does and no other", words=told)
    return phrase("the alt text says {words}, as the right choice does and no other", words=told)


RULE = Rule(
    name="caption-gives-answer",
    finds="a caption or alt text with words of the right choice",
    reason="It is read before the answer, by sight or by a screen reader. Say what is seen, not"
    " what it means. Words of the vignette, of the prompt and of wrong choices are left alone.",
    source="BMJ Heart, instructions for image challenges (no interpretation in the legend)",
    bad="""
figures:
  - file: figures/map.png
    caption: Calcification beneath the skin.
    alt: Outline of a body with circles at the elbows.
    creator: The authors
    licence: CC-BY-4.0
    consent: not-required
""",
    good="""
figures:
  - file: figures/map.png
    caption: Sites of the lumps.
    alt: Outline of a body with circles at the elbows.
    creator: The authors
    licence: CC-BY-4.0
    consent: not-required
""",
    find=find,
)
