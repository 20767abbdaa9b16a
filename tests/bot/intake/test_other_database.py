"""Whether an update answers what some database has posted."""

from typing import Any

import pytest

from bot.intake.other_database import answers_a_post

VOTE = {"poll_id": "5", "option_ids": [0], "user": {"id": 7}}


def press(*data: str, pressed: str = "next") -> dict[str, Any]:
    """A press on a message with these buttons."""
    row = [{"text": "A button", "callback_data": each} for each in data]
    message = {"message_id": 1, "reply_markup": {"inline_keyboard": [row]}}
    return {"update_id": 1, "callback_query": {"id": "1", "data": pressed, "message": message}}


@pytest.mark.parametrize(
    ("update", "answers"),
    [
        ({"update_id": 1, "poll_answer": VOTE}, True),
        ({"update_id": 1, "poll": {"id": "5"}}, True),
        (press("a:1-0:0"), True),
        (press("next", "why:1-0"), True),
        (press("next"), False),
        # Anybody can make up what a press says, so that it could end a bot that is new.
        (press("next", pressed="a:1-0:0"), False),
        ({"update_id": 1, "message": {"text": "a:1-0:0"}}, False),
        # What cannot be read is set aside, and stops nobody.
        ({"update_id": 1, "poll_answer": {"poll_id": "5"}}, False),
        ({"update_id": 1, "poll": 5}, False),
    ],
)
def test_votes_and_buttons_under_cases_answer_a_post(update: dict[str, Any], answers: bool) -> None:
    """Polls' votes and totals, and presses on what stands under a case."""
    assert answers_a_post(update) is answers


@pytest.mark.parametrize(
    "odd",
    [
        None,
        "text",
        {},
        {"message": None},
        {"message": {"reply_markup": {"inline_keyboard": None}}},
        {"message": {"reply_markup": {"inline_keyboard": [None]}}},
        {"message": {"reply_markup": {"inline_keyboard": [["text", None]]}}},
        {"message": {"reply_markup": {"inline_keyboard": [[{"callback_data": 5}]]}}},
    ],
)
def test_an_odd_press_answers_nothing(odd: object) -> None:
    """Whatever form it has, it stops nobody."""
    assert not answers_a_post({"update_id": 1, "callback_query": odd})
