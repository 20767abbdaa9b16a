"""Many short lives of one bot, with people at it all the time and trouble in each."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct, field

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from content.library import load_library
from tests.soak.campaign_checks import Traffic, extras, recorded, unfinished, voted
from tests.soak.faults import Stage, Trouble
from tests.support.bot import BotProcess
from tests.support.crowd import CASES, Learner, write_cases
from tests.support.database import query
from tests.support.sandbox import SandboxClient
from tests.support.trouble import until
from tests.support.wal import tear
from tests.support.wire import Wire

_SPEED = 5  # of the clock, by which sending keeps its pace
_START_WITHIN = 30.0  # seconds for a bot to say its first word
_QUIET_WITHIN = 180.0  # seconds for all that is owed after the last life
_CLOCKS = (0, 0, 0, -3600, 3600, -20, 20)
"""By how many seconds the system's clock is wrong in a life."""
_ROUNDS_PER_CASE = 3  # so that people have something to ask for all the time


class CampaignError(AssertionError):
    """A promise was not kept; the message says which, and what the bot printed."""


class Plan(Struct):
    """How many lives, amid how many people, and what may happen in each beside its end.

    Without ``troubles`` each life ends by a kill, and nothing else happens.
    """

    rounds: int
    people: int
    seed: int
    troubles: Sequence[Trouble] = ()


class CampaignResults(Struct):
    """What a campaign came to."""

    seconds: float = 0.0
    kills: int = 0
    ends: int = 0
    torn: int = 0
    cuts: int = 0
    calls: int = 0
    votes: int = 0
    lost: int = 0
    doubled: int = 0
    extra: int = 0
    most_extra_in_a_life: int = 0
    unexplained_extra: int = 0
    set_aside: int = 0
    integrity: str = ""
    troubles: Counter[str] = field(default_factory=Counter)

    @property
    def every_promise_kept(self) -> bool:
        """Whether every promise was kept."""
        wrong = self.lost + self.doubled + self.unexplained_extra + self.set_aside
        return not wrong and self.integrity == "ok"

    def figures(self, plan: Plan) -> dict[str, object]:
        """For the table of results."""
        mixed = {
            f"rounds with {name.replace('_', ' ')}": n for name, n in self.troubles.items() if n
        }
        return {
            "rounds": plan.rounds,
            "people": plan.people,
            "kills": self.kills,
            "orderly ends": self.ends,
            **({"logs torn after a kill": self.torn} if plan.troubles else {}),
            **dict(sorted(mixed.items())),
            **({"connections reset": self.cuts} if plan.troubles else {}),
            "calls of the Bot API": self.calls,
            "votes": self.votes,
            "votes lost": self.lost,
            "votes doubled": self.doubled,
            "messages sent again": self.extra,
            "most of them to one person in one life": self.most_extra_in_a_life,
            "messages sent again for no reason": self.unexplained_extra,
            "updates set aside": self.set_aside,
            "integrity": self.integrity,
            "seed": plan.seed,
            "seconds": round(self.seconds),
        }


