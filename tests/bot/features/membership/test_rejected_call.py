"""What Telegram's refusals of calls to groups and channels mean."""

from typing import Any

import pytest
from msgspec.structs import replace

from bot.features.membership.notices_view import ChatProblem
from bot.features.membership.rejected_call import meaning, refused
from bot.features.shared.chat_settings import Results
from bot.services import Services
from storage.chat_facts import ChatSet
from storage.outbox import OwedRow
from storage.outcome import NOTHING, Outcome, PollIntent
from tests.storage.samples import ADA, GROUP, NOW
from tests.support.served_chats import BUTTONS, POLLS, again, join, put, said, served
from tests.support.services import commit


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
        ("sendPoll", "Forbidden: user is deactivated", ChatProblem.REMOVED),
        ("sendPoll", "Forbidden: the group chat was deleted", ChatProblem.REMOVED),
        ("sendPoll", "CHANNEL_PRIVATE", ChatProblem.REMOVED),
        ("sendPoll", "TOPIC_DELETED", ChatProblem.TOPIC_GONE),
        ("sendPoll", "CHAT_SEND_POLLS_FORBIDDEN", ChatProblem.NO_POLLS),
        ("sendPhoto", "CHAT_SEND_PHOTOS_FORBIDDEN", ChatProblem.NO_PHOTOS),
        ("sendPhoto", "CHAT_SEND_MEDIA_FORBIDDEN", ChatProblem.NO_PHOTOS),
        ("sendMessage", "CHAT_ADMIN_REQUIRED", ChatProblem.NO_MESSAGES),
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


DISCUSSION = GROUP - 1
TOPIC = 77


def row(method: str = "sendPoll", chat_id: int = GROUP, **more: Any) -> OwedRow:
    """A call to the group that Telegram refused."""
    plain = OwedRow(7, chat_id, method, {}, None, NOW, 0, broadcast=False)
    return replace(plain, **more)


async def came_of(services: Services, call: OwedRow, description: str) -> Outcome:
    """What follows from the refusal; it is on record."""
    return await commit(services, await refused(services, call, description))


async def test_a_chat_that_put_the_bot_out_is_left(services: Services) -> None:
    """Whoever brought it there hears of that."""
    await join(services)
    outcome = await came_of(services, row(), "Forbidden: bot was kicked from the supergroup chat")
    assert (await served(services)).chat.gone_at == NOW
    assert [call.chat_id for call in outcome.owed] == [ADA]


async def test_a_question_that_could_not_be_put_is_over(services: Services) -> None:
    """Else it would be closed later, with words about a question that nobody saw."""
    asked = await put(services, await join(services), sent=False)
    intent = PollIntent(asked.post_id, asked.position, "print")
    outcome = await came_of(services, row(poll=intent), "Not enough rights to send polls")
    assert (await again(services, asked)).closed_at == NOW
    (told,) = outcome.owed
    assert "may not send polls" in said(told)


async def test_what_puts_no_question_closes_none(services: Services) -> None:
    """The chat's open question goes on."""
    asked = await put(services, await join(services))
    await came_of(services, row("sendMessage"), "CHAT_WRITE_FORBIDDEN")
    assert (await again(services, asked)).closed_at is None


@pytest.mark.parametrize(
    ("chosen", "sent_to", "left"),
    [
        (TOPIC, TOPIC, None),
        (TOPIC, 5, TOPIC),
        (TOPIC, None, TOPIC),
        (None, TOPIC, None),
        (None, None, None),
    ],
)
async def test_a_topic_that_is_gone_is_no_longer_the_chat_s(
    services: Services, chosen: int | None, sent_to: int | None, left: int | None
) -> None:
    """Where it is the one that the chat chose; its due times stay."""
    settings = replace(POLLS, thread_id=chosen)
    await join(services, settings, due=NOW + 1, digest_due=NOW + 2)
    params = {} if sent_to is None else {"message_thread_id": sent_to}
    call = row("sendMessage", params=params)
    outcome = await came_of(services, call, "Bad Request: message thread not found")
    now = await served(services)
    assert now.settings == replace(POLLS, thread_id=left)
    assert (now.chat.next_due, now.chat.digest_due) == (NOW + 1, NOW + 2)
    assert any(isinstance(fact, ChatSet) for fact in outcome.facts) is (chosen != left)
    assert len(outcome.owed) == 1


async def test_only_a_topic_that_is_gone_is_let_go(services: Services) -> None:
    """One that is closed may be opened again."""
    await join(services, replace(POLLS, thread_id=TOPIC))
    call = row("sendMessage", params={"message_thread_id": TOPIC})
    outcome = await came_of(services, call, "Bad Request: TOPIC_CLOSED")
    assert (await served(services)).settings.thread_id == TOPIC
    assert len(outcome.owed) == 1


async def test_what_is_no_matter_changes_nothing(services: Services) -> None:
    """A message that was deleted cannot be edited, and need not be."""
    await join(services)
    call = row("editMessageReplyMarkup")
    assert await refused(services, call, "Message to edit not found") == NOTHING


@pytest.mark.parametrize(
    ("description", "words"),
    [
        ("Forbidden: bot is not a member of the supergroup chat", "not in the discussion group"),
        ("Not enough rights to send text messages to the chat", "may not post"),
    ],
)
async def test_a_discussion_group_that_refuses_is_told_to_the_channel_s(
    services: Services, description: str, words: str
) -> None:
    """To whoever brought the bot into each channel whose results were to go there."""
    settings = replace(BUTTONS, results=Results.DISCUSSION, discussion_id=DISCUSSION)
    for number in range(2):
        await join(services, settings, chat_id=GROUP - 10 - number, kind="channel")
    await join(services, BUTTONS, chat_id=GROUP - 20, kind="channel")
    call = row("sendMessage", chat_id=DISCUSSION)
    outcome = await came_of(services, call, description)
    assert [words in said(told) for told in outcome.owed] == [True, True]


async def test_a_chat_that_nobody_knows_of_is_no_matter(services: Services) -> None:
    """Nor is it left, for the bot was never there."""
    assert await refused(services, row(), "Forbidden: bot was kicked") == NOTHING
