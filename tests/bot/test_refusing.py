"""What Telegram's refusals of calls to groups and channels mean."""

import pytest

from bot.features.membership.notices_view import Problem
from bot.features.membership.rejected_call import meaning


@pytest.mark.parametrize(
    ("method", "description", "problem"),
    [
        ("sendPoll", "Forbidden: bot was kicked from the supergroup chat", Problem.REMOVED),
        ("sendPoll", "Forbidden: bot is not a member of the channel chat", Problem.REMOVED),
        ("sendPoll", "Chat not found", Problem.REMOVED),
        ("editMessageText", "Forbidden: bot was kicked from the group chat", Problem.REMOVED),
        ("sendPoll", "Not enough rights to send polls to the chat", Problem.NO_POLLS),
        ("sendPhoto", "Not enough rights to send photos to the chat", Problem.NO_PHOTOS),
        ("sendMessage", "Not enough rights to send text messages to the chat", Problem.NO_MESSAGES),
        ("sendMessage", "Need administrator rights in the channel chat", Problem.NO_MESSAGES),
        ("sendMessage", "CHAT_WRITE_FORBIDDEN", Problem.NO_MESSAGES),
        ("sendPoll", "Topic_closed", Problem.TOPIC_CLOSED),
        ("sendPoll", "Message thread not found", Problem.TOPIC_GONE),
        ("sendPoll", "Something nobody has heard of", Problem.REFUSED),
        ("editMessageReplyMarkup", "Message to edit not found", None),
        ("editMessageReplyMarkup", "Message can't be edited", None),
        ("editMessageReplyMarkup", "Not enough rights to edit", Problem.NO_EDITS),
    ],
)
def test_each_refusal_has_its_meaning(
    method: str, description: str, problem: Problem | None
) -> None:
    """Whatever case python-telegram-bot puts Telegram's words into."""
    assert meaning(method, description) == problem
