"""Shares as text bars."""

from collections.abc import Mapping

from bot.base.i18n import Words
from content.disclosure import coded
from content.markup import Paragraph, plain
from content.model import Question

_BAR = 5  # characters of a full bar
_BARS = tuple("▰" * full + "▱" * (_BAR - full) for full in range(_BAR + 1))


def bar(share: float) -> str:
    """A share of one, to the nearest fifth."""
    return _BARS[int(share * _BAR + 0.5)]


def share_bars(
    question: Question,
    answers: int,
    counts: Mapping[int, int],
    words: Words,
    people: int = 0,
) -> Paragraph:
    """Each choice's share of ``answers`` (1 or more) as a text bar; ``counts`` by place.

    ``people``: the fewest at any of the times that were added up, where there were several.
    """
    rows = []
    for place, choice in enumerate(question.choices):
        share = counts.get(place, 0) / answers
        told = words.percent(coded(share, people or answers))
        rows.append(f"{words.lead}{bar(share)} {told} {words.isolated(choice.text)}")
    return (plain("\n".join(rows)),)