class Campaign:
    """One run of a plan in a folder that is empty before."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan = plan
        self._folder = folder
        self._dice = random.Random(plan.seed)
        self._results = CampaignResults()
        now = int(time.time())
        self._clock = Clock(now, _SPEED, now)
        self._content = write_cases(folder / "cases", CASES + plan.rounds // _ROUNDS_PER_CASE)
        self._stage: Stage
        self._traffic: Traffic
        self._crowd: list[Learner]

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
        self._stage = Stage(server, sandbox, wire, self._folder / "bot.db", self._dice)
        self._traffic = Traffic(sandbox)
        wants = CASES + self._plan.rounds // _ROUNDS_PER_CASE
        self._crowd = [
            Learner(
                await sandbox.person(f"Learner {n}", language_code="en"),
                random.Random(n + self._plan.seed),
                wants,
            )
            for n in range(self._plan.people)
        ]

    async def _live_all(self) -> None:
        enough = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            for learner in self._crowd:
                tasks.create_task(learner.live(enough))
            for _ in range(self._plan.rounds):
                await self._traffic.read()
                bot = await self._begin()
                await self._live(bot)
                await self._end(bot)
            enough.set()

    async def _begin(self) -> BotProcess:
        error = self._dice.choice(_CLOCKS) if self._plan.troubles else 0
        self._results.troubles["wrong_clock"] += bool(error)
        return await self._start(self._stage.wire.url, error)

    async def _start(self, url: str, error: int = 0) -> BotProcess:
        """A bot whose clock is wrong by so many seconds."""
        shown = datetime.fromtimestamp(self._clock.start + error, UTC)
        return await BotProcess.start(
            url,
            self._folder,
            MORNING_REPORT_CLOCK=f"{shown:%Y-%m-%dT%H:%M:%S}x{_SPEED}@{self._clock.epoch}",
            MORNING_REPORT_CONTENT=str(self._content),
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
                stay = [self._stage.moment(3)] if dice.random() < 0.5 else []
                # The end of a life may come in the middle of its troubles, or after them.
                under_way = [trouble(self._stage, bot.pid) for trouble in chosen]
                await asyncio.gather(*under_way, *stay)
            case _:
                await self._at_work(bot)
                await asyncio.sleep(dice.uniform(0, 0.8))

    async def _end(self, bot: BotProcess) -> None:
        if not bot.alive:
            code, output = await bot.finished()
            raise CampaignError(f"the bot ended by itself, with {code}:\n{output}")
        if self._plan.troubles and self._dice.random() < 0.25:
            code, output = await bot.end()
            self._results.ends += 1
            if code:
                raise CampaignError(f"asked to end, the bot said {code}:\n{output}")
            return
        await bot.kill()
        self._results.kills += 1
        if self._plan.troubles and self._dice.random() < 0.3:
            tear(self._stage.database, self._dice)
            self._results.torn += 1

    async def _at_work(self, bot: BotProcess) -> None:
        """Wait until this life asks for updates.

        The last life's question is noted when it is hung up on: hence not before this one's getMe.
        """
        await self._spoken(bot, "getMe")
        await self._traffic.read()
        await self._spoken(bot, "getUpdates")

    async def _spoken(self, bot: BotProcess, method: str) -> None:
        """Wait until this life has called a method, or has ended by itself."""

        async def called() -> bool:
            return not bot.alive or await self._traffic.spoken(method)

        await until(called, _START_WITHIN)

    async def _last_life(self) -> None:
        """All is well again: what is unfinished is finished."""
        await self._stage.sandbox.clear_faults()
        await self._traffic.read()
        bot = await self._start(self._stage.server.url)
        await self._spoken(bot, "getUpdates")
        await until(self._quiet, _QUIET_WITHIN)
        code, output = await bot.end()
        if code:
            raise CampaignError(f"the last life ended with {code}:\n{output}")
        await self._traffic.read()

    async def _quiet(self) -> bool:
        """Whether every question that came is answered, every vote explained, nothing owed."""
        waiting = unfinished(self._stage.database) + len(self._stage.server._world.updates)
        for learner in self._crowd:
            await learner.finish()  # sees all that was sent when nothing was waiting any more
        return not waiting and not any(learner.unexplained() for learner in self._crowd)

    async def _check(self) -> None:
        results, database = self._results, self._stage.database
        said, kept = voted(self._crowd), recorded(database, load_library(self._content))
        results.votes = said.total()
        results.lost = (said - kept).total()
        results.doubled = (kept - said).total()
        results.cuts = self._stage.wire.cuts
        results.calls = self._traffic.calls
        for learner in self._crowd:
            again = extras(learner, self._traffic.lives)
            results.extra += again.total()
            results.most_extra_in_a_life = max(results.most_extra_in_a_life, *again.values(), 0)
            reasons = results.kills + self._traffic.lost[learner.person.id] + results.cuts
            results.unexplained_extra += max(0, again.total() - reasons)
        ((results.set_aside,),) = query(database, "SELECT count(*) FROM set_aside")
        ((results.integrity,),) = query(database, "PRAGMA integrity_check")
