"""A part of a draft that was sent, or chosen, by itself, and what it does to the case.

What is said of choices is kept by their own words: a letter would be another choice's as soon as
they change places.
"""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from bot.features.drafts.parts import choices_of
from content.drafting import DraftCase, placed, reworded, said_of_choices

CORRECT: Final = "correct"
WHYS: Final = "whys"


class PartChange(Struct, frozen=True):
    """A part: words to be placed, what is said of choices by their words, or the value itself.

    ``question`` is the place of the question that it belongs to, if it belongs to one. ``sent`` are
    the words that the value was made of, where it is not they.
    """

    part: str
    value: Any
    question: int = 0
    message_id: int | None = None
    sent: str = ""

    def anchored(self, case: DraftCase) -> "PartChange":
        """The same, as it was meant of this case. Raises PlacingError where it cannot be a part."""
        if self.part not in {CORRECT, WHYS} or not isinstance(self.value, str) or not self.value:
            self.applied(case)
            return self
        value = said_of_choices(case, self.part, self.value, self.question)
        return replace(self, value=value, sent=self.value)

    def applied(self, case: DraftCase) -> DraftCase:
        """The case with it. Raises PlacingError where it cannot be placed (any more)."""
        if isinstance(self.value, str) or self.part in {CORRECT, WHYS}:
            return placed(case, self.part, self.value, question=self.question)
        return {**case, self.part: self.value}

    def says(self, text: str) -> bool:
        """Whether a message that gave it still reads so."""
        return text == (self.sent or self.value)

    def replaces(self, earlier: "PartChange") -> bool:
        """Reasons of choices add up; choices keep what was said of them."""
        same = (earlier.part, earlier.question) == (self.part, self.question)
        return same and self.part not in {WHYS, "choices"}


def without_key(case: DraftCase, question: int) -> DraftCase:
    """A question of it says of no choice that it is right."""
    questions = [dict(each) for each in case.get("questions", ())]
    if question < len(questions):
        choices = questions[question].get("choices", ())
        bare = [{key: each[key] for key in each if key != CORRECT} for each in choices]
        questions[question]["choices"] = bare
    return {**case, "questions": questions}


def following(
    changes: Sequence[PartChange], before: DraftCase, after: DraftCase
) -> tuple[PartChange, ...]:
    """These, their reasons those of choices that are the same in other words since."""
    return tuple(
        replace(one, value={_now(one, text, before, after): why for text, why in one.value.items()})
        if one.part == WHYS and isinstance(one.value, Mapping)
        else one
        for one in changes
    )


def _now(change: PartChange, text: str, before: DraftCase, after: DraftCase) -> str:
    return _reworded(before, after, change.question).get(text, text)


def kept_reasons(before: DraftCase, after: DraftCase) -> list[str]:
    """The reasons of choices that are the same in other words since, below their letters."""
    found = []
    for question in range(len(after.get("questions", ()))):
        changed = {*_reworded(before, after, question).values()}
        found += [
            f"{letter}. {each['text']}: {each['why']}"
            for letter, each in zip(ascii_uppercase, choices_of(after, question), strict=False)
            if each.get("text") in changed and each.get("why")
        ]
    return found


def _reworded(before: DraftCase, after: DraftCase, question: int) -> Mapping[str, str]:
    old, new = (
        [str(each.get("text", "")) for each in choices_of(case, question)]
        for case in (before, after)
    )
    return reworded(old, new)
