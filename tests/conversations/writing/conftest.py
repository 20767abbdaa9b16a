"""A bot with an administrator, and an author whom she made one by a link."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.support.bot import running_bot, two_case_settings
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, says, text_of
from tests.support.trouble import fast_clock

ARTICLE = """\
Stone-hard lumps under the skin, 18 years on

A 64-year-old woman has stone-hard lumps beneath the skin of much of her body. They began to \
appear 18 years ago, roughly 10 years after a rash with weakness of the muscles near the trunk.

What are these nodules most likely to be?

A. Lipomas
B. Deposits of calcium
C. Tophi of urate
D. Neurofibromas

Answer: B

Key point: Stone-hard nodules years after a rash with weakness are dystrophic calcification.

Discussion
Calcium is deposited in the skin years after dermatomyositis [1]. "next" is a word like any other.

References
1. Callen JP. Dermatomyositis. Lancet 2000;355:53-57. doi:10.1016/S0140-6736(99)05157-0
"""


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: these chats get many messages, and the bot paces itself."""
    return fast_clock()


@pytest.fixture
async def root(sandbox: SandboxClient) -> Person:
    """Who administers the bot."""
    return await sandbox.person("Root", language_code="en")


@pytest.fixture
async def at_work(
    server: SandboxServer, root: Person, clock: Clock, tmp_path: Path
) -> AsyncIterator[Settings]:
    """The bot, to which she has written."""
    settings = two_case_settings(server, tmp_path, clock, root)
    async with running_bot(settings):
        await asked(root, "/start", "Good morning.")
        yield settings


@pytest.fixture
async def ada(sandbox: SandboxClient, root: Person, at_work: Settings) -> Person:
    """An author."""
    person = await sandbox.person("Ada", language_code="en", username="ada_l")
    await asked(person, "/start", "Good morning.")
    await made_author(root, person)
    return person


async def role_link(root: Person, label: str) -> str:
    """The payload of a new link."""
    page = await asked(root, "/roles", "Authors")
    await press(root, page, label)
    made = await changed(root, page, "?start=")
    return text_of(made).split("?start=")[1].split()[0]


async def made_author(root: Person, person: Person) -> None:
    """Somebody accepts a link for an author."""
    payload = await role_link(root, "Link for an author")
    invitation = await asked(person, f"/start {payload}", "invited to write cases")
    await press(person, invitation, "I will write cases")
    await person.wait_for(says("You write cases here"))


async def press(person: Person, message: Message, label: str) -> str:
    """Press a button by its label; what is said briefly, if anything."""
    answer = await person.press(message, buttons(message)[label])
    return "" if answer is None else str(answer.get("text", ""))


async def changed(person: Person, message: Message, *words: str) -> Message:
    """The same message, once it says something else."""
    return await person.wait_for(
        lambda m: m["message_id"] == message["message_id"] and says(*words)(m)
    )


async def pressed(person: Person, message: Message, label: str, *words: str) -> Message:
    """Press a button; the same message, once it says something else."""
    await press(person, message, label)
    return await changed(person, message, *words)


async def answered(person: Person, text: str, *words: str) -> Message:
    """Send a text; the page that comes below it."""
    return await asked(person, text, *words)


async def all_said(person: Person, after: int = 0) -> list[Message]:
    """What the bot's messages are now."""
    return [one for one in await person.messages(after) if one["from"]["is_bot"]]


async def until(person: Person, predicate: Callable[[list[Message]], bool]) -> None:
    """Wait until the bot's messages are so, all together."""
    async with asyncio.timeout(30):
        while True:
            if predicate(await all_said(person)):
                return
            await asyncio.sleep(0.02)
