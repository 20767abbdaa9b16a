"""Channels: posts, buttons, anonymous polls, and the discussion group."""

import asyncio
from typing import Any

import pytest

from tests.sandbox.conftest import RawBot, refused
from tests.support.sandbox import Chat, Person, SandboxClient

BUTTON = {"inline_keyboard": [[{"text": "b", "callback_data": "d"}]]}


async def test_posts_come_in_the_channels_name(bot: RawBot, channel: Chat, ada: Person) -> None:
    """`channel_post` and `edited_channel_post`, without a person behind them."""
    post = await channel.send(ada, "Good morning")
    await channel.edit(ada, post, "Good evening")
    posted, edited = await bot.news()
    assert posted["channel_post"]["sender_chat"]["id"] == channel.id
    assert "from" not in posted["channel_post"]
    assert edited["edited_channel_post"]["text"] == "Good evening"
    sent = await bot("sendMessage", chat_id=channel.id, text="x")
    assert (sent["sender_chat"]["title"], "from" in sent) == ("Grand rounds", False)
    assert await bot.news() == []


async def test_polls_are_anonymous(bot: RawBot, channel: Chat, bob: Person) -> None:
    """Others are refused; votes are told as totals."""
    poll: dict[str, Any] = {"chat_id": channel.id, "question": "?", "options": ["a", "b"]}
    assert await refused(bot("sendPoll", is_anonymous=False, **poll)) == (
        400,
        "Bad Request: non-anonymous polls can't be sent to channel chats",
    )
    sent = await bot("sendPoll", **poll, members_only=True)
    assert sent["poll"]["members_only"] is True
    await channel.vote(bob, sent, [1])
    [update] = await bot.news()
    assert [option["voter_count"] for option in update["poll"]["options"]] == [0, 1]
    stopped = await bot("stopPoll", chat_id=channel.id, message_id=sent["message_id"])
    assert stopped["is_closed"] is True


async def test_buttons_answer_one_person(bot: RawBot, channel: Chat, bob: Person) -> None:
    """A press in a channel has the post and the person."""
    sent = await bot("sendMessage", chat_id=channel.id, text="x", reply_markup=BUTTON)
    pressing = asyncio.create_task(channel.press(bob, sent, "d"))
    query = (await bot.until("callback_query"))["callback_query"]
    assert query["from"]["id"] == bob.id
    assert query["message"]["chat"] == {
        "id": channel.id,
        "type": "channel",
        "title": "Grand rounds",
    }
    await bot("answerCallbackQuery", callback_query_id=query["id"], text="Yes")
    assert await pressing == {"text": "Yes"}
    edit = {"inline_keyboard": [[{"text": "b 1", "callback_data": "d"}]]}
    where = {"chat_id": channel.id, "message_id": sent["message_id"]}
    edited = await bot("editMessageReplyMarkup", reply_markup=edit, **where)
    assert edited["reply_markup"] == edit


async def test_readers_come_without_a_word(
    bot: RawBot, channel: Chat, client: SandboxClient
) -> None:
    """Nobody is greeted in a channel; an administrator bot hears of it if it wants to."""
    await bot.updates(allowed_updates=["chat_member", "channel_post"])
    eve = await client.person("Eve")
    await channel.set_member(eve, "member")
    [update] = await bot.news()
    assert update["chat_member"]["new_chat_member"]["user"]["id"] == eve.id
    assert await channel.messages(eve) == []


@pytest.fixture
async def discussion(
    client: SandboxClient, bot: RawBot, channel: Chat, ada: Person, bob: Person
) -> Chat:
    """The channel's discussion group, where the bot is an ordinary member."""
    group = await client.chat(
        "supergroup", "Discussion", members=[bob], admins=[ada], linked_chat=channel.id
    )
    await bot.news()
    return group


