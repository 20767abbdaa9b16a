"""Groups and supergroups: who is in them, what the bot hears, how they become supergroups."""

import asyncio
import base64
import json
from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import RawBot, picture, refused
from tests.sandbox.spec import problems_with
from tests.support.sandbox import Chat, Person, SandboxClient

BOT = 4242
TITLE = "Ward 3"


def told(updates: list[dict[str, Any]]) -> list[str]:
    """The kinds of the updates, in order."""
    return [next(kind for kind in update if kind != "update_id") for update in updates]


async def test_bot_hears_of_being_added(
    bot: RawBot, client: SandboxClient, ada: Person, bob: Person
) -> None:
    """A new chat with the bot in it: its standing first, then the message that all can see."""
    group = await client.chat("supergroup", TITLE, members=[bob], admins=[ada])
    changed, said = await bot.news()
    change = changed["my_chat_member"]
    assert change["chat"] == {"id": group.id, "type": "supergroup", "title": TITLE}
    assert change["from"]["id"] == ada.id
    assert change["old_chat_member"]["status"] == "left"
    assert change["new_chat_member"]["status"] == "member"
    assert [user["id"] for user in said["message"]["new_chat_members"]] == [BOT]


@pytest.mark.parametrize(
    ("kind", "prefix", "status"),
    [
        ("group", "-4", "member"),
        ("supergroup", "-100", "member"),
        ("channel", "-100", "administrator"),
    ],
)
async def test_ids_and_usual_standing(
    bot: RawBot, client: SandboxClient, ada: Person, kind: str, prefix: str, status: str
) -> None:
    """Ids are negative, with -100 in front where Telegram has it; bots administer channels."""
    chat = await client.chat(kind, TITLE, admins=[ada], username="ward_three")
    assert str(chat.id).startswith(prefix)
    [listed] = await client.chats()
    assert listed == chat.made
    assert listed == {
        "id": chat.id,
        "type": kind,
        "title": TITLE,
        "username": "ward_three",
        "is_forum": False,
        "members": [ada.id],
        "admins": [ada.id],
        "bot": status,
        "topics": [],
    }
    assert (await bot("getChat", chat_id="@Ward_Three"))["id"] == chat.id


async def test_chat_before_the_first_token_knows_the_bot(
    client: SandboxClient, bot: RawBot
) -> None:
    """A chat may be arranged before the bot connects; what waits for it names it rightly."""
    ada = await client.person("Ada")
    await client.chat("group", TITLE, admins=[ada])
    changed, said = await bot.news()
    assert changed["my_chat_member"]["new_chat_member"]["user"]["id"] == BOT
    assert said["message"]["new_chat_members"][0]["id"] == BOT


@pytest.mark.parametrize(
    ("body", "description"),
    [
        ({"type": "private", "title": "x"}, "type: Input should be"),
        ({"type": "group", "title": ""}, "title: String should have at least 1 character"),
        ({"type": "group", "title": "x", "admins": [7]}, "user not found"),
        ({"type": "group", "title": "x", "is_forum": True}, "only a supergroup can be a forum"),
        ({"type": "channel", "title": "x", "linked_chat": 7}, "chat not found"),
    ],
)
async def test_chat_refusals(client: SandboxClient, body: object, description: str) -> None:
    """What is wrong with a chat is said, and none is made."""
    status, said = await refused(client.ask("POST", "/chats", body))
    assert status == 400
    assert said.startswith(f"Bad Request: {description}")
    assert await client.chats() == []


async def test_linked_chat_must_be_a_channel_and_a_supergroup(
    client: SandboxClient, group: Chat
) -> None:
    """Two groups cannot be linked."""
    call = client.chat("supergroup", "x", linked_chat=group.id)
    assert (await refused(call))[1] == "Bad Request: only a channel and a supergroup can be linked"
    assert len(await client.chats()) == 1


