"""How many people's figures may be shown as shares, and shares of choices as text bars."""

from collections.abc import Mapping

from bot.base.i18n import Words
from content.markup import Paragraph, plain
from content.model import Question
from storage.tallying import STEP

FEWEST = STEP  # people; shares of fewer would tell on single persons
_BAR = 5  # characters of a full bar
_BARS = tuple("▰" * full + "▱" * (_BAR - full) for full in range(_BAR + 1))


def shareable(people: int, *, closed: bool) -> int:
    """Of so many people's answers to a question, first to last, how many may be shown by choice.

    The rest is a count. While the question is open, what is shown changes only after so many more
    that nobody learns a single person's answer from the change.
    """
    if closed:
        return people if people >= FEWEST else 0
    return people - people % FEWEST


def share_bars(
    question: Question, answers: int, counts: Mapping[int, int], words: Words
) -> Paragraph:
    """Each choice's share of ``answers`` (1 or more) as a text bar; ``counts`` by place."""
    rows = []
    for place, choice in enumerate(question.choices):
        share = counts.get(place, 0) / answers
        bar = f"{words.lead}{_BARS[int(share * _BAR + 0.5)]} {words.percent(share)}"
        rows.append(f"{bar} {words.isolated(choice.text)}")
    return (plain("\n".join(rows)),)
