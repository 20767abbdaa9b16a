"""Somebody asks faster than can be answered: what is owed stays bounded, and others do not wait."""

from typing import Any

import pytest

from bot.base.clock import Clock
from bot.features.shared.chat_settings import ChatSettings
from bot.intake.flood_control import MOST_OWED, SILENT_AFTER
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.support.bot import running_bot
from tests.support.chats import set_up_chats
from tests.support.database import query
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import is_poll, says
from tests.support.trouble import (
    answers,
    arrive,
    ask,
    explained,
    fast_clock,
    inject,
    unconfirmed,
    until,
)

MANY = 100
BEHIND = says("Try again in a minute.")


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: a group is sent twenty messages in three seconds."""
    return fast_clock()


def typed(person: Person, chat: dict[str, Any], text: str) -> dict[str, Any]:
    """A command as Telegram would deliver it."""
    return {
        "message": {
            "message_id": 1,
            "date": 1_700_000_000,
            "chat": chat,
            "from": {"id": person.id, "is_bot": False, "first_name": "Mallory"},
            "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": len(text)}],
        }
    }


async def flood(server: SandboxServer, update: dict[str, Any], first: int = 5_000_000_000) -> None:
    """The same update many times, all confirmed."""
    inject(server, *({"update_id": first + n, **update} for n in range(MANY)))

    async def confirmed() -> bool:
        return unconfirmed(server) == 0

    await until(confirmed)


def owed(settings: Settings, chat_id: int) -> int:
    """How many calls a chat is owed."""
    sql = f"SELECT count(*) FROM outbox WHERE state = 'owed' AND chat_id = {chat_id}"
    ((calls,),) = query(settings.database, sql)
    return int(calls)


@pytest.mark.parametrize(
    ("command", "members_may_post"),
    [
        ("/help", True),
        ("/case", False),
        ("/case", True),
        ("/leaderboard", True),
        ("/settings", True),
    ],
)
async def test_a_member_cannot_fill_a_groups_line(
    server: SandboxServer,
    sandbox: SandboxClient,
    settings: Settings,
    command: str,
    members_may_post: bool,
) -> None:
    """However many commands somebody sends, the group is owed a minute's messages at most; the next
    case that an administrator asks for comes soon.
    """
    assert settings.content is not None
    (settings.content / "salicylate-acid-base.yaml").unlink()  # none comes amid its two questions
    admin, member = [await sandbox.person(name, language_code="en") for name in ("Root", "Mal")]
    ward = await sandbox.chat("supergroup", "Ward", members=[member], admins=[admin])
    await set_up_chats(settings, ward, ChatSettings(members_may_post=members_may_post))
    async with running_bot(settings):
        seen = {"id": ward.id, "type": "supergroup", "title": "Ward"}
        await flood(server, typed(member, seen, command))
        assert owed(settings, ward.id) <= MOST_OWED + SILENT_AFTER
        await ward.wait_for(admin, BEHIND)

        async def caught_up() -> bool:
            return owed(settings, ward.id) == 0

        await until(caught_up)
        asked = await ward.send(admin, "/case")
        await ward.wait_for(admin, is_poll, after=asked["message_id"])


async def test_in_private_too_and_votes_count_all_the_same(
    server: SandboxServer, sandbox: SandboxClient, bot: Settings
) -> None:
    """What is owed to one person stays bounded, cases included; their vote and another's are
    recorded and explained, and whoever wants to be forgotten need not wait.
    """
    person, other = await arrive(sandbox, "Mal"), await arrive(sandbox)
    poll = await ask(person)
    private = {"id": person.id, "type": "private", "first_name": "Mal"}
    await flood(server, typed(person, private, "/case"))
    assert owed(bot, person.id) <= MOST_OWED + SILENT_AFTER
    ((posts,),) = query(bot.database, f"SELECT count(*) FROM posts WHERE person_id = {person.id}")
    assert posts <= MOST_OWED + SILENT_AFTER
    await person.vote(poll, [1])
    await other.vote(await ask(other), [1])
    await explained(other)
    await explained(person)
    assert len(answers(bot.database)) == 2
    await person.wait_for(BEHIND)


async def test_a_press_is_told_and_forgetting_is_not_held_up(
    server: SandboxServer, sandbox: SandboxClient, bot: Settings
) -> None:
    """A button that would bring more says that it is too much now; the one that erases erases."""
    person = await arrive(sandbox, "Mal")
    welcome = await person.wait_for(says("Good morning"))
    await person.send("/forget")
    question = await person.wait_for(says("Erase everything kept"))
    # Nothing is sent meanwhile, however long the press takes: it stays too much.
    await sandbox.fault("429", "sendMessage", retry_after=100_000)
    await flood(server, typed(person, {"id": person.id, "type": "private"}, "/help"))
    answer = await person.press(welcome, "next")
    assert answer is not None
    assert "Try again in a minute." in answer["text"]
    await person.press(question, "forget:yes")

    async def erased() -> bool:
        return query(bot.database, f"SELECT * FROM people WHERE id = {person.id}") == []

    await until(erased)
    assert owed(bot, person.id) <= 2  # what the press itself brings


async def test_nobody_waits_while_telegram_is_asked_who_administers(
    server: SandboxServer, sandbox: SandboxClient, settings: Settings
) -> None:
    """Telegram says nothing of five groups whose settings are asked for at once: a stranger who
    writes after them has a case before the first of them is told so, and all five are told.
    """
    admin, stranger = [await sandbox.person(name, language_code="en") for name in ("Root", "Bea")]
    wards = [await sandbox.chat("supergroup", f"Ward {n}", admins=[admin]) for n in range(5)]
    await set_up_chats(settings, wards, ChatSettings())
    async with running_bot(settings):
        await stranger.send("/start")
        await stranger.wait_for(says("Good morning"))
        await sandbox.fault("timeout", "getChatAdministrators", times=len(wards))
        groups = [{"id": ward.id, "type": "supergroup", "title": "Ward"} for ward in wards]
        private = {"id": stranger.id, "type": "private"}
        wishes = [
            *(typed(admin, group, "/settings") for group in groups[:1]),
            *(
                typed(Person(sandbox, stranger.id + n, {}), groups[n], "/settings")
                for n in range(1, 5)
            ),
            typed(stranger, private, "/case"),
        ]
        first = 5_000_000_000
        inject(server, *({"update_id": first + n, **wish} for n, wish in enumerate(wishes)))
        for ward in wards:
            await ward.wait_for(admin, says("does not tell me who administers"))
    told = [
        call["params"]["chat_id"]
        for call in await sandbox.traffic()
        if call["method"] == "sendPoll" or "does not tell me" in call["params"].get("text", "")
    ]
    assert told[0] == stranger.id
    assert len(told) == 1 + len(wards)
