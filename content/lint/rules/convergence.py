"""The rule ``convergence``."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Passage, Subject
from content.lint.words import content_stems, stem, tokens
from content.phrases import phrase

_FEWEST_CHOICES = 4
_TIMES_NEXT = 1.5


def find(subject: Subject) -> Iterator[Finding]:
    """Right choices put together from the parts of the others."""
    for question in subject.questions:
        options = question.options
        if len(options) < _FEWEST_CHOICES or len(question.correct) != 1:
            continue
        stems = [set(content_stems(option.plain)) for option in options]
        key = options.index(question.correct[0])
        if shared := _meeting(stems, key):
            yield at(
                options[key],
                phrase(
                    "the right choice shares most words with the others ({words}); give the wrong"
                    " ones as much in common",
                    words=", ".join(_said(options[key], shared)),
                ),
            )


def _said(option: Passage, stems: set[str]) -> list[str]:
    """The words of a choice that have these stems."""
    return [word for word in tokens(option.plain) if stem(word) in stems]


def _meeting(stems: list[set[str]], key: int) -> set[str]:
    """The stems in which other choices meet the one at ``key``, if they meet in none as much.

    Words that all choices have tell nothing. The shared ones must come from two choices or more,
    none of which has them all: then the right choice is the crossing of the others.
    """
    counts = Counter(chain.from_iterable(stems))
    telling = {each for each, count in counts.items() if 1 < count < len(stems)}
    scores = [sum(counts[shared] - 1 for shared in each & telling) for each in stems]
    others = scores[:key] + scores[key + 1 :]
    shared = stems[key] & telling
    if scores[key] < _TIMES_NEXT * max(1, *others):
        return set()
    if any(shared <= each for n, each in enumerate(stems) if n != key):
        return set()
    return shared


RULE = Rule(
    name="convergence",
    finds="a right choice that shares more words with the others than any of them does",
    reason="Authors vary the right answer to make wrong ones, so the choice with most in common"
    " with the rest is the likeliest to be right.",
    source="NBME Item-Writing Guide 2020 (convergence); BMC Med Educ 2016 (s12909-016-0559-7,"
    " Table 1)",
    bad="""
questions:
  - id: treatment
    prompt: Which treatment is most appropriate?
    choices:
      - text: Aspirin with colchicine
        correct: true
      - text: Aspirin with tramadol
      - text: Azathioprine with colchicine
      - text: Prednisolone
""",
    good="""
questions:
  - id: treatment
    prompt: Which treatment is most appropriate?
    choices:
      - text: Aspirin with colchicine
        correct: true
      - text: Tramadol with paracetamol
      - text: Azathioprine
      - text: Prednisolone
""",
    find=find,
)
