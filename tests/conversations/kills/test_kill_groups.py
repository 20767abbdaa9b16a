"""Whenever the power fails, every chat gets its case and its results: none is left out."""

import contextlib
import logging
import os
import random
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.clock import Clock
from bot.base.time_units import MINUTE_MS
from bot.features.shared.chat_settings import ChatSettings
from bot.sandbox.server import SandboxServer
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.settings import Settings
from tests.support.bot import BotProcess, running_bot
from tests.support.chats import set_up_chats
from tests.support.database import query
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import is_poll, text_of
from tests.support.trouble import until

log = logging.getLogger(__name__)

CHATS = int(os.environ.get("MORNING_REPORT_TEST_CHATS", "60"))
KILLS = int(os.environ.get("MORNING_REPORT_TEST_GROUP_KILLS", "2"))
SEED = int(os.environ.get("MORNING_REPORT_TEST_SEED", "0")) or random.SystemRandom().getrandbits(32)
PATIENCE_S = 60.0  # seconds for a life to get somewhere
QUIET_S = 10.0  # seconds after which a life has no more to do
SPEED = 5
TOPICS = frozenset({"rheumatology"})


@pytest.fixture
def clock() -> Clock:
    """One that the bot's own process can be given too: it begins with a whole second."""
    now = int(time.time())
    return Clock(now, SPEED, now)


@pytest.fixture
def dice() -> random.Random:
    """The moments of the kills."""
    log.warning("MORNING_REPORT_TEST_SEED=%d MORNING_REPORT_TEST_CHATS=%d", SEED, CHATS)
    return random.Random(SEED)


@pytest.fixture
async def ada(sandbox: SandboxClient) -> Person:
    """Who brought the bot everywhere."""
    return await sandbox.person("Ada", language_code="en")


class Lives:
    """One bot after another, each killed in the middle of its work."""

    def __init__(self, settings: Settings, sandbox: SandboxClient, folder: Path) -> None:
        clock = settings.clock
        start = datetime.fromtimestamp(clock.start, UTC).strftime("%Y-%m-%dT%H:%M:%S")
        self._clock = f"{start}x{clock.speed}@{clock.epoch}"
        self._settings, self._sandbox, self._folder = settings, sandbox, folder

    async def begin(self) -> BotProcess:
        """A bot in a process of its own, which has just said its first word."""
        born = await self._made("getMe")
        url = self._settings.api_url
        bot = await BotProcess.start(url, self._folder, MORNING_REPORT_CLOCK=self._clock)
        await self._until_made(bot, "getMe", born + 1)
        return bot

    async def one(self, method: str, calls: int) -> None:
        """A life that ends once it has made so many calls, or has made no more for a while."""
        before = await self._made(method)
        bot = await self.begin()
        with contextlib.suppress(TimeoutError):
            # The life before may have left fewer to make; then this moment is as good as any.
            await self._until_made(bot, method, before + calls, QUIET_S)
        await bot.kill()

    async def _made(self, method: str) -> int:
        return len(await self._sandbox.traffic(method=method))

    async def _until_made(
        self, bot: BotProcess, method: str, calls: int, patience: float = PATIENCE_S
    ) -> None:
        async def enough() -> bool:
            if not bot.alive:
                pytest.fail(str(await bot.finished()))
            return await self._made(method) >= calls

        await until(enough, patience)


def due_now(settings: Settings, choices: ChatSettings) -> tuple[ChatSettings, int]:
    """Those settings with a schedule that wants a case of one question now, and when that is."""
    minute = settings.clock.now() // MINUTE_MS
    timetable = Timetable(EVERY_DAY, minute % (24 * 60), "UTC")
    return replace(choices, timetable=timetable, topics=TOPICS), minute * MINUTE_MS


async def test_a_stream_to_many_chats_goes_on_where_it_was(
    server: SandboxServer,
    sandbox: SandboxClient,
    settings: Settings,
    ada: Person,
    dice: random.Random,
    tmp_path: Path,
) -> None:
    """Many chats are due at once: each gets its case once, with at most one more for each kill."""
    choices, due = due_now(settings, ChatSettings())
    chats = [await sandbox.chat("supergroup", f"Ward {n}", admins=[ada]) for n in range(CHATS)]
    await set_up_chats(settings, chats, choices, due=due)
    lives = Lives(settings, sandbox, tmp_path)
    for _ in range(KILLS):
        await lives.one("sendPoll", dice.randint(1, CHATS // (KILLS + 1)))
    bot = await lives.begin()
    await until(lambda: _all_served(settings), PATIENCE_S)
    code, output = await bot.end()
    assert code == 0, output

    polls = [sum(map(is_poll, await chat.messages())) for chat in chats]
    log.warning("%d chats, %d polls again", len(chats), sum(polls) - len(chats))
    assert min(polls) == 1
    assert sum(polls) - len(chats) <= KILLS * 48  # calls under way together
    assert max(polls) <= 1 + KILLS
    assert query(settings.database, "SELECT count(*), count(DISTINCT chat_id) FROM posts") == [
        (CHATS, CHATS)
    ]


async def _all_served(settings: Settings) -> bool:
    """Whether every chat's case is on record, and nothing is owed."""
    path = settings.database
    posts = query(path, "SELECT count(*) FROM posts")
    return posts == [(CHATS,)] and query(path, "SELECT count(*) FROM outbox") == [(0,)]


async def test_closings_survive_kills(
    server: SandboxServer,
    sandbox: SandboxClient,
    settings: Settings,
    ada: Person,
    dice: random.Random,
    tmp_path: Path,
) -> None:
    """Polls close while the bot is down or dying: each chat hears of it, with every vote."""
    ben = await sandbox.person("Ben", language_code="en")
    chats = [
        await sandbox.chat("supergroup", f"Ward {n}", members=[ben], admins=[ada])
        for n in range(12)
    ]
    choices, due = due_now(settings, ChatSettings(open_for=40))
    await set_up_chats(settings, chats, choices, due=due)
    async with running_bot(settings):
        polls = [await chat.wait_for(ada, is_poll) for chat in chats]
    for chat, poll in zip(chats, polls, strict=True):
        await chat.vote(ada, poll, [0])
        await chat.vote(ben, poll, [1])
    for chat in chats:
        await chat.wait_for(ada, lambda m: is_poll(m) and m["poll"]["is_closed"], timeout=60)
    lives = Lives(settings, sandbox, tmp_path)
    for _ in range(KILLS):
        await lives.one("sendMessage", dice.randint(1, 6))
    bot = await lives.begin()
    await until(lambda: _all_closed(settings), PATIENCE_S)
    assert (await bot.end())[0] == 0
    for chat in chats:
        said = Counter(
            text_of(message)
            for message in await chat.messages()
            if message["from"]["is_bot"] and "text" in message
        )
        [results] = [text for text in said if "Time is up." in text]
        assert "2 have answered." in results
        assert any("Not yet reviewed by a clinician." in text for text in said)
        assert max(said.values()) <= 1 + KILLS
    assert query(settings.database, "SELECT count(*) FROM answers") == [(2 * len(chats),)]


async def _all_closed(settings: Settings) -> bool:
    path = settings.database
    still_open = query(path, "SELECT count(*) FROM questions WHERE closed_at IS NULL")
    waiting = query(path, "SELECT count(*) FROM outbox WHERE state = 'owed'")
    return [*still_open, *waiting] == [(0,), (0,)]