async def test_supergroups_number_their_own_messages(
    bot: RawBot, ada: Person, bob: Person, group: Chat, client: SandboxClient
) -> None:
    """Message ids start anew in every supergroup; basic groups share them with private chats."""
    [joined] = await group.messages()
    sent = await bot("sendMessage", chat_id=group.id, text="x")
    assert (joined["message_id"], sent["message_id"]) == (1, 2)
    basic = await client.chat("group", TITLE, admins=[ada])
    private = await bot("sendMessage", chat_id=ada.id, text="x")
    [joined] = await basic.messages()
    assert private["message_id"] == joined["message_id"] + 1


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Good morning", False),
        ("/case", True),
        ("/case@sandbox_bot gout", True),
        ("/case@other_bot", False),
        ("look, @sandbox_bot", True),
        ("not a /case", False),
    ],
)
async def test_privacy_mode(bot: RawBot, group: Chat, bob: Person, text: str, heard: bool) -> None:
    """A bot that is no administrator hears what is meant for it."""
    sent = await group.send(bob, text)
    assert [update["message"] for update in await bot.news()] == ([sent] if heard else [])
    assert (await bot("getMe"))["can_read_all_group_messages"] is False


async def test_caption_is_heard_as_text_is(bot: RawBot, group: Chat, bob: Person) -> None:
    """A photo whose caption is a command is meant for the bot."""
    photo = base64.b64encode(picture()).decode()
    for caption in ("/case", "Look"):
        body = {"from": bob.id, "photo": photo, "caption": caption}
        await group.client.ask("POST", f"/chats/{group.id}/messages", body)
    [update] = await bot.news()
    assert update["message"]["caption"] == "/case"


async def test_replies_and_edits_to_the_bot_are_heard(
    bot: RawBot, group: Chat, bob: Person
) -> None:
    """A reply to the bot is meant for it; an edit is heard as the message was."""
    asked = await bot("sendMessage", chat_id=group.id, text="Which?")
    answer = await group.send(bob, "That one", reply_to=asked["message_id"])
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
    await group.edit(bob, answer, "This one")
    await group.edit(bob, await group.send(bob, "Aside"), "By the way")
    assert told(await bot.news()) == ["message", "edited_message"]


async def test_administrator_hears_everything(bot: RawBot, group: Chat, bob: Person) -> None:
    """An administrator bot hears all that is said."""
    await group.set_member(BOT, "administrator")
    await group.send(bob, "Good morning")
    assert told(await bot.news()) == ["my_chat_member", "message"]


async def test_polls_in_groups_tell_who_voted(
    bot: RawBot, group: Chat, ada: Person, bob: Person
) -> None:
    """Every member votes once; each sees the result only after the own vote."""
    sent = await bot(
        "sendPoll",
        chat_id=group.id,
        question="Which?",
        options=["a", "b"],
        type="quiz",
        correct_option_ids=[1],
        is_anonymous=False,
    )
    await group.vote(bob, sent, [1])
    answer = (await bot.news())[-1]["poll_answer"]
    assert (answer["user"]["id"], answer["option_ids"]) == (bob.id, [1])
    assert "chat" not in answer
    [of_bob, of_ada] = [(await group.messages(who))[-1]["poll"] for who in (bob, ada)]
    assert (of_bob["view"]["chosen"], of_bob["options"][1]["voter_count"]) == ([1], 1)
    assert (of_ada["view"]["can_vote"], "correct_option_ids" in of_ada) == (True, False)
    assert [option["voter_count"] for option in of_ada["options"]] == [0, 0]


async def test_anonymous_polls_name_nobody(bot: RawBot, group: Chat, bob: Person) -> None:
    """Only the totals are told."""
    sent = await bot("sendPoll", chat_id=group.id, question="?", options=["a"])
    await group.vote(bob, sent, [0])
    assert told(await bot.news()) == ["poll"]


async def test_buttons_in_groups_answer_the_one_who_pressed(
    bot: RawBot, group: Chat, bob: Person
) -> None:
    """A callback query has the group's message and the person."""
    keyboard = {"inline_keyboard": [[{"text": "b", "callback_data": "d"}]]}
    sent = await bot("sendMessage", chat_id=group.id, text="x", reply_markup=keyboard)
    pressing = asyncio.create_task(group.press(bob, sent, "d"))
    query = (await bot.until("callback_query"))["callback_query"]
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (bob.id, group.id)
    await bot("answerCallbackQuery", callback_query_id=query["id"], text="Yes")
    assert await pressing == {"text": "Yes"}


