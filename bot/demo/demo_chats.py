"""The demonstration's people and chats, set up as their administrator would have."""

import asyncio

from msgspec import Struct

from bot.base.time_units import MINUTE_MS
from bot.demo.live_room import GREETING, RESIDENTS, ROOM
from bot.demo.sandbox_client import Sandbox
from bot.demo.teaching import STUDENTS, DemoCohort, teaching
from bot.demo.three_months import three_months
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.scheduling.timetable import EVERY_DAY, Timetable, due_after
from bot.scheduling.wall_time import DAY_MINUTES
from bot.settings import Settings
from content.library import Library
from storage.chat_facts import ChatJoined, ChatSet
from storage.facts import Fact
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.store import Store

YOU = {"first_name": "Robin"}
# Invented people.
MEMBERS = (
    {"first_name": "Amara", "language_code": "en"},
    {"first_name": "Bruno", "language_code": "pt"},
    {"first_name": "Chiara", "language_code": "it"},
    {"first_name": "Daniel", "language_code": "de"},
    {"first_name": "Elif", "language_code": "tr"},
    {"first_name": "Farid", "language_code": "fr"},
)
GROUP, CHANNEL = "Morning rounds", "Case of the day"
_COHORT = 1
_START_MS = 3_000  # ms that the bot needs to be at work
_OPEN_FOR_S = 75  # seconds, so that a newcomer sees a poll close


class DemoChats(Struct, frozen=True):
    """Who is there; ``you`` administers the chats, teaches a cohort, and has practised before.

    ``residents`` wait for a live round, in a room of their own.
    """

    you: int
    members: tuple[int, ...]
    residents: tuple[int, ...]
    group: int
    channel: int


async def make_chats(sandbox: Sandbox, settings: Settings, library: Library) -> DemoChats:
    """Make people and chats.

    A case is scheduled in the channel for the next full minute, and in the group for when the first
    one there, which a member asks for at once, has closed.
    """
    you = await sandbox.person(**YOU)
    members = tuple([await sandbox.person(**who) for who in MEMBERS])
    students = [await sandbox.person(first_name=name) for name, _ in STUDENTS]
    for student in students:  # to whom the bot may write from then on
        await sandbox.say(student, "/start")
    residents = tuple([await sandbox.person(first_name=name) for name in RESIDENTS])
    room = await sandbox.chat("group", ROOM, residents, you, bot="none")
    await sandbox.say(residents[0], GREETING, room)
    group = await sandbox.chat("supergroup", GROUP, members, you)
    channel = await sandbox.chat("channel", CHANNEL, members, you)
    now = settings.clock.now()
    later = _every_day_from(now + (_OPEN_FOR_S + 30) * 1000)
    rounds = ChatSettings(open_for=_OPEN_FOR_S, leaderboard=True, timetable=later, language="en")
    soon = _every_day_from(now + _START_MS)
    daily = ChatSettings(
        layout=Layout.BUTTONS, open_for=2 * _OPEN_FOR_S, timetable=soon, language="en"
    )
    facts = [
        *_set_up(ChatJoined(group, "supergroup", GROUP, rounds.to_json(), you, now), rounds),
        *_set_up(ChatJoined(channel, "channel", CHANNEL, daily.to_json(), you, now), daily),
    ]
    store = await Store.open(settings.database, now)
    try:
        await store.ledger.commit([Entry(Outcome(tuple(facts)))], now)
        cohort = DemoCohort(_COHORT, you, students)
        for past in await asyncio.to_thread(_past, library, cohort, now):
            await store.ledger.commit([Entry(Outcome(past))], now)
    finally:
        await store.close()
    return DemoChats(you, members, residents, group, channel)


def _past(library: Library, cohort: DemoCohort, now: int) -> list[tuple[Fact, ...]]:
    """So that there is something to review, progress to look at, and a cohort to report on."""
    practised = three_months(library, cohort.educator, now)
    return [practised, *teaching(library, cohort, YOU["first_name"], now)]


def _every_day_from(at: int) -> Timetable:
    """Every day, first at the full minute after ``at``, UTC milliseconds."""
    return Timetable(EVERY_DAY, (at // MINUTE_MS + 1) % DAY_MINUTES, "UTC")


def _set_up(joined: ChatJoined, chosen: ChatSettings) -> tuple[ChatJoined, ChatSet]:
    due = None if chosen.timetable is None else due_after(chosen.timetable, joined.added_at)
    return joined, ChatSet(joined.chat_id, joined.settings, due, None)
