"""What bot and people may do in a chat, and the words of each refusal."""

from typing import Any

import pytest

from tests.sandbox.conftest import RawBot, picture, refused
from tests.support.sandbox import Chat, Person, SandboxClient

BOT = 4242
POLL: dict[str, Any] = {"question": "?", "options": ["a"]}


@pytest.mark.parametrize(
    ("right", "method", "params", "name"),
    [
        ("can_send_messages", "sendMessage", {"text": "x"}, "text messages"),
        ("can_send_polls", "sendPoll", POLL, "polls"),
    ],
)
async def test_restricted_bot(
    bot: RawBot, group: Chat, right: str, method: str, params: dict[str, Any], name: str
) -> None:
    """Without one right, that content is refused and the rest is not."""
    await group.set_member(BOT, "restricted", **{right: False})
    assert await refused(bot(method, chat_id=group.id, **params)) == (
        400,
        f"Bad Request: not enough rights to send {name} to the chat",
    )
    photo = {"photo": ("a.png", picture())}
    assert "photo" in await bot.upload("sendPhoto", photo, chat_id=group.id)


async def test_muted_bot(bot: RawBot, group: Chat) -> None:
    """A restricted member of whom nothing is said may send nothing."""
    await group.set_member(BOT, "restricted")
    files = {"photo": ("a.png", picture()), "document": ("a.txt", b"x")}
    for method, name in (("sendPhoto", "photos"), ("sendDocument", "documents")):
        assert await refused(bot.upload(method, files, chat_id=group.id)) == (
            400,
            f"Bad Request: not enough rights to send {name} to the chat",
        )
    await group.set_member(BOT, "member")
    assert await bot("sendMessage", chat_id=group.id, text="x")


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_bot_that_is_gone(bot: RawBot, client: SandboxClient, ada: Person, kind: str) -> None:
    """Removed, or never there: nothing can be done, and it says why."""
    chat = await client.chat(kind, "x", admins=[ada], bot="none")
    calls: list[tuple[str, dict[str, Any]]] = [
        ("sendMessage", {"text": "x"}),
        ("sendPoll", POLL),
        ("getChat", {}),
        ("getChatMember", {"user_id": ada.id}),
        ("editMessageText", {"message_id": 1, "text": "x"}),
        ("leaveChat", {}),
    ]
    for status, words in (
        ("left", f"Forbidden: bot is not a member of the {kind} chat"),
        ("kicked", f"Forbidden: bot was kicked from the {kind} chat"),
    ):
        await chat.set_member(BOT, status)
        for method, params in calls:
            assert await refused(bot(method, chat_id=chat.id, **params)) == (403, words)


async def test_leaving(bot: RawBot, group: Chat) -> None:
    """The bot leaves by itself, and the group sees it."""
    assert await bot("leaveChat", chat_id=group.id) is True
    [change] = await bot.news()
    assert change["my_chat_member"]["from"]["id"] == BOT
    assert change["my_chat_member"]["new_chat_member"]["status"] == "left"
    assert (await group.messages())[-1]["left_chat_member"]["id"] == BOT


async def test_private_chats_are_not_left(bot: RawBot, ada: Person) -> None:
    """There is nothing to leave."""
    assert (await refused(bot("leaveChat", chat_id=ada.id)))[0] == 400


async def test_channel_needs_the_right_to_post(bot: RawBot, channel: Chat) -> None:
    """Neither a demoted bot nor one without that right posts."""
    refusal = (400, "Bad Request: need administrator rights in the channel chat")
    await channel.set_member(BOT, "administrator", can_post_messages=False)
    assert await refused(bot("sendMessage", chat_id=channel.id, text="x")) == refusal
    await channel.set_member(BOT, "member")
    assert await refused(bot("sendPoll", chat_id=channel.id, **POLL)) == refusal
    await channel.set_member(BOT, "administrator")
    assert await bot("sendMessage", chat_id=channel.id, text="x")


async def test_others_messages_are_deleted_by_right(bot: RawBot, group: Chat, bob: Person) -> None:
    """An own message always, another's only with the right."""
    own = await bot("sendMessage", chat_id=group.id, text="x")
    where = {"chat_id": group.id, "message_id": (await group.send(bob, "y"))["message_id"]}
    both = {"chat_id": group.id, "message_ids": [own["message_id"], where["message_id"]]}
    refusal = (400, "Bad Request: message can't be deleted")
    assert await refused(bot("deleteMessage", **where)) == refusal
    assert await refused(bot("deleteMessages", **both)) == refusal
    await group.set_member(BOT, "administrator", can_delete_messages=False)
    assert await refused(bot("deleteMessage", **where)) == refusal
    await group.set_member(BOT, "administrator")
    assert await bot("deleteMessages", **both) is True


async def test_pinning_needs_the_right(bot: RawBot, group: Chat) -> None:
    """Ordinary members do not pin."""
    sent = await bot("sendMessage", chat_id=group.id, text="x")
    where = {"chat_id": group.id, "message_id": sent["message_id"]}
    refusal = (400, "Bad Request: not enough rights to manage pinned messages in the chat")
    for method in ("pinChatMessage", "unpinChatMessage", "unpinAllChatMessages"):
        assert await refused(bot(method, **where)) == refusal
    await group.set_member(BOT, "administrator")
    assert await bot("pinChatMessage", **where) is True
    full = await bot("getChat", chat_id=group.id)
    assert full["pinned_message"]["message_id"] == sent["message_id"]


