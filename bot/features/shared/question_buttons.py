"""What the buttons under a chat's questions send back, and how choices stand on them."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from typing import Self

from bot.base.i18n import Words
from bot.features.shared.buttons import ButtonData, read_id
from bot.features.shared.messages import (
    Button,
    Keyboard,
    in_rows,
    link,
    press,
)
from content.citation import numbers_listed
from content.codes import case_code
from content.grading import needs_multiple
from content.model import Case, Choice, Question
from storage.tallying import Tally

ANSWER = "a:"  # and then the question, and after a colon a choice's place in the file
SUBMIT = "submit:"  # and then the question: what was marked there is the answer
WHY = "why:"
LATER = "later:"  # and then the question: explained once a live round of its case is over
WHY_LINK = "why_"  # the payload of a deep link to an explanation
_LONGEST_LABEL = 28  # characters that a phone shows on a button of full width, tally included
_ALL_LABELS = 140  # characters of all choices together that the answer to a press can name


class QuestionRef(ButtonData, frozen=True):
    """Which question of which post a button belongs to."""

    post_id: int
    position: int

    def __str__(self) -> str:
        return f"{self.post_id:x}-{self.position:x}"

    @classmethod
    def _read(cls, data: str) -> Self:
        post, position = data.split("-")
        return cls(read_id(post), read_id(position))


def explanation_button(ref: QuestionRef, words: Words, answered: int = 0) -> Keyboard:
    """Under a question: the way to the explanation for whoever has answered, and how many have."""
    label = words.say("Explanation")
    if answered:
        label += " · " + words.count("{n} has answered", "{n} have answered", answered)
    return ((press(label, f"{WHY}{ref}"),),)


def link_button(url: str, words: Words) -> Keyboard:
    """Under a question that is closed: the way to the explanation, for everybody."""
    return ((link(words.say("Explanation"), url),),)


def button_order(question: Question, post_id: int) -> tuple[int, ...]:
    """The order of a question's buttons in a post: its own, the same whenever it is worked out."""
    order = tuple(range(len(question.choices)))
    if not question.shuffle:
        return order
    return tuple(sorted(order, key=lambda n: hashlib.sha256(f"{post_id}:{n}".encode()).digest()))


def numbered(question: Question, order: Sequence[int]) -> str:
    """The choices as numbered lines, in a post's order; the numbers hold for that post alone."""
    return "\n".join(
        f"{number}. {question.choices[place].text}" for number, place in enumerate(order, start=1)
    )


def stands_in_text(question: Question) -> bool:
    """Whether the choices are too long for buttons: then they are numbered in the text.

    So they are where several can be marked, and could not be named together.
    """
    if any(len(choice.text) > _LONGEST_LABEL for choice in question.choices):
        return True
    return needs_multiple(question) and len(_joined(question.choices)) > _ALL_LABELS


def names_of(question: Question, places: Collection[int], order: Sequence[int]) -> list[str]:
    """Ways to name choices to whoever sees the post, the fullest first: by words, by numbers.

    ``order`` is that of the post's buttons, or empty where no number is known.
    """
    chosen = [place for place in order if place in places]
    words = _joined(question.choices[place] for place in chosen or sorted(places))
    if not chosen or not stands_in_text(question):
        return [words]
    return [words, ", ".join(str(order.index(place) + 1) for place in chosen)]


def _joined(choices: Iterable[Choice]) -> str:
    return "; ".join(choice.text for choice in choices)


def choice_buttons(
    question: Question,
    ref: QuestionRef,
    order: Sequence[int],
    tally: Tally,
    words: Words,
) -> Keyboard:
    """One button a choice, in this post's order, with how many chose it; then the explanation.

    ``tally`` counts all who have answered, and how often each choice was taken (by its place in the
    file) as far as that may be shown. Where several are right, a button submits those marked.
    """
    numbered = stands_in_text(question)
    buttons = [
        _choice(
            str(number) if numbered else question.choices[place].text,
            f"{ANSWER}{ref}:{place}",
            tally.choices.get(place, 0),
        )
        for number, place in enumerate(order, start=1)
    ]
    # As many rows as numbers need at five to a row, all of much the same length.
    rows = -(-len(buttons) // 5) if numbered else len(buttons)
    width = -(-len(buttons) // rows)
    submit = [[press(words.say("Submit"), f"{SUBMIT}{ref}")]] if needs_multiple(question) else []
    return [*in_rows(buttons, width), *submit, *explanation_button(ref, words, tally.answers)]


def _choice(label: str, data: str, count: int) -> Button:
    return press(f"{label} · {count}" if count else label, data)


FLAG = "flag:"  # and then the question, and after a colon perhaps a reason
SAVE = "save:"  # and then a case's code
UNSAVE = "unsave:"
SHARE = "share:"
REFERENCES = "refs:"  # and then the question
REFERENCES_LINK = "refs_"  # the payload of a deep link to a question's references


def under_explanation(
    ref: QuestionRef, case: Case, admins: Collection[int], words: Words
) -> Keyboard:
    """What there is to press about a question: to save or share its case, references if any.

    And the flag, where there is anybody to see to flags.
    """
    share = press(words.say("Share"), SHARE + case_code(case.id))
    row = [save_button(case, words, saved=False), share]
    if numbers_listed(case, ref.position):
        row.append(press(words.say("References"), f"{REFERENCES}{ref}"))
    rows = [row]
    if admins:
        rows.append([press(words.say("Flag this question"), f"{FLAG}{ref}")])
    return rows


def save_button(case: Case, words: Words, *, saved: bool) -> Button:
    """Saves a case, or where it is saved, no longer does."""
    code = case_code(case.id)
    if saved:
        return press(words.say("✓ Saved"), UNSAVE + code)
    return press(words.say("Save"), SAVE + code)


NOT_AGAIN = "noreview:"  # and then a review's question
ASK_AGAIN = "doreview:"


def not_again(ref: QuestionRef, words: Words, *, paused: bool = False) -> Button:
    """Under a review: it is not asked again; or once that was said, it is."""
    if paused:
        return press(words.say("✓ Not again"), f"{ASK_AGAIN}{ref}")
    return press(words.say("Not this one again"), f"{NOT_AGAIN}{ref}")


def references_link(ref: QuestionRef, case: Case, username: str, words: Words) -> Keyboard:
    """Under an explanation in a chat: its references, for whoever presses it, in private."""
    if not numbers_listed(case, ref.position):
        return ()
    url = f"https://t.me/{username}?start={REFERENCES_LINK}{ref}"
    return ((link(words.say("References"), url),),)
