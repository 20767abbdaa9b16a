"""Presses of buttons that stand elsewhere or nowhere: they rewrite no message of others."""

import pytest

from bot.features.leaderboard.leaderboard_view import BOARD, SHOW
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.features.shared.question_buttons import ANSWER
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.support.bot import running_bot
from tests.support.chats import set_up_chats
from tests.support.database import query
from tests.support.sandbox import Chat, Message, Person, SandboxClient
from tests.support.seeing import buttons, says
from tests.support.trouble import forge, until


@pytest.fixture
async def admin(sandbox: SandboxClient) -> Person:
    """Who administers the ward, and the channel."""
    return await sandbox.person("Root", language_code="en")


@pytest.fixture
async def member(sandbox: SandboxClient) -> Person:
    """A member of the ward, who administers a group of their own."""
    return await sandbox.person("Mal", language_code="en")


@pytest.fixture
async def own(sandbox: SandboxClient, member: Person) -> Chat:
    """The member's own group, which the bot is in too."""
    return await sandbox.chat("supergroup", "Ward 3 is closed", members=[], admins=[member])


@pytest.fixture
async def ward(
    sandbox: SandboxClient, settings: Settings, own: Chat, admin: Person, member: Person
) -> Chat:
    """A group with a leaderboard."""
    ward = await sandbox.chat("supergroup", "Ward", members=[member], admins=[admin])
    await set_up_chats(settings, ward, ChatSettings(leaderboard=True))
    await set_up_chats(settings, own, ChatSettings())
    return ward


async def test_settings_of_one_chat_do_not_overwrite_a_message_of_another(
    server: SandboxServer, settings: Settings, ward: Chat, own: Chat, admin: Person, member: Person
) -> None:
    """Who administers one chat cannot make a bot's message in another show that chat's settings."""
    async with running_bot(settings):
        asked = await ward.send(admin, "/help")
        hello = await ward.wait_for(member, says("Good morning."), after=asked["message_id"])
        await forge(server, settings, member, hello, f"s:{own.id}:go:main")
        (now,) = [m for m in await ward.messages() if m["message_id"] == hello["message_id"]]
        assert now["text"] == hello["text"]


async def test_a_leaderboard_takes_the_place_of_leaderboards_alone(
    server: SandboxServer, settings: Settings, ward: Chat, admin: Person, member: Person
) -> None:
    """No member can put it in the place of another message of the bot's, nor be named by that."""
    async with running_bot(settings):
        asked = await ward.send(admin, "/help")
        hello = await ward.wait_for(member, says("Good morning."), after=asked["message_id"])
        await forge(server, settings, member, hello, BOARD + SHOW)
        (now,) = [m for m in await ward.messages() if m["message_id"] == hello["message_id"]]
        assert now["text"] == hello["text"]
        assert query(settings.database, "SELECT * FROM shown_names") == []


async def test_no_tap_from_a_private_chat_answers_a_groups_question(
    server: SandboxServer, sandbox: SandboxClient, settings: Settings, ward: Chat, admin: Person
) -> None:
    """Who is not in a group cannot add to its results, even knowing the number of its question."""
    await set_up_chats(settings, ward, ChatSettings(layout=Layout.BUTTONS))
    stranger = await sandbox.person("Eve", language_code="en")
    async with running_bot(settings):
        await stranger.send("/start")
        welcome = await stranger.wait_for(says("Good morning"))
        await ward.send(admin, "/case")
        asked = await ward.wait_for(admin, _has_choices)
        taps = [data for data in buttons(asked).values() if data.startswith(ANSWER)]
        await forge(server, settings, stranger, welcome, taps[0])
        assert query(settings.database, "SELECT * FROM answers") == []


def _has_choices(message: Message) -> bool:
    return any(data.startswith(ANSWER) for data in buttons(message).values())


async def test_no_tap_from_another_chat_answers_a_groups_question(
    server: SandboxServer, settings: Settings, ward: Chat, own: Chat, admin: Person, member: Person
) -> None:
    """However a question's number came to be known, it is answered where it stands."""
    await set_up_chats(settings, ward, ChatSettings(layout=Layout.BUTTONS))
    async with running_bot(settings):
        await ward.send(admin, "/case")
        asked = await ward.wait_for(admin, _has_choices)
        taps = [data for data in buttons(asked).values() if data.startswith(ANSWER)]
        hello = await own.send(member, "/help")
        elsewhere = await own.wait_for(member, says("Good morning."), after=hello["message_id"])
        await forge(server, settings, member, elsewhere, taps[0])
        assert query(settings.database, "SELECT * FROM answers") == []
        await ward.press(member, asked, taps[0])
        assert query(settings.database, "SELECT person_id FROM answers") == [(member.id,)]


async def test_a_tap_in_the_group_that_moved_counts(
    server: SandboxServer, sandbox: SandboxClient, settings: Settings, admin: Person, member: Person
) -> None:
    """The old group's buttons stand for the question once the move is on record."""
    group = await sandbox.chat("group", "Ward", members=[member], admins=[admin])
    await set_up_chats(settings, group, ChatSettings(layout=Layout.BUTTONS))
    async with running_bot(settings):
        await group.send(admin, "/case")
        asked = await group.wait_for(admin, _has_choices)
        taps = [data for data in buttons(asked).values() if data.startswith(ANSWER)]
        new = await group.migrate()

        async def moved() -> bool:
            return query(settings.database, "SELECT chat_id FROM questions") == [(new.id,)]

        await until(moved)
        await forge(server, settings, member, asked, taps[0])
        assert query(settings.database, "SELECT person_id FROM answers") == [(member.id,)]
        assert query(settings.database, "SELECT message_id FROM questions") == [(None,)]
