"""A bot with two administrators, and an educator whom one of them approved."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.support.bot import running_bot, two_case_settings
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, says, text_of
from tests.support.trouble import fast_clock


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: these chats get many messages, and the bot paces itself."""
    return fast_clock()


@pytest.fixture
async def staff(sandbox: SandboxClient) -> list[Person]:
    """Two administrators of the bot."""
    return [
        await sandbox.person("Root", language_code="en"),
        await sandbox.person("Inés", language_code="es"),
    ]


@pytest.fixture
async def settings(
    server: SandboxServer, staff: list[Person], clock: Clock, tmp_path: Path
) -> Settings:
    """Settings of a bot that they administer."""
    return two_case_settings(server, tmp_path, clock, *staff)


@pytest.fixture
async def at_work(settings: Settings, staff: list[Person]) -> AsyncIterator[Settings]:
    """The bot, to which both have written."""
    async with running_bot(settings):
        for person in staff:
            await person.send("/start")
            await person.wait_for(lambda message: message["from"]["is_bot"])
        yield settings


async def newcomer(sandbox: SandboxClient, name: str, **details: str) -> Person:
    """Somebody who has met the bot."""
    person = await sandbox.person(name, **{"language_code": "en", **details})
    await asked(person, "/start", "Good morning.")
    return person


async def press(person: Person, message: Message, label: str) -> str:
    """Press a button by its label; what is said briefly, if anything."""
    answer = await person.press(message, buttons(message)[label])
    return "" if answer is None else str(answer.get("text", ""))


async def approved(sandbox: SandboxClient, root: Person, name: str, **details: str) -> Person:
    """An educator, by the press of an administrator."""
    person = await newcomer(sandbox, name, **details)
    offer = await asked(person, "/cohort", "Cohorts are for educators")
    await press(person, offer, "Ask")
    card = await root.wait_for(says("asks to be approved", name))
    await press(root, card, "Approve")
    await person.wait_for(says("You are approved as an educator"))
    return person


async def made(person: Person, title: str) -> Message:
    """The page of a new cohort."""
    begin = await asked(person, "/cohort", "")
    label = "Make a cohort" if "Make a cohort" in buttons(begin) else "Another cohort"
    await press(person, begin, label)
    question = await person.wait_for(says("Write the cohort's title"), after=begin["message_id"])
    await person.send(title)
    return await person.wait_for(says("0 members"), after=question["message_id"])


def token_in(message: Message) -> str:
    """The payload of the link that a message shows."""
    text = text_of(message)
    return text.split("?start=")[1].split()[0]


async def invited(person: Person, payload: str) -> Message:
    """What somebody reads who opens a link."""
    return await asked(person, f"/start {payload}", "")


async def joined(person: Person, payload: str, label: str) -> Message:
    """Join a cohort by a link; what is said then."""
    page = await invited(person, payload)
    await press(person, page, label)
    return await person.wait_for(says("You joined"), after=page["message_id"])
