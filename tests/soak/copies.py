"""A second copy of the bot, started again and again beside the one at work, which is killed too.

``python -m tests.soak.copies`` tries each kind of second copy beside 1, 3 and 10 votes a second,
and writes its numbers into RESULTS.md. Seconds are the clock's, which runs fast.
"""

import argparse
import asyncio
import random
import shutil
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from msgspec import Struct, field

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from tests.soak import results
from tests.support.bot import BotProcess
from tests.support.crowd import write_cases
from tests.support.database import query
from tests.support.sandbox import Chat, Message, Person, SandboxClient
from tests.support.seeing import is_poll
from tests.support.trouble import until

RATES = (1, 3, 10)
_SPEED = 2
_AGAIN_S = 15  # between the end of a second copy and the start of the next
_WORKS_S = (5, 20)  # the first copy, until it is killed
_DOWN_S = (0, 8)  # until it is started again
_STARTS_WITHIN_S = 30.0  # the system's seconds
_ENDED = 75
_DRAINED_WITHIN_S = 60.0  # the system's seconds


class SecondCopyKind(StrEnum):
    """What the second copy is, and what the first is beside it."""

    EMPTY = "an empty database"
    COPIED = "a copied database"
    WEBHOOK = "an empty database, by webhook"
    BESIDE_WEBHOOK = "an empty database, beside a webhook"


class Plan(Struct, frozen=True):
    """One second copy beside so many votes a second, for so many seconds."""

    kind: SecondCopyKind
    rate: int
    seconds: int
    seed: int


class Books(Struct):
    """What it came to. ``codes`` are the exit codes of second copies that ended by themselves."""

    kills: int = 0
    lives: int = 0
    codes: Counter[int] = field(default_factory=Counter)
    votes: int = 0
    lost: int = 0
    doubled: int = 0
    misplaced: int = 0
    refusals: int = 0
    longest_s: float = 0.0

    @property
    def balanced(self) -> bool:
        """Whether every vote is where it belongs, and no second copy ended for another reason."""
        return not (self.lost or self.doubled or self.misplaced or {*self.codes} - {_ENDED})

    def __str__(self) -> str:
        ended = ", ".join(f"{count} with {code}" for code, count in sorted(self.codes.items()))
        return (
            f"{self.votes} votes, {self.lost} lost, {self.doubled} doubled, {self.misplaced} in the"
            f" wrong database, the longest {self.longest_s:.0f} s until it was on record;"
            f" {self.kills} kills of the copy at work; {self.lives} second copies, ended: {ended};"
            f" {self.refusals} times 409"
        )


class CopiesError(AssertionError):
    """The copy at work ended by itself; the message is what it printed."""