async def test_posts_are_brought_into_the_discussion(
    bot: RawBot, channel: Chat, discussion: Chat, bob: Person
) -> None:
    """Telegram's own account forwards each post; comments reply to it in its thread."""
    post = await bot("sendMessage", chat_id=channel.id, text="x", reply_markup=BUTTON)
    brought = (await bot.news())[-1]["message"]
    assert (brought["from"]["id"], brought["is_automatic_forward"]) == (777000, True)
    assert brought["sender_chat"]["id"] == channel.id
    assert brought["forward_origin"] == {
        "type": "channel",
        "chat": {"id": channel.id, "type": "channel", "title": "Grand rounds"},
        "message_id": post["message_id"],
        "date": post["date"],
    }
    comment = await discussion.send(bob, "Why?", brought["message_id"])
    assert comment["reply_to_message"]["message_id"] == brought["message_id"]
    assert comment["message_thread_id"] == brought["message_id"]
    assert "is_topic_message" not in comment
    again = await discussion.send(bob, "How?", reply_to=comment["message_id"])
    assert again["message_thread_id"] == brought["message_id"]
    where = {"chat_id": discussion.id, "reply_parameters": {"message_id": brought["message_id"]}}
    sent = await bot("sendMessage", text="Explained", **where)
    assert sent["message_thread_id"] == brought["message_id"]


async def test_edited_post_is_edited_in_the_discussion(
    bot: RawBot, channel: Chat, discussion: Chat, ada: Person, bob: Person
) -> None:
    """The copy says what the post says; buttons stay in the channel."""
    post = await bot("sendMessage", chat_id=channel.id, text="x", reply_markup=BUTTON)
    where = {"chat_id": channel.id, "message_id": post["message_id"]}
    await bot("editMessageText", text="y", reply_markup=BUTTON, **where)
    copy = (await discussion.messages(bob))[-1]
    assert (copy["text"], "reply_markup" in copy) == ("y", False)


async def test_a_poll_is_one_in_both_places(
    bot: RawBot, channel: Chat, discussion: Chat, bob: Person
) -> None:
    """A vote in the discussion group counts in the channel."""
    await bot("sendPoll", chat_id=channel.id, question="?", options=["a"])
    await discussion.vote(bob, (await discussion.messages(bob))[-1], [0])
    assert (await channel.messages(bob))[-1]["poll"]["view"]["chosen"] == [0]


async def test_chats_name_what_they_are_linked_with(
    bot: RawBot, channel: Chat, discussion: Chat, client: SandboxClient
) -> None:
    """In getChat and in the list, from both sides."""
    linked = {channel.id: discussion.id, discussion.id: channel.id}
    for chat_id, other in linked.items():
        assert (await bot("getChat", chat_id=chat_id))["linked_chat_id"] == other
    assert {chat["id"]: chat["linked_chat"] for chat in await client.chats()} == linked
    call = client.chat("supergroup", "Another", linked_chat=channel.id)
    assert (await refused(call))[0] == 400


async def test_forward_of_a_post_names_the_channel(bot: RawBot, channel: Chat, ada: Person) -> None:
    """A forward's origin is the channel and the post."""
    post = await channel.send(ada, "x")
    where = {"from_chat_id": channel.id, "message_id": post["message_id"]}
    forwarded = await bot("forwardMessage", chat_id=ada.id, **where)
    assert forwarded["forward_origin"]["type"] == "channel"
    assert forwarded["forward_origin"]["message_id"] == post["message_id"]


async def test_bot_edits_posts_of_others_by_right(bot: RawBot, channel: Chat, ada: Person) -> None:
    """An administrator with the right edits any post."""
    post = await channel.send(ada, "x")
    where = {"chat_id": channel.id, "message_id": post["message_id"]}
    assert (await bot("editMessageText", text="y", **where))["text"] == "y"
    await channel.set_member(4242, "administrator", can_edit_messages=False)
    assert (await refused(bot("editMessageText", text="z", **where)))[0] == 400
