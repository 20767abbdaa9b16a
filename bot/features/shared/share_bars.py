"""Shares of choices as text bars."""

from collections.abc import Mapping

from content.markup import Paragraph, plain
from content.model import Question

_BAR = 10  # characters of a full bar
_BARS = tuple("▰" * full + "▱" * (_BAR - full) for full in range(_BAR + 1))


def share_bars(question: Question, answers: int, counts: Mapping[int, int]) -> Paragraph:
    """Each choice's share of ``answers`` (1 or more) as a text bar; ``counts`` by place."""
    rows = []
    for place, choice in enumerate(question.choices):
        share = counts.get(place, 0) / answers
        rows.append(f"{_BARS[round(share * _BAR)]} {round(share * 100)}%  {choice.text}")
    return (plain("\n".join(rows)),)
