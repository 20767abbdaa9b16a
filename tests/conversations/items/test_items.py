"""What answers say of questions, as the bot's administrators read it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.support.bot import running_bot, settings_for
from tests.support.item_answers import fill
from tests.support.library import shipped_library
from tests.support.new_store import new_store
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, says, text_of
from tests.support.trouble import fast_clock

PEOPLE = 60
MISKEYED = 3


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: these chats get many messages, and the bot paces itself."""
    return fast_clock()


@pytest.fixture
async def ada(sandbox: SandboxClient) -> Person:
    """The bot's administrator."""
    return await sandbox.person("Ada", language_code="en")


@pytest.fixture
async def settings(server: SandboxServer, ada: Person, clock: Clock, tmp_path: Path) -> Settings:
    """A bot administered by Ada, to which sixty people have answered every case's first question.

    The key of one of these is wrong.
    """
    settings = settings_for(server.url, tmp_path, clock=clock, admins=frozenset({ada.id}))
    store = await new_store(settings.database, clock.now())
    await store.close()
    library = shipped_library()
    snapshots = [library.snapshot(case) for case in library.cases.values()]
    fill(settings.database, snapshots, PEOPLE, miskeyed={MISKEYED})
    return settings


@pytest.fixture
async def at_work(settings: Settings) -> AsyncIterator[Settings]:
    """The same, at work."""
    async with running_bot(settings):
        yield settings


async def changed(person: Person, message: Message, *words: str) -> Message:
    """The same message, once it says something else."""
    return await person.wait_for(
        lambda m: m["message_id"] == message["message_id"] and says(*words)(m)
    )


async def listed(ada: Person) -> Message:
    """The list, which comes once all is counted."""
    await asked(ada, "/start", "Good morning.")
    waiting = await asked(ada, "/items", "I am counting all answers")
    return await ada.wait_for(says("questions with answers"), after=waiting["message_id"])


async def test_the_miskeyed_question_stands_first(ada: Person, at_work: Settings) -> None:
    """The list begins with it, and its page says what is wrong, in figures and in words."""
    library = shipped_library()
    message = await listed(ada)
    case = [*library.cases.values()][MISKEYED]
    assert f"1. ⚠️ {case.title}" in text_of(message)
    await ada.press(message, buttons(message)["1"])
    page = await changed(ada, message, "60 first answers")
    assert "Fewer are right than by guessing" in text_of(page)
