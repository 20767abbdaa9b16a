"""What phones show fits into one message, whatever a case holds."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.base.i18n import Languages
from bot.features.live import phone_view as views
from bot.features.live import vote_view as toasts
from bot.features.live.phone_view import AskedOnPhone
from bot.features.live.vote_view import TOAST_LENGTH
from content.markup import telegram_length
from content.model import Case
from content.pages import MESSAGE_LENGTH
from storage.outcome import OwedCall
from tests.content.html_reader import read_html
from tests.content.samples import case_data, question_data
from tests.support.library import shipped_library

WORDS = Languages.load().words
LONG = "A choice that is as long as any can be, "


def asked(choices: int, right: int, reveal: str | None, ballot: int) -> AskedOnPhone:
    """The second question of a case, with so many choices of the greatest length."""
    listed: list[dict[str, Any]] = [
        {"text": f"{n:02} {LONG * 3}"[:100].strip(), "why": "Because."} for n in range(choices)
    ]
    for one in listed[:right]:
        one["correct"] = "true"
    more = {} if reveal is None else {"reveal": reveal}
    second = question_data(
        id="b", prompt="Which of these? " + "x" * 280, choices=listed, key_point="k" * 200, **more
    )
    data = case_data(questions=[question_data(id="a"), second])
    case = Case.model_validate(data)
    return AskedOnPhone(1, case, 1, tuple(reversed(range(choices))), ballot)


def length(call: OwedCall) -> int:
    """As Telegram counts."""
    return telegram_length(read_html(str(call.params["text"]))[0])


@given(
    st.integers(2, 12),
    st.integers(1, 11),
    st.sampled_from([None, "A rash appears.", "It goes on. " * 330, "It goes on. " * 900]),
    st.integers(1, 2),
    st.sampled_from(sorted(WORDS)),
)
def test_each_is_one_message(
    choices: int, right: int, reveal: str | None, ballot: int, language: str
) -> None:
    """However many choices, however long, in whatever language; and each toast is shown whole."""
    shown, words = asked(choices, min(right, choices - 1), reveal, ballot), WORDS[language]
    all_of = tuple(range(choices))
    votes = {1: all_of, 2: all_of}
    for call in (
        views.news(1, shown, words),
        views.question(1, shown, votes, words),
        views.revealed(1, shown, votes, words),
        views.over(1, shown, votes, words),
    ):
        assert 0 < length(call) <= MESSAGE_LENGTH
    for toast in (
        toasts.stands(shown.question, shown.order, all_of, words),
        toasts.stands(shown.question, shown.order, (0,), words),
        toasts.closed(shown.question, shown.order, all_of, words),
    ):
        assert 0 < len(toast.text) <= TOAST_LENGTH


def test_news_too_long_for_a_message_are_a_press_away() -> None:
    """The phone says so, above the question too."""
    shown = asked(3, 1, "It goes on. " * 900, 1)
    for call in (views.news(1, shown, WORDS["en"]), views.question(1, shown, {}, WORDS["en"])):
        assert "There is news: press See the case." in call.params["text"]


@pytest.mark.parametrize("case", shipped_library().cases.values(), ids=lambda case: case.id)
def test_no_shipped_case_is_given_away_before_the_reveal(case: Case) -> None:
    """Neither its id nor what explains it; and what marks the right choice marks no button."""
    for position, question in enumerate(case.questions):
        order = tuple(range(len(question.choices)))
        first = AskedOnPhone(1, case, position, order, 1)
        votes = {1: (0,)}
        for call in (
            views.news(1, first, WORDS["en"]),
            views.question(1, first, {}, WORDS["en"]),
            views.question(1, replace(first, ballot=2), votes, WORDS["en"]),
            views.over(1, first, votes, WORDS["en"]),
        ):
            sent = str(call.params)
            assert case.id not in sent
            assert not question.key_point or question.key_point not in sent
            assert not any(one.why and one.why in sent for one in question.choices)
            assert not set("✓✗✅❌") & set(sent)
