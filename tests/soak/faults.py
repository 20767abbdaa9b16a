"""What can go wrong while a bot lives: each trouble begins and ends by itself."""

import asyncio
import random
import resource
import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from msgspec import Struct

from bot.sandbox.server import SandboxServer
from bot.sandbox.updates import Queued
from bot.telegram.batches import LIMIT
from tests.soak.asked_chat import AskedChat
from tests.support.sandbox import SandboxClient
from tests.support.wire import Wire

_REFUSALS = ("429", "500", "timeout", "drop-response")
_METHODS = ("getUpdates", "sendPoll", "sendMessage", "answerCallbackQuery", None)
_TINY = 4096
"""Bytes that a file may have when the disk is full: not one page of the log fits in."""


class FaultTargets(Struct, frozen=True):
    """Where a bot lives: what troubles can get at."""

    server: SandboxServer
    sandbox: SandboxClient
    wire: Wire
    database: Path
    dice: random.Random
    chats: Sequence[AskedChat] = ()

    async def moment(self, most: float = 1.0) -> None:
        """Let some of the system's time pass."""
        await asyncio.sleep(self.dice.uniform(0.05, most))


Trouble = Callable[[FaultTargets, int], Awaitable[None]]
"""Given the targets and the bot's process id; whatever it broke is whole when it returns."""


async def refusals(targets: FaultTargets, _pid: int) -> None:
    """Telegram is too busy, fails, does not answer, or its answers are lost."""
    for _ in range(targets.dice.randint(1, 3)):
        kind, method = targets.dice.choice(_REFUSALS), targets.dice.choice(_METHODS)
        await targets.sandbox.fault(kind, method, times=targets.dice.randint(1, 5), retry_after=1)
    await targets.moment(2)
    await targets.sandbox.clear_faults()


async def storm(targets: FaultTargets, _pid: int) -> None:
    """Whatever is asked is too much, for a while."""
    await targets.sandbox.fault("429", times=1000, retry_after=1)
    await targets.moment(1.5)
    await targets.sandbox.clear_faults()


async def conflict(targets: FaultTargets, _pid: int) -> None:
    """Another copy of the bot asked for updates, once.

    Not at the next start too: a copy that has posted nothing yet would rightly give way.
    """
    await targets.sandbox.fault("409", "getUpdates")
    await targets.moment()
    await targets.sandbox.clear_faults()


async def slow_wire(targets: FaultTargets, _pid: int) -> None:
    """Data takes its time."""
    targets.wire.delay = targets.dice.choice((0.05, 0.5))
    await targets.moment(2)
    targets.wire.mend()


async def cut_wire(targets: FaultTargets, _pid: int) -> None:
    """Connections are reset: all at once, and then some of the new ones."""
    targets.wire.cut()
    targets.wire.fragility = targets.dice.choice((0.05, 0.3))
    await targets.moment()
    targets.wire.mend()


async def full_disk(targets: FaultTargets, pid: int) -> None:
    """Nothing can be written for a while."""
    with suppress(ProcessLookupError):
        _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (_TINY, most))
        await targets.moment(1.5)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))


async def locked(targets: FaultTargets, _pid: int) -> None:
    """Another program holds the database: mostly shortly, sometimes longer than one waits."""
    seconds = targets.dice.uniform(0.1, 1.0) if targets.dice.random() < 0.9 else 6.0
    await asyncio.to_thread(_hold, targets.database, targets.dice.random(), seconds)


def _hold(database: Path, luck: float, seconds: float) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE" if luck < 0.5 else "BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return  # the bot was busy for longer than one waits here
        time.sleep(seconds)
        connection.execute("ROLLBACK")


async def backup(targets: FaultTargets, _pid: int) -> None:
    """Somebody copies the database, page by page; the copy must be sound."""
    await asyncio.to_thread(_back_up, targets.database)


def _back_up(database: Path) -> None:
    with (
        closing(sqlite3.connect(database)) as connection,
        closing(sqlite3.connect(":memory:")) as copy,
    ):
        connection.backup(copy, pages=200, sleep=0.01)
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def redelivery(targets: FaultTargets, _pid: int) -> None:
    """Telegram gives updates again that were confirmed."""
    queue = targets.server._world.updates
    waited: list[Queued] = []
    for _ in range(20):
        waited += [queued for queued in queue.waiting() if queued not in waited]
        await asyncio.sleep(0.05)
    still = {queued.id for queued in queue.waiting()}
    queue._queue.extend(queued for queued in waited if queued.id not in still)


async def reordering(targets: FaultTargets, _pid: int) -> None:
    """Telegram gives updates in another order than that of their ids.

    Only where one answer holds them all: to confirm one is to confirm those of lower ids.
    """
    queue = targets.server._world.updates
    for _ in range(10):
        await asyncio.sleep(0.05)
        waiting = list(queue.waiting())
        if len(waiting) < LIMIT:
            targets.dice.shuffle(waiting)
            queue._queue.clear()
            queue._queue.extend(waiting)


async def muted(targets: FaultTargets, _pid: int) -> None:
    """The bot may not write in a chat for a while."""
    chat = targets.dice.choice(targets.chats)
    await chat.mute()
    await targets.moment(3)
    await chat.restore()


async def removed(targets: FaultTargets, _pid: int) -> None:
    """Somebody removes the bot from a chat, and lets it in again."""
    chat = targets.dice.choice(targets.chats)
    await chat.remove()
    await targets.moment(2)
    await chat.restore()


# Only Linux lets a process's limits be changed from outside.
_FULL_DISK = [full_disk] if hasattr(resource, "prlimit") else []
TROUBLES: tuple[Trouble, ...] = (
    *(refusals, storm, conflict, slow_wire, cut_wire),
    *(locked, backup, redelivery, reordering, *_FULL_DISK),
)
CHAT_TROUBLES: tuple[Trouble, ...] = (
    *(refusals, storm, conflict, muted, removed),
    *(locked, backup, redelivery, *_FULL_DISK),
)
"""Without what would leave open in which order people tapped, or who lost which message."""
