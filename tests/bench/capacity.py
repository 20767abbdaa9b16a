"""What a bot's process spends on learners' answers, at a rate near Telegram's own bound."""

import asyncio
import os
from pathlib import Path

from bot.features.library.first_reading import read_library
from bot.services import equipped
from tests.bench.bench_sandbox import BenchSandbox, bench_sandbox
from tests.bench.crowd import seat
from tests.bench.report import Measurement, Section
from tests.support.bot import BotProcess, settings_for
from tests.support.database import query
from tests.support.trouble import until

ANSWERS = 240
RATE = 12  # answers a second; each is owed two messages or so, and Telegram takes 30 a second
ALLOWED = 30
_WITHIN_S = 120.0

TOLD = f"""\
{ANSWERS} learners answer, {RATE} a second, and are sent their explanations by a bot in a process
of its own, with Telegram's limits at the sandbox. Counted is its processor time, start and end
included, less that of a bot that waits for as long without anybody there."""


async def measure(folder: Path) -> Section:
    """Processor time for an answer, and for a message."""
    busy_s, messages = await _spent(_made(folder / "busy"), ANSWERS)
    idle_s, _ = await _spent(_made(folder / "idle"), 0)
    spent_s = busy_s - idle_s
    share = spent_s / messages * ALLOWED
    measurements = [
        Measurement("an answer, recorded and explained", f"{spent_s / ANSWERS * 1000:.1f} ms"),
        Measurement("messages for an answer", f"{messages / ANSWERS:.1f}"),
        Measurement(f"share of a core at {ALLOWED} messages a second", f"{share:.0%}"),
    ]
    return Section("What learners cost", TOLD, measurements)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


async def _spent(folder: Path, answers: int) -> tuple[float, int]:
    """Processor seconds, and messages that were sent."""
    async with bench_sandbox(limits=True) as sandbox:
        settings = settings_for(sandbox.url, folder)
        people = await sandbox.order("people", answers)
        async with equipped(settings, read_library(settings)) as services:
            votes = await seat(services, people)
        before = os.times()
        began = asyncio.create_task(sandbox.order("first_poll"))
        bot = await BotProcess.start(sandbox.url, folder)
        await began
        if votes:
            await sandbox.order("stream", votes, RATE)
            await until(lambda: _done(settings.database, answers), _WITHIN_S)
        else:
            await asyncio.sleep(ANSWERS / RATE)
        code, output = await bot.end()
        assert code == 0, output
        after = os.times()
        sent = await _sent(sandbox)
    spent = after.children_user + after.children_system
    return spent - before.children_user - before.children_system, sent


async def _done(database: Path, answers: int) -> bool:
    recorded = query(database, "SELECT count(*) FROM answers")
    return recorded == [(answers,)] and query(database, "SELECT count(*) FROM outbox") == [(0,)]


async def _sent(sandbox: BenchSandbox) -> int:
    calls = await sandbox.order("calls", 0)
    return sum(call[1].startswith("send") and call[3] == 200 for call in calls)