async def test_outsiders_see_and_do_nothing(
    bot: RawBot, group: Chat, client: SandboxClient, bob: Person
) -> None:
    """Who is not in the chat, or no longer, neither reads nor votes nor writes."""
    eve = await client.person("Eve")
    sent = await bot("sendPoll", chat_id=group.id, question="?", options=["a"])
    await group.set_member(bob, "left")
    for person in (eve, bob):
        for call in (
            group.messages(person),
            group.vote(person, sent, [0]),
            group.press(person, sent, "d"),
            group.send(person, "x"),
        ):
            assert await refused(call) == (
                403,
                "Forbidden: user is not a member of the supergroup chat",
            )


async def test_coming_and_going_is_told(
    bot: RawBot, group: Chat, ada: Person, client: SandboxClient
) -> None:
    """Service messages for all; `chat_member` for administrators that asked for it."""
    eve = await client.person("Eve")
    await group.set_member(eve, "member")
    assert told(await bot.news()) == ["message"]
    await group.set_member(BOT, "administrator")
    await bot.updates(allowed_updates=["message", "chat_member"])
    await bot.news()
    await group.set_member(eve, "restricted", can_send_polls=False)
    await group.set_member(eve, "kicked")
    await group.set_member(eve, "left")
    await group.set_member(eve, "member")
    updates = await bot.news()
    assert told(updates) == [
        "chat_member", "chat_member", "message", "chat_member", "chat_member", "message",
    ]  # fmt: skip
    changes = [update["chat_member"] for update in updates if "chat_member" in update]
    assert [
        (
            change["from"]["id"],
            change["old_chat_member"]["status"],
            change["new_chat_member"]["status"],
        )
        for change in changes
    ] == [
        (ada.id, "member", "restricted"),
        (ada.id, "restricted", "kicked"),
        (ada.id, "kicked", "left"),
        (eve.id, "left", "member"),
    ]
    assert updates[2]["message"]["left_chat_member"]["id"] == eve.id


async def test_migration(bot: RawBot, client: SandboxClient, ada: Person, bob: Person) -> None:
    """A group becomes a supergroup: both say so, the old id is refused, its polls go on."""
    old = await client.chat("group", TITLE, members=[bob], admins=[ada])
    poll = await bot("sendPoll", chat_id=old.id, question="?", options=["a"], is_anonymous=False)
    await bot.news()
    new = await old.migrate()
    said = [update["message"] for update in await bot.news()]
    assert [message["chat"]["id"] for message in said] == [old.id, new.id]
    assert said[0]["migrate_to_chat_id"] == new.id
    assert (said[1]["migrate_from_chat_id"], said[1]["sender_chat"]["id"]) == (old.id, new.id)
    for call in ("sendMessage", "getChat"):
        answer = (await bot.http.post(call, json={"chat_id": old.id, "text": "x"})).json()
        assert answer == {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": new.id},
        }
    await old.vote(bob, poll, [0])
    assert told(await bot.news()) == ["poll", "poll_answer"]
    assert (await old.messages(bob))[1]["poll"]["view"]["chosen"] == [0]
    assert (await refused(old.send(bob, "x")))[0] == 400
    assert (await refused(old.migrate()))[0] == 400
    assert (await bot("sendMessage", chat_id=new.id, text="x"))["chat"]["type"] == "supergroup"
    listed = {chat["id"]: chat for chat in await client.chats()}
    assert listed[old.id]["migrated_to"] == new.id
    assert listed[new.id]["members"] == [bob.id, ada.id]


async def test_only_groups_migrate(group: Chat) -> None:
    """A supergroup is one already."""
    assert (await refused(group.migrate()))[0] == 400


async def test_pages_hear_of_changes(http: httpx.AsyncClient, group: Chat, bob: Person) -> None:
    """A change of members is an event of the chat."""
    async with http.stream("GET", "/sandbox/events") as stream:
        lines = stream.aiter_lines()
        await anext(lines)
        await group.set_member(bob, "administrator")
        async for line in lines:
            if line.startswith("data: "):
                event = json.loads(line.removeprefix("data: "))
                break
    assert (event["kind"], event["chat_id"]) == ("chat", group.id)


async def test_listed_members_are_chat_members(group: Chat, ada: Person, bob: Person) -> None:
    """The control interface lists standings as the Bot API writes them."""
    members = await group.members()
    assert [(one["user"]["id"], one["status"]) for one in members] == [
        (bob.id, "member"),
        (ada.id, "creator"),
        (BOT, "member"),
    ]
    assert [problems_with("ChatMember", member) for member in members] == [[], [], []]
