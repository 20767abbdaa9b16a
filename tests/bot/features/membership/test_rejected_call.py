"""What Telegram's refusals of calls to groups and channels mean."""

import pytest

from bot.features.membership.notices_view import ChatProblem
from bot.features.membership.rejected_call import meaning


@pytest.mark.parametrize(
    ("method", "description", "problem"),
    [
        ("sendPoll", "Forbidden: bot was kicked from the supergroup chat", ChatProblem.REMOVED),
        ("sendPoll", "Forbidden: bot is not a member of the channel chat", ChatProblem.REMOVED),
        ("sendPoll", "Chat not found", ChatProblem.REMOVED),
        ("editMessageText", "Forbidden: bot was kicked from the group chat", ChatProblem.REMOVED),
        ("sendPoll", "Not enough rights to send polls to the chat", ChatProblem.NO_POLLS),
        ("sendPhoto", "Not enough rights to send photos to the chat", ChatProblem.NO_PHOTOS),
        (
            "sendMessage",
            "Not enough rights to send text messages to the chat",
            ChatProblem.NO_MESSAGES,
        ),
        ("sendMessage", "Need administrator rights in the channel chat", ChatProblem.NO_MESSAGES),
        ("sendMessage", "CHAT_WRITE_FORBIDDEN", ChatProblem.NO_MESSAGES),
        ("sendPoll", "Topic_closed", ChatProblem.TOPIC_CLOSED),
        ("sendPoll", "Message thread not found", ChatProblem.TOPIC_GONE),
        ("sendPoll", "Something nobody has heard of", ChatProblem.REFUSED),
        ("editMessageReplyMarkup", "Message to edit not found", None),
        ("editMessageReplyMarkup", "Message can't be edited", None),
        ("editMessageReplyMarkup", "Not enough rights to edit", ChatProblem.NO_EDITS),
    ],
)
def test_each_refusal_has_its_meaning(
    method: str, description: str, problem: ChatProblem | None
) -> None:
    """Whatever case python-telegram-bot puts Telegram's words into."""
    assert meaning(method, description) == problem
