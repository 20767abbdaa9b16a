"""What the buttons under a chat's questions send back, and how choices stand on them."""

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.shared.messages import (
    Button,
    Keyboard,
    in_rows,
    link,
    press,
)
from content.model import Question

ANSWER = "a:"
WHY = "why:"
WHY_LINK = "why_"  # the payload of a deep link to an explanation
_LONGEST_LABEL = 28  # characters that a phone shows on a button of full width, tally included


class QuestionRef(Struct, frozen=True):
    """Which question of which post a button belongs to."""

    post_id: int
    position: int

    def __str__(self) -> str:
        return f"{self.post_id:x}-{self.position:x}"

    @classmethod
    def parse(cls, text: str) -> "QuestionRef | None":
        """Read what ``str`` wrote; None for anything else, since people can send anything."""
        post, dash, position = text.partition("-")
        try:
            ref = cls(int(post, 16), int(position, 16))
        except ValueError:
            return None
        fits = all(0 <= number < 1 << 63 for number in (ref.post_id, ref.position))
        return ref if dash and str(ref) == text and fits else None


def explanation_button(ref: QuestionRef, words: Words) -> Keyboard:
    """Under a poll: the way to the explanation, for whoever has answered."""
    return ((press(words.say("Explanation"), f"{WHY}{ref}"),),)


def link_button(url: str, words: Words) -> Keyboard:
    """Under a question that is closed: the way to the explanation, for everybody."""
    return ((link(words.say("Explanation"), url),),)


def stands_in_text(question: Question) -> bool:
    """Whether the choices are too long for buttons: then they are numbered in the text."""
    return any(len(choice.text) > _LONGEST_LABEL for choice in question.choices)


def choice_buttons(
    question: Question,
    ref: QuestionRef,
    order: Sequence[int],
    counts: Mapping[int, int],
    words: Words,
) -> Keyboard:
    """One button a choice, in this post's order, with how many chose it; then the explanation.

    ``counts`` maps a choice's place in the file to its answers.
    """
    numbered = stands_in_text(question)
    buttons = [
        _choice(
            str(number) if numbered else question.choices[place].text,
            f"{ANSWER}{ref}:{place}",
            counts.get(place, 0),
        )
        for number, place in enumerate(order, start=1)
    ]
    width = 5 if numbered else 1
    return [*in_rows(buttons, width), *explanation_button(ref, words)]


def _choice(label: str, data: str, count: int) -> Button:
    return press(f"{label} · {count}" if count else label, data)


FLAG = "flag:"  # and then the question, and after a colon perhaps a reason


def flag_row(ref: QuestionRef, admins: Collection[int], words: Words) -> Keyboard:
    """The button under an explanation, where there is anybody to see to flags."""
    return ((press(words.say("Flag this question"), f"{FLAG}{ref}"),),) if admins else ()
