"""What is said to a press: all that must be, within what Telegram shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from bot.base.i18n import Languages, Words
from bot.features.posts import verdict_view as view
from bot.features.results.shares_view import QuestionResults, results_part
from bot.features.shared.question_buttons import stands_in_text
from content.markup import visible
from content.model import Question
from tests.content.samples import question_data

LANGUAGES = Languages.load().words
ENGLISH = LANGUAGES["en"]
texts = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=100)


class Case(Struct, frozen=True):
    """A question, the order of its buttons, and what somebody chose."""

    question: Question
    order: tuple[int, ...]
    chosen: tuple[int, ...]
    words: Words


def question_of(choices: list[str], key: set[int], point: str | None = None) -> Question:
    """A question with these choices."""
    data = [
        {"text": text, "why": "So it is.", "correct": "true" if place in key else "false"}
        for place, text in enumerate(choices)
    ]
    made = Question.model_validate(question_data(choices=data))
    return made.model_copy(update={"key_point": point})


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Any question that a file may hold, answered in any way."""
    choices = draw(st.lists(texts, min_size=3, max_size=12, unique_by=str.casefold))
    places = range(len(choices))
    key = draw(st.sets(st.sampled_from(places), min_size=1, max_size=len(choices) - 1))
    chosen = draw(st.sets(st.sampled_from(places), min_size=1))
    order = draw(st.permutations(places))
    words = draw(st.sampled_from(sorted(LANGUAGES)))
    point = draw(st.none() | texts)
    question = question_of(choices, key, point)
    return Case(question, tuple(order), tuple(sorted(chosen)), LANGUAGES[words])


@given(cases())
def test_every_answer_to_a_press_is_shown_whole(case: Case) -> None:
    """In each language, for choices of any length, however many are marked."""
    question, order, words = case.question, case.order, case.words
    for said in (
        view.verdict_toast(question, case.chosen, words, order),
        view.again_toast(question, case.chosen, words, order),
        view.marked_toast(question, case.chosen, words, order),
        view.marked_toast(question, (), words, order),
        view.closed_toast(question, words),
        view.nothing_marked(words),
    ):
        assert 0 < len(said) <= view.TOAST_LENGTH


@given(cases())
def test_marked_choices_are_always_named(case: Case) -> None:
    """By their words, or by the numbers that stand in the post: nothing else shows them."""
    question, order = case.question, case.order
    if len(question.correct) < 2:
        return
    said = view.marked_toast(question, case.chosen, ENGLISH, order)
    words = [question.choices[place].text for place in sorted(case.chosen, key=order.index)]
    numbers = [str(order.index(place) + 1) for place in sorted(case.chosen, key=order.index)]
    fullest = f"Marked: {'; '.join(words)}. Press Submit when done."
    if len(fullest) <= view.TOAST_LENGTH:
        assert said == fullest
    else:
        assert stands_in_text(question)
        assert said == f"Marked: {', '.join(numbers)}. Press Submit when done."


LONG = [f"{letter} {'and so on ' * 9}".strip() for letter in "ABCD"]


@pytest.mark.parametrize(
    ("choices", "key", "chosen", "said"),
    [
        (["Iron", "Zinc"], {0}, (0,), "Your first answer counts: Iron. ✅ Right."),
        (
            ["Iron", "Zinc"],
            {0},
            (1,),
            "Your first answer counts: Zinc. ❌ Not this time. Correct: Iron",
        ),
        (
            ["Iron", "Zinc", "Lead"],
            {0, 1},
            (0, 2),
            "Your first answer counts: Iron; Lead. ❌ Not this time. Correct: Iron; Zinc",
        ),
        (
            ["Iron", "Zinc", "Lead"],
            {0, 1},
            (1,),
            "Your first answer counts: Zinc. 🟡 Partly right. Correct: Iron; Zinc",
        ),
        (
            LONG,
            {0},
            (3,),
            f"Your first answer counts: 4. ❌ Not this time. Correct: {LONG[0]}",
        ),
        (LONG, {0, 1}, (2, 3), "Your first answer counts: 3, 4. ❌ Not this time. Correct: 1, 2"),
    ],
)
def test_a_second_tap_is_told_what_counts(
    choices: list[str], key: set[int], chosen: tuple[int, ...], said: str
) -> None:
    """The first answer, whether it was right, and what is right: the fullest that fits."""
    question = question_of(choices, key, "A point that is not said again.")
    order = tuple(range(len(choices)))
    assert view.again_toast(question, chosen, ENGLISH, order) == said


def test_the_answer_to_a_question_for_the_exception_is_not_called_correct() -> None:
    """It is a statement that is false."""
    made = question_of(["Iron rusts", "Gold rusts"], {1})
    asked = made.model_copy(update={"prompt": "Which of these is NOT so?"})
    told = "❌ Not this time. Right answer: Gold rusts"
    assert view.verdict_toast(asked, (0,), ENGLISH) == told
    assert view.again_toast(asked, (0,), ENGLISH).endswith(told)
    part = results_part(asked, QuestionResults(5, 4, {0: 1, 1: 4}), ENGLISH)
    assert "\n\nRight answer: Gold rusts\n\n" in visible(part.paragraphs)


def test_a_closed_question_tells_of_drafts_where_there_can_be_any() -> None:
    """Marks are kept only where several choices are right."""
    one, several = question_of(["Iron", "Zinc"], {0}), question_of(["Iron", "Zinc", "Tin"], {0, 1})
    assert view.closed_toast(one, ENGLISH) == "⏰ This question is closed."
    assert view.closed_toast(several, ENGLISH).endswith(
        "What was marked and not submitted does not count."
    )
