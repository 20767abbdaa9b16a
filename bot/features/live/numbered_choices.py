"""Choices of a live round by their numbers, which are alike on the screen and on all phones."""

from collections.abc import Collection, Sequence

from content.model import Question


def numbered_names(question: Question, order: Sequence[int], places: Collection[int]) -> str:
    """Choices, by their places in the file, as ``2 · Rheumatoid arthritis``."""
    return "; ".join(
        f"{number} · {question.choices[place].text}"
        for number, place in enumerate(order, start=1)
        if place in places
    )


def numbers(order: Sequence[int], places: Collection[int]) -> str:
    """The same by their numbers alone."""
    return ", ".join(str(number) for number, place in enumerate(order, 1) if place in places)
