"""Forum topics: messages in them, closed and deleted ones, and who may manage them."""

import pytest

from tests.sandbox.conftest import RawBot, refused
from tests.support.sandbox import Chat, Person, SandboxClient

BOT = 4242


@pytest.fixture
async def forum(client: SandboxClient, bot: RawBot, ada: Person, bob: Person) -> Chat:
    """Ada's forum with Bob; the bot administers it, but for its topics."""
    forum = await client.chat(
        "supergroup", "Wards", members=[bob], admins=[ada], is_forum=True, bot="administrator"
    )
    await bot.news()
    return forum


async def test_topics_are_told_and_listed(bot: RawBot, forum: Chat, client: SandboxClient) -> None:
    """Making, closing and opening are service messages in the topic."""
    thread = await forum.topic("Cardiology")
    await forum.close_topic(thread)
    [listed] = await client.chats()
    assert listed["topics"] == [{"message_thread_id": thread, "name": "Cardiology", "closed": True}]
    await forum.reopen_topic(thread)
    made, closed, opened = [update["message"] for update in await bot.news()]
    assert made["message_id"] == thread
    assert made["forum_topic_created"] == {"name": "Cardiology", "icon_color": 7322096}
    assert (closed["forum_topic_closed"], opened["forum_topic_reopened"]) == ({}, {})
    for said in (made, closed, opened):
        assert (said["message_thread_id"], said["is_topic_message"]) == (thread, True)
        assert said["chat"]["is_forum"] is True
    assert (await bot("getChat", chat_id=forum.id))["is_forum"] is True


async def test_messages_stand_in_their_topic(bot: RawBot, forum: Chat, bob: Person) -> None:
    """Named by its thread, or that of what is replied to; without either, in General."""
    thread = await forum.topic("Cardiology")
    asked = await forum.send(bob, "Why?", thread)
    assert (asked["message_thread_id"], asked["is_topic_message"]) == (thread, True)
    sent = await bot("sendMessage", chat_id=forum.id, text="x", message_thread_id=thread)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    reply = {"message_id": asked["message_id"]}
    sent = await bot("sendMessage", chat_id=forum.id, text="x", reply_parameters=reply)
    assert sent["message_thread_id"] == thread
    [made, heard] = await bot.news()
    assert "reply_to_message" not in made["message"]
    assert heard["message"]["reply_to_message"] == made["message"]
    assert "reply_to_message" not in asked
    general = await bot("sendMessage", chat_id=forum.id, text="x")
    assert {"message_thread_id", "is_topic_message"} & general.keys() == set()


async def test_closed_topic_takes_nothing(
    bot: RawBot, forum: Chat, ada: Person, bob: Person
) -> None:
    """But from those who may manage topics."""
    thread = await forum.topic("Cardiology")
    await forum.close_topic(thread)
    closed = (400, "Bad Request: TOPIC_CLOSED")
    where = {"chat_id": forum.id, "message_thread_id": thread}
    assert await refused(bot("sendMessage", text="x", **where)) == closed
    assert await refused(bot("sendPoll", question="?", options=["a"], **where)) == closed
    assert await refused(forum.send(bob, "x", thread)) == closed
    assert await forum.send(ada, "x", thread)
    assert await refused(forum.close_topic(thread)) == (400, "Bad Request: TOPIC_NOT_MODIFIED")
    await forum.set_member(BOT, "administrator", can_manage_topics=True)
    assert await bot("sendMessage", text="x", **where)


async def test_deleted_topic_is_gone(bot: RawBot, forum: Chat, bob: Person) -> None:
    """With its messages; what would go there is refused, and the rest goes on."""
    thread = await forum.topic("Cardiology")
    await forum.send(bob, "x", thread)
    await forum.delete_topic(thread)
    assert [message["message_id"] for message in await forum.messages()] == [1]
    missing = (400, "Bad Request: message thread not found")
    call = bot("sendMessage", chat_id=forum.id, text="x", message_thread_id=thread)
    assert await refused(call) == missing
    assert await refused(forum.send(bob, "x", thread)) == missing
    assert await refused(forum.reopen_topic(thread)) == missing
    assert await bot("sendMessage", chat_id=forum.id, text="x")


async def test_bot_manages_topics_by_right(bot: RawBot, forum: Chat) -> None:
    """It makes, renames, closes, opens and deletes them, if it may."""
    create = {"chat_id": forum.id, "name": "Cardiology", "icon_color": 9367192}
    refusal = (400, "Bad Request: not enough rights to create a topic")
    assert await refused(bot("createForumTopic", **create)) == refusal
    thread = await forum.topic("Nephrology")
    call = bot("closeForumTopic", chat_id=forum.id, message_thread_id=thread)
    assert (await refused(call))[0] == 400
    await forum.set_member(BOT, "administrator", can_manage_topics=True)
    topic = await bot("createForumTopic", **create)
    assert (topic["name"], topic["icon_color"]) == ("Cardiology", 9367192)
    where = {"chat_id": forum.id, "message_thread_id": topic["message_thread_id"]}
    assert await bot("editForumTopic", name="Hearts", **where) is True
    assert await bot("closeForumTopic", **where) is True
    assert await bot("reopenForumTopic", **where) is True
    assert await bot("deleteForumTopic", **where) is True
    assert (await refused(bot("deleteForumTopic", **where)))[0] == 400


async def test_other_groups_have_no_topics(bot: RawBot, group: Chat) -> None:
    """Neither by the bot's hand nor by another's."""
    refusal = (400, "Bad Request: the chat is not a forum")
    assert await refused(bot("createForumTopic", chat_id=group.id, name="x")) == refusal
    assert await refused(group.topic("x")) == refusal
    call = bot("sendMessage", chat_id=group.id, text="x", message_thread_id=1)
    assert await refused(call) == (400, "Bad Request: message thread not found")
