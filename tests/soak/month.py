"""A month of a group, a forum topic, a channel and their people, in accelerated time.

``python -m tests.soak.month`` lives it, checks what was said for order and wording, and writes its
numbers into RESULTS.md; ``--transcript FILE`` keeps all that was said, for somebody to read.
"""

import argparse
import asyncio
import random
import sys
import time
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.sandbox.server import SandboxServer
from bot.scheduling.timetable import EVERY_DAY, Timetable, Weekday, due_after
from bot.scheduling.wall_time import instant
from content.library import SHIPPED, load_library
from tests.soak.day_checks import BrokenPromiseError, told, unfinished
from tests.soak.month_checks import Planned, check_month
from tests.soak.month_people import Diligence, MonthPerson
from tests.soak.transcript import Transcript
from tests.support.bot import BotProcess, settings_for
from tests.support.chats import set_up_chats
from tests.support.sandbox import Chat, SandboxClient
from tests.support.stepped_clock import SteppedClock
from tests.support.trouble import until

ZONE = "Europe/Berlin"
FIRST = date(2026, 3, 2)
"""A Monday; clocks are put forward on the 29th."""
SPEED = 480
_WORKDAYS = frozenset(set(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY})
_WINDOWS = ((7 * 60 + 10, 90), (17 * 60 + 45, 25))
"""The hours that are lived: minutes after midnight, and how many; the others are left out."""
_SETTINGS = ChatSettings(leaderboard=True, digest=True, language="en", zone=ZONE)
_PEOPLE = {
    "Ada": Diligence(0.95, 0.97, 0.45, 0.6),
    "Ben": Diligence(0.3, 0.12, 0.0, 0.1),
    "Dora": Diligence(0.6),
    "Eli": Diligence(),
    "Femi": Diligence(),
    "Grace": Diligence(0.85),
    "Hugo": Diligence(0.5),
}
"""Ada is busy, Ben is lazy, and Dora directs."""
_SAID: dict[tuple[int, int], tuple[str, str, str]] = {
    (0, 0): ("Ada", "private", "/daily berlin 07:45"),
    (0, 1): ("Ben", "private", "/daily weekdays 07:45 berlin"),
    (4, 0): ("Eli", "group", "/leaderboard"),
    (7, 1): ("Dora", "group", "/results"),
    (9, 1): ("Dora", "group", "/settings skip"),
    (12, 1): ("Ben", "private", "/daily on"),
    (15, 0): ("Grace", "group", "/leaderboard"),
    (16, 1): ("Dora", "group", "/settings pause"),
    (17, 1): ("Dora", "group", "/settings resume"),
    (19, 1): ("Ada", "private", "/saved"),
    (20, 1): ("Ada", "private", "next"),
    (23, 1): ("Ben", "private", "/case"),
}
"""By day and window: who says what, and where."""
_PASSED = 2
"""Due times that Dora so passes over: by skipping one, and by a pause over the next."""


class Plan(Struct, frozen=True):
    """How many days, and the dice; ``speed`` is the clock's."""

    days: int
    seed: int
    speed: float = SPEED


