"""A machine that dies in the midst of votes, and another that goes on from its replica."""

import asyncio
import os
import random
import shutil
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from bot.operations.doctor_replica import replica
from bot.sandbox.server import SandboxServer
from content.library import load_library
from tests.soak.campaign_checks import Votes, recorded, voted
from tests.support.bot import ROOT, BotProcess, settings_for
from tests.support.crowd import Learner, write_cases
from tests.support.database import query
from tests.support.litestream import Litestream
from tests.support.sandbox import SandboxClient
from tests.support.trouble import unconfirmed, until

_CASES = 40  # so that people have something to ask for all the time
_BUSY_S = (8.0, 20.0)  # for how long people vote before the machine dies
_AFTER_S = 5.0  # and for how long once the other one is at work
_WITHIN_S = 60.0
_LAST_S = 5.0  # what may be missing: a replica is a second behind, and a busy machine a bit more


class Death(Struct):
    """What one machine's death came to. Votes that are missing were cast before it, or after it in
    polls that went with it; ``oldest_s`` is how long before it the first of the former was cast.
    """

    votes: int = 0
    recorded_at_once: int = 0
    came_again: int = 0
    missing: int = 0
    oldest_s: float = 0.0
    missing_later: int = 0
    doubled: int = 0
    behind: str = ""
    restored_in_s: float = 0.0
    integrity: str = ""

    @property
    def kept(self) -> bool:
        """Whether no more than the last seconds are missing, and what is there is sound."""
        return self.integrity == "ok" and not self.doubled and self.oldest_s < _LAST_S


class Drill:
    """One machine and the next, in a folder that is empty before."""

    def __init__(
        self,
        folder: Path,
        people: int,
        dice: random.Random,
        busy_s: tuple[float, float] = _BUSY_S,
    ) -> None:
        self._folder = folder
        self._people = people
        self._dice = dice
        self._busy_s = busy_s
        self._machine = folder / "machine"
        self._content = write_cases(folder / "cases", _CASES)
        self._death = Death()
        self._litestream = Litestream(self._machine, folder / "replica", folder)
        self._server = SandboxServer()
        self._crowd: list[Learner] = []

    async def run(self) -> Death:
        """Let it die, and see what the other one has."""
        self._machine.mkdir()
        async with AsyncExitStack() as stack:
            await self._server.start()
            stack.push_async_callback(self._server.stop)
            sandbox = await stack.enter_async_context(SandboxClient(self._server.url))
            stack.push_async_callback(self._litestream.kill)
            stack.push_async_callback(_kill_all)
            for number in range(self._people):
                person = await sandbox.person(f"Learner {number}", language_code="en")
                dice = random.Random(self._dice.random())
                self._crowd.append(Learner(person, dice, _CASES))
            died_at = await self._live_and_die()
            await self._restore()
            await self._go_on()
        self._balance(died_at)
        return self._death

    async def _start(self) -> BotProcess:
        await self._litestream.start()
        return await BotProcess.start(
            self._server.url,
            self._folder,
            MORNING_REPORT_DATABASE=str(self._litestream.database),
            MORNING_REPORT_LITESTREAM=str(self._litestream.socket),
            MORNING_REPORT_CONTENT=str(self._content),
            MORNING_REPORT_SHIPPED_CASES="off",
        )

    async def _live_and_die(self) -> float:
        """Returns when it died, in seconds since the epoch."""
        bot = await self._start()
        async with asyncio.TaskGroup() as tasks:
            enough = asyncio.Event()
            for learner in self._crowd:
                tasks.create_task(learner.live(enough))
            await until(self._voted, _WITHIN_S)
            await asyncio.sleep(self._dice.uniform(*self._busy_s))
            self._death.behind = await asyncio.to_thread(self._lag)
            dying = [bot.kill(), self._litestream.kill()]
            self._dice.shuffle(dying)
            await asyncio.gather(*dying)
            died_at = time.time()
            shutil.rmtree(self._machine)
            enough.set()
        self._death.came_again = unconfirmed(self._server)
        return died_at

    async def _voted(self) -> bool:
        return any(learner.voted_at for learner in self._crowd)

    def _lag(self) -> str:
        settings = settings_for("", self._machine, litestream=self._litestream.socket)
        (finding,) = replica(replace(settings, database=self._litestream.database))
        return finding.said

    async def _restore(self) -> None:
        """As the guide says."""
        began = time.monotonic()
        brought = self._folder / "brought.db"
        await self._litestream.restore(brought)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "restore", brought),
            cwd=self._folder,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "MORNING_REPORT_DATABASE": str(self._litestream.database),
            },
        )
        async with asyncio.timeout(_WITHIN_S):
            assert await process.wait() == 0
        self._death.restored_in_s = time.monotonic() - began
        self._death.recorded_at_once = self._recorded().total()

    async def _go_on(self) -> None:
        bot = await self._start()
        enough = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            for learner in self._crowd:
                tasks.create_task(learner.live(enough))
            await asyncio.sleep(_AFTER_S)
            enough.set()
        for learner in self._crowd:
            await learner.finish()
        await until(self._quiet, _WITHIN_S)
        code, output = await bot.end()
        assert code == 0, output
        assert "locked" not in output, output
        await self._litestream.end()

    async def _quiet(self) -> bool:
        owed = query(self._litestream.database, "SELECT count(*) FROM outbox")
        return owed == [(0,)] and not unconfirmed(self._server)

    def _balance(self, died_at: float) -> None:
        death, said, kept = self._death, voted(self._crowd), self._recorded()
        when = {
            (learner.person.id, question): at
            for learner in self._crowd
            for question, at in learner.voted_at.items()
        }
        missing = [when[person, question] for person, question, _ in (said - kept)]
        before = [at for at in missing if at <= died_at]
        death.votes = sum(at <= died_at for at in when.values())
        death.missing = len(before)
        death.missing_later = len(missing) - len(before)
        death.oldest_s = died_at - min(before, default=died_at)
        death.doubled = (kept - said).total()
        ((death.integrity,),) = query(self._litestream.database, "PRAGMA integrity_check")

    def _recorded(self) -> Votes:
        return recorded(self._litestream.database, load_library(self._content))


async def _kill_all() -> None:
    for bot in [*BotProcess.started]:
        await bot.kill()
