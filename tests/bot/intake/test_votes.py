"""Votes as updates tell of them."""

from typing import Any

import pytest

from bot.features.cases.answer import Vote
from bot.features.shared.visitors import Visitor
from bot.intake.votes import _vote
from bot.telegram.batches import Arrival
from storage.outcome import NOTHING

ARRIVAL = Arrival(5_000, fresh=True)
ADA = {"id": 7, "is_bot": False, "first_name": "Ada", "language_code": "es"}
ANSWER = {"poll_id": "9", "user": ADA, "option_ids": [0, 2], "option_persistent_ids": ["a", "b"]}


def read(**changes: Any) -> object:
    """What is read from a vote with some fields changed; None takes a field away."""
    body = {name: value for name, value in (ANSWER | changes).items() if value is not None}
    return _vote({"update_id": 3, "poll_answer": body}, ARRIVAL)


def test_a_vote_is_read_without_the_voters_name() -> None:
    """Poll, voter, language and places; older servers give no persistent ids."""
    vote = Vote(3, "9", Visitor(7, "es"), (0, 2), 5_000, fresh=True)
    assert read() == vote
    assert read(option_persistent_ids=None) == vote
    assert read(user={"id": 7, "language_code": 5}) == Vote(
        3, "9", Visitor(7, None), (0, 2), 5_000, fresh=True
    )


def test_an_anonymous_administrator_is_nobody() -> None:
    """A chat's vote comes to nothing, whichever user Telegram puts beside it, or none."""
    chat = {"id": -5, "type": "supergroup"}
    assert read(voter_chat=chat) == NOTHING
    assert read(voter_chat=chat, user=None) == NOTHING


@pytest.mark.parametrize(
    "changes",
    [
        {"poll_id": None},
        {"poll_id": 9},
        {"user": None},
        {"user": {"id": "7"}},
        {"user": {"id": 2**70}},
        {"option_ids": None},
        {"option_ids": "01"},
        {"option_ids": [True]},
        {"option_ids": [-1]},
        {"option_ids": [2**70]},
    ],
)
def test_what_is_no_vote_is_an_error(changes: dict[str, Any]) -> None:
    """It is set aside, and says nothing of what was in it."""
    assert str(read(**changes)) == "this is not a vote"