async def test_unknown_rights_are_named(group: Chat, bob: Person) -> None:
    """A right that the status has no say in is a mistake."""
    call = group.set_member(bob, "member", can_fly=True)
    assert (await refused(call))[1].startswith("Bad Request: a member with status member")
    assert (await refused(group.set_member(7, "member")))[1] == "Bad Request: user not found"
    call = group.client.ask("PUT", f"/chats/{group.id}/members/{bob.id}", {"status": "king"})
    assert (await refused(call))[1].startswith("Bad Request: status: Input should be 'creator'")


async def test_looking_at_members(
    bot: RawBot, group: Chat, ada: Person, bob: Person, client: SandboxClient
) -> None:
    """Every status as the specification has it; administrators, this bot among them; the count."""
    eve = await client.person("Eve")

    async def status(user_id: int) -> str:
        return str((await bot("getChatMember", chat_id=group.id, user_id=user_id))["status"])

    assert [await status(who) for who in (ada.id, bob.id, BOT, eve.id)] == [
        "creator", "member", "member", "left",
    ]  # fmt: skip
    for name in ("administrator", "restricted", "kicked"):
        await group.set_member(bob, name)
        assert await status(bob.id) == name
    assert await bot("getChatMemberCount", chat_id=group.id) == 2
    await group.set_member(BOT, "administrator", can_invite_users=False)
    admins = await bot("getChatAdministrators", chat_id=group.id)
    assert [(one["user"]["id"], one["status"]) for one in admins] == [
        (ada.id, "creator"),
        (BOT, "administrator"),
    ]
    assert (admins[1]["can_delete_messages"], admins[1]["can_invite_users"]) == (True, False)
    for user_id, words in ((7, "PARTICIPANT_ID_INVALID"), (0, "invalid user_id specified")):
        call = bot("getChatMember", chat_id=group.id, user_id=user_id)
        assert await refused(call) == (400, f"Bad Request: {words}")


async def test_chat_tells_of_permissions(bot: RawBot, group: Chat, channel: Chat) -> None:
    """Groups have permissions for all, channels have none."""
    full = await bot("getChat", chat_id=group.id)
    assert (full["permissions"]["can_send_polls"], full["permissions"]["can_pin_messages"]) == (
        True,
        False,
    )
    assert "permissions" not in await bot("getChat", chat_id=channel.id)


async def test_default_rights(bot: RawBot) -> None:
    """What the bot asks for, apart for groups and channels."""
    await bot("setMyDefaultAdministratorRights", rights={"can_pin_messages": True})
    rights = await bot("getMyDefaultAdministratorRights")
    assert (rights["can_pin_messages"], rights["can_delete_messages"]) == (True, False)
    of_channels = await bot("getMyDefaultAdministratorRights", for_channels=True)
    assert set(of_channels.values()) == {False}
    assert "can_post_messages" in of_channels


async def test_people_without_rights(bot: RawBot, group: Chat, channel: Chat, bob: Person) -> None:
    """A muted person does not write, and in channels only administrators do; all may vote."""
    await group.set_member(bob, "restricted")
    assert await refused(group.send(bob, "x")) == (403, "Forbidden: CHAT_WRITE_FORBIDDEN")
    assert await refused(channel.send(bob, "x")) == (400, "Bad Request: CHAT_ADMIN_REQUIRED")
    for chat in (group, channel):
        sent = await bot("sendPoll", chat_id=chat.id, **POLL)
        assert (await chat.vote(bob, sent, [0]))["total_voter_count"] == 1


async def test_anonymous_administrator(bot: RawBot, group: Chat, ada: Person, bob: Person) -> None:
    """Speaks and votes in the group's name; presses buttons in the own one."""
    await group.set_member(ada, "creator", is_anonymous=True)
    await group.send(ada, "/settings")
    said = (await bot.news())[-1]["message"]
    assert (said["from"]["id"], said["from"]["username"]) == (1087968824, "GroupAnonymousBot")
    assert said["sender_chat"]["id"] == group.id
    sent = await bot("sendPoll", chat_id=group.id, **POLL | {"is_anonymous": False})
    poll = await group.vote(ada, sent, [0])
    assert poll["view"]["chosen"] == [0]
    answer = (await bot.news())[-1]["poll_answer"]
    assert (answer["voter_chat"]["id"], answer["user"]["id"]) == (group.id, 136817688)
    member = await bot("getChatMember", chat_id=group.id, user_id=ada.id)
    assert (member["status"], member["is_anonymous"]) == ("creator", True)


@pytest.mark.parametrize(
    ("scope", "of_ada", "of_bob"),
    [
        ({"type": "all_group_chats"}, True, True),
        ({"type": "all_chat_administrators"}, True, False),
        ({"type": "chat"}, True, True),
        ({"type": "chat_administrators"}, True, False),
        ({"type": "chat_member"}, False, True),
        ({"type": "all_private_chats"}, False, False),
    ],
)
async def test_commands_by_scope(
    bot: RawBot,
    group: Chat,
    ada: Person,
    bob: Person,
    scope: dict[str, Any],
    of_ada: object,
    of_bob: object,
) -> None:
    """In a group each sees the commands of the closest scope that has any."""
    if scope["type"].startswith("chat"):
        scope |= {"chat_id": group.id}
    if scope["type"] == "chat_member":
        scope |= {"user_id": bob.id}
    for name, where in (("usual", {"type": "default"}), ("special", scope)):
        commands = [{"command": name, "description": name}]
        await bot("setMyCommands", commands=commands, scope=where)
    for person, special in ((ada, of_ada), (bob, of_bob)):
        shown = await group.client.ask("GET", "/bot", chat_id=group.id, person_id=person.id)
        assert [one["command"] for one in shown["commands"]] == ["special" if special else "usual"]
