"""How questions look in groups and channels, whatever their length."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.base.i18n import Languages
from bot.features.cases.case_view import Destination
from bot.features.posts.post_view import Put, question_calls
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.features.shared.question_buttons import QuestionRef, choice_buttons
from content.model import Question
from storage.tallying import NO_ANSWERS
from tests.content.samples import question_data
from tests.support.library import shipped_library

WORDS = Languages.load().choose(None, None)
LIBRARY = shipped_library()
CHAT = -1001


def put(case_id: str, position: int, layout: Layout) -> Put:
    """A shipped question on its way to a chat, its choices in reverse."""
    case = LIBRARY.cases[case_id]
    order = tuple(reversed(range(len(case.questions[position].choices))))
    return Put(LIBRARY.snapshot(case), position, Destination(7, CHAT), layout, order)


def calls(case_id: str, position: int, **choices: Any) -> list[tuple[str, dict[str, Any]]]:
    """The calls that put it, by method and parameters."""
    settings = ChatSettings(**choices)
    made = question_calls(put(case_id, position, settings.layout), settings, WORDS, broadcast=True)
    assert {(call.chat_id, call.broadcast) for call in made} == {(CHAT, True)}
    return [(call.method, dict(call.params)) for call in made]


@pytest.mark.parametrize("case_id", sorted(LIBRARY.cases))
@pytest.mark.parametrize("layout", Layout)
def test_every_question_is_within_telegram_s_limits(case_id: str, layout: Layout) -> None:
    """Buttons hold at most 64 bytes and name no choice by more than its place."""
    for position in range(len(LIBRARY.cases[case_id].questions)):
        for _, params in calls(case_id, position, layout=layout, thread_id=5):
            assert params["message_thread_id"] == 5
            for row in params.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    assert 0 < len(button["callback_data"].encode()) <= 64
                    assert case_id not in button["callback_data"]


def test_a_poll_says_how_long_it_is_open_and_who_may_look() -> None:
    """A group's poll shows who voted, a channel's does not; both hide results as chosen."""
    [(method, params)] = calls("calcinosis-cutis", 0, open_for=900, hide_results=False)
    assert (method, params["is_anonymous"], params["open_period"]) == ("sendPoll", False, 900)
    assert params["hide_results_until_closes"] is False
    [(_, params)] = calls("calcinosis-cutis", 0, layout=Layout.ANONYMOUS)
    assert params["is_anonymous"] is True
    assert "reply_markup" not in params


@pytest.mark.parametrize("case_id", sorted(LIBRARY.cases))
def test_a_post_with_buttons_says_until_when_it_is_open(case_id: str) -> None:
    """By the chat's clock and date, in each shipped case; a poll has Telegram's own countdown."""
    closing = replace(put(case_id, 0, Layout.BUTTONS), closes_at=1_772_438_400_000)
    settings = ChatSettings(layout=Layout.BUTTONS, zone="America/New_York")
    *_, last = question_calls(closing, settings, WORDS, broadcast=False)
    said = str(last.params.get("caption") or last.params["text"])
    assert said.endswith("<i>⏰ Closes by Mon 2 Mar, 03:00 (New York).</i>")
    as_poll = replace(closing, layout=Layout.POLL)
    *_, poll = question_calls(as_poll, settings, WORDS, broadcast=False)
    assert "Closes by" not in str(poll.params)


def test_where_a_picture_has_no_room_for_it_nothing_is_said_of_the_end() -> None:
    """The post stays one message, and the edit that brings the results finds a caption."""
    closing = replace(put("calcinosis-cutis", 0, Layout.BUTTONS), closes_at=1_772_438_400_000)
    case = closing.snapshot.case
    settings = ChatSettings(layout=Layout.BUTTONS)

    def posted(vignette: str) -> list[str]:
        changed = case.model_copy(update={"vignette": vignette})
        one = replace(closing, snapshot=replace(closing.snapshot, case=changed))
        calls = question_calls(one, settings, WORDS, broadcast=False)
        return [str(call.params.get("caption", call.params.get("text"))) for call in calls]

    long = next(n for n in range(1500) if len(posted("x" * (n + 1))) > 1)
    (whole,) = posted("x" * long)
    assert "Closes by" not in whole
    (shorter,) = posted("x" * (long - 40))
    assert "Closes by" in shorter


def test_long_choices_stand_in_the_text_numbered() -> None:
    """Choices that no button shows whole are numbered, in the post's own order."""
    *_, (_, params) = calls("calcinosis-cutis", 0, layout=Layout.BUTTONS)
    question = LIBRARY.cases["calcinosis-cutis"].questions[0]
    said = params.get("caption") or params["text"]
    for number, choice in enumerate(reversed(question.choices), start=1):
        assert f"{number}. {choice.text}" in said
    numbers, [explanation] = params["reply_markup"]["inline_keyboard"]
    last = len(question.choices) - 1
    assert [(b["text"], b["callback_data"]) for b in numbers] == [
        (str(n + 1), f"a:7-0:{last - n}") for n in range(last + 1)
    ]
    assert explanation["callback_data"] == "why:7-0"


@given(st.integers(0, 2**63 - 1), st.integers(0, 20))
def test_a_question_is_known_again_by_its_button(post_id: int, position: int) -> None:
    """What a button sends back reads as what it was made of."""
    ref = QuestionRef(post_id, position)
    assert QuestionRef.parse(str(ref)) == ref


@pytest.mark.parametrize("text", ["1-" + "f" * 16, "f" * 16 + "-1", "1--1", "-1-1"])
def test_numbers_that_no_database_holds_are_no_question(text: str) -> None:
    """Else a made-up link would fail where it is looked up, and be met with silence."""
    assert QuestionRef.parse(text) is None


@given(st.text(max_size=64))
def test_anything_else_is_no_question(text: str) -> None:
    """Whatever people send in a deep link is read exactly or not at all."""
    found = QuestionRef.parse(text)
    assert found is None or str(found) == text


@given(st.integers(2, 12))
def test_numbers_stand_in_rows_of_much_the_same_length(choices: int) -> None:
    """No number stands alone across the whole width while others share a row."""
    texts = [{"text": f"{n} {'long ' * 8}", "correct": str(n == 0).lower()} for n in range(choices)]
    asked = Question.model_validate(question_data(choices=texts))
    order = tuple(range(choices))
    *rows, _ = choice_buttons(asked, QuestionRef(7, 0), order, NO_ANSWERS, WORDS)
    lengths = [len(row) for row in rows]
    assert sum(lengths) == choices
    assert max(lengths) <= 5
    assert max(lengths) - min(lengths) <= 1
