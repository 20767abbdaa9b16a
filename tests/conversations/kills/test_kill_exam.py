"""The power fails at every step of an exam, and while its time runs: nothing is lost or doubled."""

import asyncio
import logging
import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.base.clock import Clock
from bot.base.time_units import HOUR_MS
from bot.settings import Settings
from tests.support.database import meddle, query
from tests.support.power_cuts import Lives
from tests.support.practising import button, exam, has, shows, worded
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import buttons, says
from tests.support.trouble import until

log = logging.getLogger(__name__)

SEED = int(os.environ.get("MORNING_REPORT_TEST_SEED", "0")) or random.SystemRandom().getrandbits(32)
SPEED = 5
DRAFTS = "SELECT count(*) FROM sitting_items WHERE draft IS NOT NULL"
MARKS = "SELECT count(*) FROM sitting_items WHERE marked"


@pytest.fixture
def clock() -> Clock:
    """One that the bot's own process can be given too: it begins with a whole second."""
    now = int(time.time())
    return Clock(now, SPEED, now)


async def counted(database: Path, sql: str, number: int) -> None:
    """Wait until so many are on record."""

    async def so() -> bool:
        return query(database, sql) == [(number,)]

    await until(so)


@pytest.fixture
async def lives(settings: Settings, tmp_path: Path) -> Lives:
    """The first has begun."""
    lives = Lives(settings, tmp_path)
    await lives.begin()
    return lives


@pytest.fixture
async def ada(sandbox: SandboxClient, lives: Lives) -> Person:
    """Somebody whom the bot has welcomed."""
    person = await sandbox.person("Ada", language_code="en")
    await person.send("/start")
    await person.wait_for(says("Good morning"))
    return person


async def test_no_kill_loses_or_doubles_anything_of_an_exam(
    ada: Person, lives: Lives, settings: Settings
) -> None:
    """Each press is made as the bot dies: it counts once, and what it brings comes."""
    log.warning("MORNING_REPORT_TEST_SEED=%d", SEED)
    dice = random.Random(SEED)

    async def amid_a_kill(message: Message, label: str) -> None:
        pressed = asyncio.create_task(ada.press(message, button(message, label)))
        await asyncio.sleep(dice.uniform(0, 0.4))
        await lives.kill()
        await lives.begin()
        await pressed

    shown = await exam(ada)
    for n in (1, 2, 3):
        await amid_a_kill(shown, next(iter(buttons(shown))))
        await counted(settings.database, DRAFTS, n)
        await amid_a_kill(shown, "Mark for later")
        await counted(settings.database, MARKS, n)
        where, label = ("Question", "Next") if n < 3 else ("answered", "Overview")
        after = shown["message_id"]
        await amid_a_kill(shown, label)
        shown = await ada.wait_for(shows(f"{where} {n + 1}" if n < 3 else where), after=after)
    await amid_a_kill(shown, "Hand in")
    await ada.wait_for(says("Exam handed in:"))
    await lives.kill()
    await lives.begin()
    assert query(settings.database, "SELECT count(*), sum(first) FROM answers") == [(3, 3)]
    assert query(settings.database, "SELECT state FROM sittings") == [("handed_in",)]
    said = Counter(worded(m) for m in await ada.messages() if "handed in" in worded(m))
    # At most one message comes twice for each kill.
    assert sum(said.values()) <= 2


async def test_a_deadline_moves_by_the_time_in_which_the_bot_was_away(
    ada: Person, lives: Lives, settings: Settings
) -> None:
    """An hour after it, what is pressed counts still; then the exam goes on as it would have."""
    shown = await exam(ada)
    await lives.kill()
    # As if the power had failed an hour ago.
    meddle(
        settings.database,
        f"UPDATE sittings SET begun_at = begun_at - {HOUR_MS}, deadline = deadline - {HOUR_MS},"
        f" alive_at = alive_at - {HOUR_MS}",
    )
    pressed = asyncio.create_task(ada.press(shown, next(iter(buttons(shown).values()))))
    await lives.begin()
    await counted(settings.database, DRAFTS, 1)
    await pressed
    ((deadline,),) = query(settings.database, "SELECT deadline FROM sittings WHERE state = 'open'")
    assert 0 < deadline - settings.clock.now() <= 5 * 60_000


async def test_when_its_time_is_up_an_exam_is_handed_in_by_itself(
    ada: Person, lives: Lives, settings: Settings
) -> None:
    """Once, with what stood, after a warning; though the bot was killed as the time ran out."""
    shown = await exam(ada)
    await ada.press(shown, next(iter(buttons(shown).values())))
    await lives.kill()
    now = settings.clock.now()
    meddle(
        settings.database,
        f"UPDATE sittings SET alive_at = {now}, warn_at = {now}, deadline = {now + 60_000}",
    )
    await lives.begin()
    await ada.wait_for(says("left. 1 of 3 answered; then the exam is handed in as it stands."))
    told = await ada.wait_for(says("Time is up, and the exam is handed in:", "2 not answered."))
    await lives.kill()
    await lives.begin()
    await ada.press(told, next(iter(buttons(told).values())))
    await ada.wait_for(has("Next case"), after=told["message_id"])
    assert query(settings.database, "SELECT count(*) FROM answers") == [(1,)]
    said = [m for m in await ada.messages() if "Time is up" in worded(m)]
    assert len(said) <= 2
