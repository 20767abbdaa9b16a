"""Many short lives of one bot, with people at it all the time and trouble in each."""

import asyncio
import random
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from tests.soak.campaign_checks import CampaignResults, CampaignSize, Traffic, unfinished
from tests.soak.chat_members import ChatMembers
from tests.soak.faults import FaultTargets, Trouble
from tests.soak.private_learners import PrivateLearners
from tests.support.bot import BotProcess
from tests.support.database import query
from tests.support.sandbox import SandboxClient
from tests.support.trouble import until
from tests.support.wal import tear
from tests.support.wire import Wire

_SPEED = 5  # of the clock, by which sending keeps its pace
_START_WITHIN_S = 120.0  # seconds for a bot to say its first word, on however busy a machine
_QUIET_WITHIN_S = 180.0  # seconds for all that is owed after the last life
_CLOCKS = (0, 0, 0, -3600, 3600, -20, 20)
"""By how many seconds the system's clock is wrong in a life."""


class CampaignError(AssertionError):
    """A promise was not kept; the message says which, and what the bot printed."""


class Crowd(Protocol):
    """The people of a campaign, and where they are; ``content`` holds their cases."""

    content: Path

    async def arrive(self, sandbox: SandboxClient) -> None:
        """Everybody comes to the sandbox."""

    async def before_life(self, database: Path) -> None:
        """No bot is at work just now."""

    async def live(self, enough: asyncio.Event) -> None:
        """Answer whatever is asked until it is enough."""

    async def finished(self) -> bool:
        """Whether everybody has what they are owed, as far as they can see."""

    async def check(self, database: Path, traffic: Traffic, results: CampaignResults) -> None:
        """Add what people did and got beside what is on record."""


class Plan(Struct, frozen=True):
    """How many lives, amid how many people, and what may happen in each beside its end.

    Without ``troubles`` each life ends by a kill, and nothing else happens. ``in_chats``: the
    people are members of groups and channels, rather than in private chats; there too each life
    ends by a kill, with a right clock.
    """

    size: CampaignSize
    troubles: Sequence[Trouble] = ()
    in_chats: bool = False