class Contest:
    """One run of a plan in a folder that is empty before."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan = plan
        self._folder = folder
        self._dice = random.Random(plan.seed)
        self._books = Books()
        now = int(time.time())
        self._clock = Clock(now, _SPEED, now)
        self._first = folder / "bot.db"
        self._second = folder / "second" / "bot.db"
        self._content = write_cases(folder / "cases")
        self._webhook = _free_address()
        self._cast: dict[int, int] = {}  # when each voter voted, in ms

    async def run(self) -> Books:
        """Let them all live for as long as the plan has it. Raises CopiesError."""
        async with AsyncExitStack() as stack:
            server = SandboxServer(clock=self._clock)
            await server.start()
            stack.push_async_callback(server.stop)
            sandbox = await stack.enter_async_context(SandboxClient(server.url))
            try:
                await self._live(server, sandbox)
            finally:
                for bot in [*BotProcess.started]:
                    await bot.kill()
            calls = await sandbox.traffic(method="getUpdates", polling=True)
            self._books.refusals = sum(call["status"] == 409 for call in calls)
        self._balance()
        return self._books

    async def _live(self, server: SandboxServer, sandbox: SandboxClient) -> None:
        first = await self._start_first(server.url)
        number = self._plan.rate * self._plan.seconds
        voters = [await sandbox.person(f"Voter {n}", language_code="en") for n in range(number)]
        group = await sandbox.chat("supergroup", "Ward 3", members=voters, admins=voters[:1])
        asked = await group.send(voters[0], "/case")
        poll = await group.wait_for(voters[0], is_poll, after=asked["message_id"])
        self._second.parent.mkdir()
        if self._plan.kind is SecondCopyKind.COPIED:
            for path in self._folder.glob("bot.db*"):
                if not path.name.endswith((".lock", "-shm")):
                    shutil.copy(path, self._second.parent)
        coming = asyncio.create_task(self._come(server.url))
        voting = asyncio.create_task(self._vote(group, voters, poll))
        while not voting.done():
            first = await self._go_on(first, server.url, voting)
        await voting
        await until(lambda: self._drained(server, first), _DRAINED_WITHIN_S)
        coming.cancel()
        code, output = await first.end()
        if code:
            raise CopiesError(f"the copy at work ended with {code}:\n{output}")

    async def _go_on(self, first: BotProcess, url: str, voting: asyncio.Task[None]) -> BotProcess:
        """A life of the copy at work, up to a kill or the last vote."""
        await until(lambda: self._works(first), _STARTS_WITHIN_S)
        await asyncio.wait({voting}, timeout=self._clock.real(self._dice.uniform(*_WORKS_S)))
        await self._works(first)
        if voting.done():
            return first
        await first.kill()
        self._books.kills += 1
        await self._clock.sleep(self._dice.uniform(*_DOWN_S))
        return await self._start_first(url)

    async def _start_first(self, url: str) -> BotProcess:
        by_webhook = self._plan.kind is SecondCopyKind.BESIDE_WEBHOOK
        return await self._start(url, self._first, by_webhook=by_webhook)

    async def _come(self, url: str) -> None:
        """Newcomers, one after another."""
        by_webhook = self._plan.kind is SecondCopyKind.WEBHOOK
        while True:
            copy = await self._start(url, self._second, by_webhook=by_webhook)
            self._books.lives += 1
            code, _ = await copy.finished()
            self._books.codes[code] += 1
            await self._clock.sleep(_AGAIN_S)

    async def _start(self, url: str, database: Path, *, by_webhook: bool) -> BotProcess:
        start = datetime.fromtimestamp(self._clock.start, UTC)
        listen = {
            "MORNING_REPORT_WEBHOOK": f"http://{self._webhook}/telegram",
            "MORNING_REPORT_LISTEN": self._webhook,
        }
        return await BotProcess.start(
            url,
            database.parent,
            MORNING_REPORT_CLOCK=f"{start:%Y-%m-%dT%H:%M:%S}x{_SPEED}@{int(self._clock.epoch)}",
            MORNING_REPORT_CONTENT=str(self._content),
            MORNING_REPORT_SHIPPED_CASES="off",
            **(listen if by_webhook else {}),
        )

    async def _vote(self, group: Chat, voters: list[Person], poll: Message) -> None:
        """Everybody once, one after another, evenly."""
        begun = self._clock.monotonic()
        for place, voter in enumerate(voters):
            await self._clock.sleep(begun + place / self._plan.rate - self._clock.monotonic())
            self._cast[voter.id] = self._clock.now()
            await group.vote(voter, poll, [self._dice.randrange(3)])

    async def _works(self, first: BotProcess) -> bool:
        """Whether it has begun. Raises CopiesError where it has ended by itself."""
        if not first.alive:
            raise CopiesError(str(await first.finished()))
        return first.has_said("_bot is at work")

    async def _drained(self, server: SandboxServer, first: BotProcess) -> bool:
        return await self._works(first) and not len(server._world.updates)

    def _balance(self) -> None:
        books = self._books
        rows = query(self._first, "SELECT person_id, answered_at FROM answers")
        on_record = Counter(person_id for person_id, _ in rows)
        books.votes = len(self._cast)
        books.lost = len({*self._cast} - {*on_record})
        books.doubled = on_record.total() - len(on_record)
        waits = [at - self._cast[person_id] for person_id, at in rows]
        books.longest_s = max(waits, default=0) / 1000
        if self._second.exists():
            for table in ("answers", "parked_answers", "set_aside"):
                ((count,),) = query(self._second, f"SELECT count(*) FROM {table}")
                books.misplaced += count


def _free_address() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


@asynccontextmanager
async def _folder() -> AsyncIterator[Path]:
    with tempfile.TemporaryDirectory(prefix="copies-") as folder:
        yield Path(folder)


async def _try(plan: Plan) -> Books:
    async with _folder() as folder:
        return await Contest(plan, folder).run()


def main() -> int:
    """Try what the arguments ask for; 1 where a promise was not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.copies", description=__doc__)
    parser.add_argument("--seconds", type=int, default=120, help="of the clock, for each")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 2**32)
    parser.add_argument(
        "--only", choices=[each.name for each in SecondCopyKind], help="this kind of second copy"
    )
    parser.add_argument("--dry", action="store_true", help="write nothing into RESULTS.md")
    asked = parser.parse_args()
    kept = True
    for kind in SecondCopyKind:
        if asked.only in (None, kind.name):
            kept &= _beside_votes(kind, asked)
    return 0 if kept else 1


def _beside_votes(kind: SecondCopyKind, asked: argparse.Namespace) -> bool:
    """Try a second copy at each rate of votes; whether the promises were kept."""
    numbers: dict[str, object] = {}
    kept = True
    for rate in RATES:
        books = asyncio.run(_try(Plan(kind, rate, asked.seconds, asked.seed)))
        kept &= books.balanced
        numbers[f"{rate} votes a second"] = books
        sys.stdout.write(f"{kind}, {rate} votes a second: {books}\n")
        sys.stdout.flush()
    if not asked.dry:
        told = f"--seconds {asked.seconds} --seed {asked.seed} --only {kind.name}"
        command = f"python -m tests.soak.copies {told}"
        results.write(f"A second copy: {kind}", command, numbers)
    return kept


if __name__ == "__main__":
    sys.exit(main())
