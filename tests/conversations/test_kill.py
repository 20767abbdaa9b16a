"""The promise of the whole: whenever the power fails, no vote is lost and none counts twice."""

import asyncio
import json
import logging
import os
import random
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from bot.sandbox.server import SandboxServer
from content.library import SHIPPED, load_library
from tests.support.bot import BotProcess
from tests.support.crowd import Learner, fingerprint, write_cases
from tests.support.sandbox import SandboxClient

log = logging.getLogger(__name__)

PEOPLE = 40
KILLS = int(os.environ.get("MORNING_REPORT_TEST_KILLS", "20"))
SEED = int(os.environ.get("MORNING_REPORT_TEST_SEED", "0")) or random.SystemRandom().getrandbits(32)
START_WITHIN = 20.0  # seconds for a bot to say its first word
QUIET_WITHIN = 120.0  # seconds for all that is owed after the last kill

Recorded = Counter[tuple[int, str, str]]  # person, question, choice


async def test_no_kill_loses_or_doubles_a_vote(
    server: SandboxServer, sandbox: SandboxClient, tmp_path: Path
) -> None:
    """Forty people vote while the bot is killed and restarted: every vote is recorded once, every
    explanation arrives, and after a kill nobody gets more than one message again.
    """
    log.warning("MORNING_REPORT_TEST_SEED=%d MORNING_REPORT_TEST_KILLS=%d", SEED, KILLS)
    dice = random.Random(SEED)
    content = write_cases(tmp_path / "cases")
    crowd = [
        Learner(await sandbox.person(f"Learner {n}", language_code="en"), random.Random(n + SEED))
        for n in range(PEOPLE)
    ]
    enough = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        for learner in crowd:
            tasks.create_task(learner.live(enough))
        seen = 0
        for _ in range(KILLS):
            seen = await _last_call(sandbox, seen)
            bot = await BotProcess.start(server.url, tmp_path, MORNING_REPORT_CONTENT=str(content))
            await _live(bot, sandbox, dice, seen)
            await bot.kill()
        enough.set()

    seen = await _last_call(sandbox, seen)
    bot = await BotProcess.start(server.url, tmp_path, MORNING_REPORT_CONTENT=str(content))
    await _until_spoken(bot, sandbox, "getUpdates", seen)
    await _until_quiet(crowd, tmp_path / "bot.db")
    code, output = await bot.end()
    assert code == 0, output

    lives = await _lives(sandbox)
    extras = {learner.person.id: _extras(learner, lives) for learner in crowd}
    voted = Recorded(
        (learner.person.id, *vote) for learner in crowd for vote in learner.votes.items()
    )
    repeats = sum(map(Counter.total, extras.values()))
    log.warning("%d votes, %d messages again", voted.total(), repeats)
    assert len(voted) > 2 * PEOPLE
    assert _recorded(tmp_path / "bot.db", content) == voted
    assert {most for extra in extras.values() for most in extra.values()} <= {1}


async def _live(bot: BotProcess, sandbox: SandboxClient, dice: random.Random, before: int) -> None:
    """A life's length: mostly well into the work, sometimes only into the start."""
    match dice.randrange(10):
        case 0:
            await asyncio.sleep(dice.uniform(0.3, 1.5))
        case 1:
            await _until_spoken(bot, sandbox, "getMe", before)
            await asyncio.sleep(dice.uniform(0, 0.05))
        case _:
            await _until_spoken(bot, sandbox, "getUpdates", before)
            await asyncio.sleep(dice.uniform(0, 0.8))


async def _last_call(sandbox: SandboxClient, after: int) -> int:
    calls = await sandbox.traffic(after=after, polling=True)
    return calls[-1]["seq"] if calls else after


async def _until_spoken(bot: BotProcess, sandbox: SandboxClient, method: str, after: int) -> None:
    async with asyncio.timeout(START_WITHIN):
        while True:
            if not bot.alive:
                pytest.fail(str(await bot.finished()))
            if await sandbox.traffic(after=after, method=method):
                return
            await asyncio.sleep(0.02)


async def _until_quiet(crowd: list[Learner], database: Path) -> None:
    """Until every question that came is answered, every vote explained, and nothing is owed."""
    async with asyncio.timeout(QUIET_WITHIN):
        while True:
            for learner in crowd:
                await learner.finish()
            if not any(learner.unexplained() for learner in crowd) and not _unfinished(database):
                return
            await asyncio.sleep(0.2)


def _unfinished(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        (count,) = connection.execute(
            "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM parked_answers)"
        ).fetchone()
    return int(count)


def _recorded(database: Path, content: Path) -> Recorded:
    """What the database says that people answered, in the words of the cases."""
    questions = {
        (case.id, question.id): question
        for case in load_library(SHIPPED, content).cases.values()
        for question in case.questions
    }
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT person_id, case_id, question_id, choices FROM answers")
        found = Recorded()
        for person_id, case_id, question_id, choices in rows:
            question = questions[case_id, question_id]
            (choice,) = json.loads(choices)
            found[person_id, question.prompt, question.choices[choice].text] += 1
    return found


async def _lives(sandbox: SandboxClient) -> dict[int, int]:
    """In which of the bot's lives each message was sent; each life begins with getMe."""
    life, lives = 0, {}
    for call in await sandbox.traffic():
        life += call["method"] == "getMe"
        messages = call["result"] if isinstance(call["result"], list) else [call["result"]]
        for message in messages:
            if isinstance(message, dict) and "message_id" in message:
                lives[message["message_id"]] = life
    return lives


def _extras(learner: Learner, lives: dict[int, int]) -> Counter[int]:
    """For each life of the bot, how many messages this person got again in it."""
    known: set[str] = set()
    extras: Counter[int] = Counter()
    for message in learner.seen:
        mark = fingerprint(message)
        if mark in known:
            extras[lives[message["message_id"]]] += 1
        known.add(mark)
    return extras
