"""What falls due by the clock, and who sees to it."""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from functools import partial

from msgspec import Struct

from bot.features.daily.send_daily import send_daily
from bot.features.posts.close_question import close
from bot.features.posts.post_case import Room, enter
from bot.features.posts.scheduled_case import keep_schedule
from bot.features.posts.show_tally import show_tally
from bot.features.results.weekly_digest import digest
from bot.services import Services
from storage.chat_facts import QuestionClosed, TallyShown
from storage.chats import Chat, PutQuestion
from storage.outcome import Outcome


class Horizon(Struct, frozen=True):
    """The present, UTC milliseconds. What people did before ``settled`` is all on record."""

    now: int
    settled: int


class Task(Struct, frozen=True):
    """One thing that is due. ``key`` is its own among all."""

    key: Hashable
    act: Callable[[], Awaitable[Outcome]]


class Duty(Struct, frozen=True):
    """A kind of thing that falls due; ``find`` gives the first so many, longest due first."""

    name: str
    find: Callable[[Services, Horizon, int], Awaitable[Sequence[Task]]]


async def _closings(services: Services, horizon: Horizon, limit: int) -> list[Task]:
    async def act(asked: PutQuestion) -> Outcome:
        room = await _room_of(services, asked)
        if room is None:
            return Outcome((QuestionClosed(asked.post_id, asked.position, horizon.now),))
        return await close(services, room, asked)

    due = await services.store.chats.closing(horizon.settled, limit)
    return [Task((asked.post_id, asked.position), partial(act, asked)) for asked in due]


async def _tallies(services: Services, horizon: Horizon, limit: int) -> list[Task]:
    async def act(asked: PutQuestion) -> Outcome:
        room = await _room_of(services, asked)
        if room is None:
            return Outcome((TallyShown(asked.post_id, asked.position),))
        return await show_tally(services, room, asked)

    due = await services.store.chats.tallies_due(horizon.now, limit)
    return [Task((asked.post_id, asked.position), partial(act, asked)) for asked in due]


async def _schedules(services: Services, horizon: Horizon, limit: int) -> list[Task]:
    async def act(chat: Chat) -> Outcome:
        return await keep_schedule(services, enter(services, chat))

    due = await services.store.chats.due(horizon.now, limit)
    return [Task((chat.id, chat.next_due), partial(act, chat)) for chat in due]


async def _digests(services: Services, horizon: Horizon, limit: int) -> list[Task]:
    async def act(chat: Chat) -> Outcome:
        return await digest(services, enter(services, chat))

    due = await services.store.chats.digests_due(horizon.now, limit)
    return [Task((chat.id, chat.digest_due), partial(act, chat)) for chat in due]


async def _dailies(services: Services, horizon: Horizon, limit: int) -> list[Task]:
    due = await services.store.chats.daily_due(horizon.now, limit)
    return [
        Task((kept.person_id, kept.next_due), partial(send_daily, services, kept)) for kept in due
    ]


async def _room_of(services: Services, asked: PutQuestion) -> Room | None:
    chat = await services.store.chats.get(asked.chat_id)
    return None if chat is None else enter(services, chat)


# What people have answered comes before what they are asked next.
DUTIES = (
    Duty("closing", _closings),
    Duty("tally", _tallies),
    Duty("schedule", _schedules),
    Duty("digest", _digests),
    Duty("daily", _dailies),
)