class Campaign:
    """One run of a plan in a folder that is empty before."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan = plan
        self._folder = folder
        self._dice = random.Random(plan.size.seed)
        self._results = CampaignResults()
        self._mixed = bool(plan.troubles) and not plan.in_chats
        now = int(time.time())
        self._clock = Clock(now, _SPEED, now)
        self._crowd: Crowd
        if plan.in_chats:
            self._crowd = chat_members = ChatMembers(plan.size, folder, self._clock)
            self._chats = chat_members.chats
        else:
            self._crowd, self._chats = PrivateLearners(plan.size, folder), []
        self._targets: FaultTargets
        self._traffic: Traffic

    async def run(self) -> CampaignResults:
        """Run all rounds, and check what came of them. Raises CampaignError."""
        began = time.monotonic()
        async with AsyncExitStack() as stack:
            await self._set_up(stack)
            try:
                await self._live_all()
                await self._last_life()
            finally:
                for bot in [*BotProcess.started]:
                    await bot.kill()
            await self._check()
        self._results.seconds = time.monotonic() - began
        return self._results

    async def _set_up(self, stack: AsyncExitStack) -> None:
        server = SandboxServer(clock=self._clock)
        await server.start()
        stack.push_async_callback(server.stop)
        sandbox = await stack.enter_async_context(SandboxClient(server.url))
        wire = Wire(int(server.url.rpartition(":")[2]), self._dice)
        await wire.open()
        stack.push_async_callback(wire.close)
        await self._crowd.arrive(sandbox)
        database = self._folder / "bot.db"
        self._targets = FaultTargets(server, sandbox, wire, database, self._dice, self._chats)
        self._traffic = Traffic(sandbox)

    async def _live_all(self) -> None:
        enough = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._crowd.live(enough))
            for number in range(self._plan.size.rounds):
                await self._traffic.read()
                await self._crowd.before_life(self._targets.database)
                bot = await self._begin()
                if self._plan.in_chats and not number:
                    # By chance all lives may end before any chat is asked something.
                    await self._until_asked(bot)
                await self._live(bot)
                await self._end(bot)
            enough.set()

    async def _begin(self) -> BotProcess:
        error = 0
        if self._mixed:
            error = self._dice.choice(_CLOCKS)
            self._results.troubles["wrong_clock"] += bool(error)
        return await self._start(self._targets.wire.url, error)

    async def _start(self, url: str, error: int = 0) -> BotProcess:
        """A bot whose clock is wrong by so many seconds."""
        shown = datetime.fromtimestamp(self._clock.start + error, UTC)
        return await BotProcess.start(
            url,
            self._folder,
            MORNING_REPORT_CLOCK=f"{shown:%Y-%m-%dT%H:%M:%S}x{_SPEED}@{self._clock.epoch}",
            MORNING_REPORT_CONTENT=str(self._crowd.content),
            MORNING_REPORT_SHIPPED_CASES="off",
        )

    async def _live(self, bot: BotProcess) -> None:
        """A life's length: mostly well into the work, sometimes only into the start."""
        dice, troubles = self._dice, self._plan.troubles
        match dice.randrange(10):
            case 0:
                await asyncio.sleep(dice.uniform(0.3, 1.5))
            case 1:
                await self._spoken(bot, "getMe")
                await asyncio.sleep(dice.uniform(0, 0.05))
            case _ if troubles:
                await self._at_work(bot)
                chosen = dice.sample(troubles, dice.randint(1, 3))
                self._results.troubles.update(trouble.__name__ for trouble in chosen)
                stay = [self._targets.moment(3)] if dice.random() < 0.5 else []
                # The end of a life may come in the middle of its troubles, or after them.
                under_way = [trouble(self._targets, bot.pid) for trouble in chosen]
                await asyncio.gather(*under_way, *stay)
            case _:
                await self._at_work(bot)
                await asyncio.sleep(dice.uniform(0, 0.8))

    async def _end(self, bot: BotProcess) -> None:
        if not bot.alive:
            code, output = await bot.finished()
            raise CampaignError(f"the bot ended by itself, with {code}:\n{output}")
        if self._mixed and self._dice.random() < 0.25:
            code, output = await bot.end()
            self._results.ends += 1
            if code:
                raise CampaignError(f"asked to end, the bot said {code}:\n{output}")
            return
        await bot.kill()
        self._results.kills += 1
        if self._mixed and self._dice.random() < 0.3:
            tear(self._targets.database, self._dice)
            self._results.torn += 1

    async def _at_work(self, bot: BotProcess) -> None:
        """Wait until this life works: a copy that starts may first look about for another."""

        async def works() -> bool:
            return not bot.alive or bot.has_said("_bot is at work")

        await until(works, _START_WITHIN_S)

    async def _until_asked(self, bot: BotProcess) -> None:
        """Wait until a question stands in some chat."""
        sql = "SELECT count(*) FROM questions WHERE sent_at IS NOT NULL"

        async def asked() -> bool:
            return not bot.alive or query(self._targets.database, sql) != [(0,)]

        await self._at_work(bot)
        await until(asked, _START_WITHIN_S)

    async def _spoken(self, bot: BotProcess, method: str) -> None:
        """Wait until this life has called a method, or has ended by itself."""

        async def called() -> bool:
            return not bot.alive or await self._traffic.spoken(method)

        await until(called, _START_WITHIN_S)

    async def _last_life(self) -> None:
        """All is well again: what is unfinished is finished."""
        await self._targets.sandbox.clear_faults()
        bot = await self._start(self._targets.server.url)
        await self._at_work(bot)
        await until(self._quiet, _QUIET_WITHIN_S)
        code, output = await bot.end()
        if code:
            raise CampaignError(f"the last life ended with {code}:\n{output}")
        await self._traffic.read()

    async def _quiet(self) -> bool:
        """Whether nothing waits anywhere, and everybody saw all that came of it."""
        waiting = unfinished(self._targets.database) + len(self._targets.server._world.updates)
        # Who looks only now has seen all that was sent when nothing was waiting any more.
        return await self._crowd.finished() and not waiting

    async def _check(self) -> None:
        results, database = self._results, self._targets.database
        results.cuts = self._targets.wire.cuts
        await self._crowd.check(database, self._traffic, results)
        results.numbers["calls of the Bot API"] = self._traffic.calls
        sql = "SELECT count(*) FROM set_aside"
        ((results.wrong["updates set aside"],),) = query(database, sql)
        ((results.integrity,),) = query(database, "PRAGMA integrity_check")
