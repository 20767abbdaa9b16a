"""Simulated groups in many time zones: who is in them, and what each has chosen for a day."""

import random
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.base.clock import Clock
from bot.base.time_units import MINUTE_MS
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.sandbox import groups
from bot.sandbox.membership import Status, standing
from bot.sandbox.model import ChatType
from bot.sandbox.world import World
from bot.scheduling.daily_plan import DailyPlan
from bot.scheduling.timetable import EVERY_DAY, Timetable, Weekday, due_after
from bot.scheduling.wall_time import DAY_MINUTES, wall
from storage.chat_facts import ChatJoined, ChatSet, DailySet
from storage.facts import PersonMet
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.store import Store
from tests.soak.simulated_members import Group, SimulatedMembers

ZONES = (
    "Pacific/Kiritimati",
    "Pacific/Auckland",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Africa/Nairobi",
    "Africa/Cairo",
    "Europe/Berlin",
    "Europe/London",
    "Atlantic/Azores",
    "America/Nuuk",
    "America/St_Johns",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "Pacific/Marquesas",
    "Pacific/Pago_Pago",
)
_AT_ONCE = 500  # facts in one commit


class Size(Struct, frozen=True):
    """How many there are; ``daily`` of the learners want a case of their own as well."""

    groups: int = 300
    learners: int = 20_000
    daily: int = 5_000
    hours: int = 24


class SimulatedGroups:
    """Everybody, with one case due for each group and each who wants one of their own.

    The day begins at ``start`` (UTC ms). ``daily`` maps such a person to their plan, and to when
    their case is due.
    """

    def __init__(self, world: World, clock: Clock, size: Size, start: int, seed: int) -> None:
        self._world, self._size, self._start = world, size, start
        self._dice = random.Random(seed)
        people = [
            world.add_person(f"Learner {n}", language_code="en") for n in range(size.learners)
        ]
        self.groups = {
            group.chat.id: group
            for group in (
                self._group(n, [one.id for one in people[n :: size.groups]])
                for n in range(size.groups)
            )
        }
        self.daily = {
            person.id: self._plan(ZONES[n % len(ZONES)])
            for n, person in enumerate(self._dice.sample(people, size.daily))
        }
        for person_id in self.daily:
            world.chats[person_id].started = True
        self.members = SimulatedMembers(world, clock, self._dice, self.groups)

    def _group(self, number: int, members: list[int]) -> Group:
        chat = self._world.add_chat(ChatType.SUPERGROUP, f"Ward {number}")
        groups.settle(self._world, chat, members[1:], members[:1])
        chat.bot = standing(Status.MEMBER, {}, channel=False)
        timetable, due = self._one_time(ZONES[number % len(ZONES)])
        settings = ChatSettings(
            layout=Layout.BUTTONS if number % 5 == 0 else Layout.POLL,
            open_for=self._dice.choice((60, 60, 120)) * 60,
            timetable=timetable,
            zone=timetable.zone,
            language="en",
        )
        return Group(chat, settings, members, due)

    def _one_time(self, zone: str) -> tuple[Timetable, int]:
        """A timetable with just one due time within the day, and that."""
        at = self._start + self._dice.randrange(self._size.hours * 60) * MINUTE_MS
        shown = wall(at, ZoneInfo(zone))
        minute = shown.hour * 60 + shown.minute
        # One in ten wants a time of which some zone's clocks have none, or two, that day.
        if self._dice.random() < 0.1 and self._size.hours >= 24:
            minute = self._dice.randrange(DAY_MINUTES // 15) * 15
        due = due_after(Timetable(EVERY_DAY, minute, zone), self._start - 1)
        assert due is not None
        day = wall(due, ZoneInfo(zone)).date()
        once = Timetable(EVERY_DAY, minute, zone, day, day)
        # A time that the clocks push over midnight belongs to the day before: another, then.
        return (once, due) if due_after(once, self._start - 1) == due else self._one_time(zone)

    def _plan(self, zone: str) -> tuple[DailyPlan, int]:
        timetable, due = self._one_time(zone)
        weekday = Weekday(wall(due, ZoneInfo(zone)).weekday())
        return DailyPlan(Timetable(frozenset({weekday}), timetable.time, zone)), due

    async def put_on_record(self, database: Path) -> None:
        """Put on record what everybody has chosen before the day; no bot is at work yet."""
        store = await Store.open(database, self._start)
        facts = [*map(self._joined, self.groups.values()), *self._daily_plans()]
        try:
            for begin in range(0, len(facts), _AT_ONCE):
                entries = [Entry(each) for each in facts[begin : begin + _AT_ONCE]]
                await store.ledger.commit(entries, self._start)
        finally:
            await store.close()

    def _joined(self, group: Group) -> Outcome:
        chat, document = group.chat, group.settings.to_json()
        joined = ChatJoined(
            chat.id, chat.type, chat.title or "", document, group.members[0], self._start
        )
        return Outcome((joined, ChatSet(chat.id, document, group.due, None)))

    def _daily_plans(self) -> list[Outcome]:
        return [
            Outcome(
                (
                    PersonMet(person_id, "en", self._start),
                    DailySet(person_id, plan.timetable.to_json(), plan.quiet_json(), due),
                )
            )
            for person_id, (plan, due) in self.daily.items()
        ]

    @property
    def last_due(self) -> int:
        """When the last case of the day is due, UTC ms."""
        return max(
            *(group.due for group in self.groups.values()),
            *(due for _, due in self.daily.values()),
        )
