"""Pins and reactions: what people are told, and how far a bot may go."""

from typing import Any

import pytest

from tests.sandbox.conftest import RawBot, refused
from tests.sandbox.spec import problems_with
from tests.support.sandbox import Chat, Person


async def test_a_pin_is_told_in_the_chat_and_to_the_bot(
    bot: RawBot, ada: Person, group: Chat, channel: Chat
) -> None:
    """A service message by the bot, which hears of it as of what others do."""
    await group.set_member((await bot("getMe"))["id"], "administrator")
    for chat, kind in ((ada, "message"), (group, "message"), (channel, "channel_post")):
        sent = await bot("sendMessage", chat_id=chat.id, text="x")
        await bot.news()
        assert await bot("pinChatMessage", chat_id=chat.id, message_id=sent["message_id"])
        told = (await chat.messages())[-1]
        assert told["pinned_message"]["message_id"] == sent["message_id"]
        [update] = await bot.news()
        assert update[kind]["pinned_message"]["text"] == "x"
        assert problems_with("Update", update) == []
    assert (await bot("getChat", chat_id=channel.id))["pinned_message"]["text"] == "x"


async def test_pinning_again_and_unpinning_say_nothing(bot: RawBot, ada: Person) -> None:
    """Only what was not pinned yet is worth a word."""
    sent = await bot("sendMessage", chat_id=ada.id, text="x")
    where = {"chat_id": ada.id, "message_id": sent["message_id"]}
    for method in ("pinChatMessage", "pinChatMessage", "unpinChatMessage"):
        assert await bot(method, **where)
    assert [message for message in await ada.messages() if "pinned_message" in message] == (
        (await ada.messages())[-1:]
    )


async def test_what_was_pinned_may_change_or_go(bot: RawBot, ada: Person) -> None:
    """The service message shows it as it is now, or that it is out of reach."""
    sent = await bot("sendMessage", chat_id=ada.id, text="x")
    where = {"chat_id": ada.id, "message_id": sent["message_id"]}
    await bot("pinChatMessage", **where)
    await bot("editMessageText", **where, text="y")
    assert (await ada.messages())[-1]["pinned_message"]["text"] == "y"
    await bot("deleteMessage", **where)
    told = (await ada.messages())[-1]
    gone = told["pinned_message"]
    assert (gone["message_id"], gone["date"]) == (sent["message_id"], 0)
    assert problems_with("Message", told) == []
    call = bot("pinChatMessage", chat_id=ada.id, message_id=told["message_id"])
    assert await refused(call) == (400, "Bad Request: a service message can't be pinned")


async def test_a_channels_pin_is_not_brought_into_its_discussion(
    bot: RawBot, ada: Person, channel: Chat, client: Any
) -> None:
    """Only posts are."""
    group = await client.chat("supergroup", "Talk", admins=[ada], linked_chat=channel.id)
    sent = await bot("sendMessage", chat_id=channel.id, text="x")
    before = len(await group.messages())
    await bot("pinChatMessage", chat_id=channel.id, message_id=sent["message_id"])
    assert len(await group.messages()) == before


@pytest.mark.parametrize("emoji", ["👍", "❤", "❤️", "❤‍🔥", "🤷‍♂"])
async def test_reactions_that_there_are(bot: RawBot, ada: Person, emoji: str) -> None:
    """One of the list, with the sign for colour or without; none at all takes it back."""
    where = {"chat_id": ada.id, "message_id": 1}
    assert await bot("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": emoji}])
    assert await bot("setMessageReaction", **where, reaction=[], is_big=True)
    assert await bot("setMessageReaction", **where)


THUMB = {"type": "emoji", "emoji": "👍"}


@pytest.mark.parametrize(
    ("reaction", "description"),
    [
        ([THUMB, {"type": "emoji", "emoji": "🔥"}], "REACTIONS_TOO_MANY"),
        ([{"type": "emoji", "emoji": "✅"}], "REACTION_INVALID"),
        ([{"type": "emoji", "emoji": ""}], "REACTION_INVALID"),
        ([{"type": "custom_emoji", "custom_emoji_id": "5"}], "REACTION_INVALID"),
        ([{"type": "paid"}], "can't parse ReactionType: invalid reaction type specified"),
        ([{"type": "emoji"}], "can't parse ReactionType: Can't find field \"emoji\""),
        (["👍"], "can't parse ReactionType: expected an Object"),
        ({"type": "emoji"}, "expected an Array of ReactionType"),
        ("👍", "can't parse reaction types JSON object"),
    ],
)
async def test_reaction_refusals(bot: RawBot, ada: Person, reaction: Any, description: str) -> None:
    """More than one, other emoji, custom and paid ones are refused to a bot."""
    call = bot("setMessageReaction", chat_id=ada.id, message_id=1, reaction=reaction)
    assert await refused(call) == (400, f"Bad Request: {description}")
    call = bot("setMessageReaction", chat_id=ada.id, message_id=99, reaction=[THUMB])
    assert await refused(call) == (400, "Bad Request: message to react not found")