class Month:
    """The chats and people, and the bots that serve them one after the other."""

    def __init__(
        self, plan: Plan, server: SandboxServer, clock: SteppedClock, folder: Path
    ) -> None:
        self._plan, self._server, self._clock, self._folder = plan, server, clock, folder
        self._dice = random.Random(plan.seed)
        self.transcript = Transcript(server._world)
        self.chats: dict[str, Chat] = {}
        self.wishes: dict[int, ChatSettings] = {}
        self.people: dict[str, MonthPerson] = {}
        self.skips: list[tuple[int, int]] = []
        self.kills = self.ends = 0

    @property
    def database(self) -> Path:
        """Of all the bots."""
        return self._folder / "bot.db"

    async def set_up_chats(self, sandbox: SandboxClient) -> None:
        """Bring everybody together, and give the chats their schedules."""
        people = [await sandbox.person(name, language_code="en") for name in _PEOPLE]
        director = [one for one, name in zip(people, _PEOPLE, strict=True) if name == "Dora"]
        daily = Timetable(EVERY_DAY, 7 * 60 + 30, ZONE)
        workdays = Timetable(_WORKDAYS, 8 * 60 + 10, ZONE)
        for kind, title, changes in (
            ("group", "Internal medicine", {"timetable": daily}),
            ("forum", "Cardiology ward", {"timetable": workdays, "open_for": 9 * 3600 + 40 * 60}),
            ("channel", "Case of the day", {"timetable": daily, "layout": Layout.BUTTONS}),
        ):
            forum = kind == "forum"
            chat = await sandbox.chat(
                "channel" if kind == "channel" else "supergroup",
                title,
                members=people,
                admins=director,
                bot="administrator",
                is_forum=forum,
            )
            thread = await chat.topic("Cases") if forum else None
            wish = _settings(thread_id=thread, **changes)
            assert wish.timetable is not None
            due = due_after(wish.timetable, self._clock.now())
            settings = settings_for("", self._folder, clock=self._clock)
            await set_up_chats(settings, chat, wish, due=due)
            self.chats[kind], self.wishes[chat.id] = chat, wish
        chats = {chat.id: chat for chat in self.chats.values()}
        for person, (name, diligence) in zip(people, _PEOPLE.items(), strict=True):
            self.people[name] = MonthPerson(person, name, diligence, chats, self._dice)

    async def live(self, written: Path | None) -> None:
        """All days, the bot killed or ended after each of the hours that are lived.

        The transcript is ``written`` into a file every evening.
        """
        for day in range(self._plan.days):
            today = FIRST + timedelta(day)
            for number, (minute, length) in enumerate(_WINDOWS):
                begin = instant(today, minute, ZoneInfo(ZONE))
                self.skips.append((self._clock.now(), begin))
                self._clock.step_to(begin)
                await self._live_for(length * 60_000, _SAID.get((day, number)))
            sys.stdout.write(f"{today:%a %d %b}: {len(self.transcript.lines)} lines\n")
            sys.stdout.flush()
            if written is not None:
                text = self.transcript.readable(ZoneInfo(ZONE))
                await asyncio.to_thread(written.write_text, text, "utf-8")

    async def _live_for(self, length: int, saying: tuple[str, str, str] | None) -> None:
        bot = await self._start()
        end = self._clock.now() + length
        # One in four is killed amid the work as well.
        amid = self._clock.now() + (end - self._clock.now()) * self._dice.uniform(0.2, 0.5)
        killed = self._dice.random() < 0.75
        speaks = end - 12 * 60_000
        while self._clock.now() < end or unfinished(self.database).get("owed"):
            await asyncio.sleep(0.1)
            if not bot.alive:
                raise BrokenPromiseError(f"the bot ended: {await bot.finished()}")
            if not killed and self._clock.now() > amid:
                await bot.kill()
                self.kills, killed = self.kills + 1, True
                bot = await self._start()
            if saying and self._clock.now() > speaks:
                await self._say(*saying)
                saying = None
            for one in self.people.values():
                await one.look(self._server._world, self.transcript)
        if self._dice.random() < 0.5:
            await bot.kill()
            self.kills += 1
            return
        code, output = await bot.end()
        self.ends += 1
        if code or " ERROR " in output:
            raise BrokenPromiseError(f"exit code {code}:\n{output}")

    async def _say(self, name: str, where: str, text: str) -> None:
        person = self.people[name].person
        if where == "private":
            await person.send(text)
        else:
            await self.chats[where].send(person, text)

    async def _start(self) -> BotProcess:
        bot = await BotProcess.start(
            self._server.url, self._folder, MORNING_REPORT_CLOCK=self._clock.spec
        )

        async def at_work() -> bool:
            return bot.has_said("is at work")

        await until(at_work)
        return bot


def _settings(**changes: object) -> ChatSettings:
    known = {name: getattr(_SETTINGS, name) for name in ChatSettings.__struct_fields__}
    return ChatSettings(**(known | changes))


async def run_month(plan: Plan, transcript: Path | None, folder: Path) -> dict[str, object]:
    """Live the month; returns its numbers. Raises BrokenPromiseError, TimeoutError."""
    begun = time.monotonic()
    start = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC).timestamp()
    clock = SteppedClock(start, plan.speed, time.time())
    server = SandboxServer(clock=clock, limits=True)
    await server.start()
    month = Month(plan, server, clock, folder)
    try:
        async with SandboxClient(server.url) as sandbox:
            await month.set_up_chats(sandbox)
            await month.live(transcript)
    finally:
        for bot in list(BotProcess.started):
            await bot.kill()
        await server.stop()
    cases = load_library(SHIPPED).cases
    planned = Planned(month.wishes, cases, month.database, month.kills, month.skips, _PASSED)
    numbers = check_month(month.transcript, planned)
    return {
        "days": plan.days,
        "seconds": round(time.monotonic() - begun),
        "kills": month.kills,
        "orderly ends": month.ends,
        **numbers,
    }


def main() -> int:
    """Live the month that the arguments ask for; 1 where a promise was not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.month", description=__doc__)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 2**32)
    parser.add_argument("--transcript", type=Path, help="a file for all that was said")
    parser.add_argument("--dry", action="store_true", help="write nothing into RESULTS.md")
    asked = parser.parse_args()
    command = f"python -m tests.soak.month --days {asked.days} --seed {asked.seed}"
    run = partial(run_month, Plan(asked.days, asked.seed), asked.transcript)
    return told("A month", command, run, dry=asked.dry)


if __name__ == "__main__":
    sys.exit(main())
