"""What falls due by the clock, and who sees to it."""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from functools import partial

from msgspec import Struct

from bot.features.assignments.close import close as close_assignment
from bot.features.assignments.drop_case import drop_case, gone_cases
from bot.features.assignments.give import give
from bot.features.assignments.tell_members import tell_member
from bot.features.cohorts.close_cohort import close as close_cohort
from bot.features.daily.send_daily import send_daily
from bot.features.items.open_item_card import flagged_items, open_for_flags
from bot.features.live.end_round import end_unpresented
from bot.features.live.presenter_panel import show_panel
from bot.features.live.record_live_answers import record_live_answers
from bot.features.posts.close_question import close
from bot.features.posts.scheduled_case import post_scheduled_case
from bot.features.posts.show_tally import show_tally
from bot.features.posts.tell_untold_results import tell_again
from bot.features.privacy.take_name_out import take_name_out
from bot.features.reports.cohort_report import weekly_report
from bot.features.results.weekly_digest import digest
from bot.features.shared.served_chat import ServedChat, served_chat
from bot.features.sittings.hand_in import explain_sealed, overtaken, time_up, warn
from bot.features.writing.own_drafts import end_idle, warn_of_end
from bot.services import Services
from content.snapshot import Snapshot
from storage.assignment_facts import AssignmentOpened
from storage.chats import Chat
from storage.namings import NamingMessage
from storage.outcome import NOTHING, Outcome
from storage.question_facts import QuestionClosed, TallyShown
from storage.questions import PutQuestion

_FEW = 5


class AsOf(Struct, frozen=True):
    """The present, UTC milliseconds. What people did before ``settled`` is all on record."""

    now: int
    settled: int


class DueTask(Struct, frozen=True):
    """One thing that is due. ``key`` is its own among all."""

    key: Hashable
    act: Callable[[], Awaitable[Outcome]]


class DueJob(Struct, frozen=True):
    """A kind of thing that falls due; ``find`` gives the first so many, longest due first."""

    name: str
    find: Callable[[Services, AsOf, int], Awaitable[Sequence[DueTask]]]


async def _closings(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    async def act(asked: PutQuestion) -> Outcome:
        served = await _served_chat_of(services, asked)
        if served is None:
            return Outcome((QuestionClosed(asked.post_id, asked.position, as_of.now),))
        return await close(services, served, asked)

    due = await services.store.questions.closing(as_of.settled, limit)
    return [DueTask((asked.post_id, asked.position), partial(act, asked)) for asked in due]


async def _untold(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    async def act(chat_id: int, thread_id: int | None) -> Outcome:
        chat = await services.store.chats.get(chat_id)
        if chat is None:
            return NOTHING
        return await tell_again(services, served_chat(services, chat), thread_id)

    due = await services.store.questions.telling_due(as_of.now, limit)
    return [DueTask(where, partial(act, *where)) for where in due]


async def _tallies(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    async def act(asked: PutQuestion) -> Outcome:
        served = await _served_chat_of(services, asked)
        if served is None:
            return Outcome((TallyShown(asked.post_id, asked.position),))
        return await show_tally(services, served, asked)

    due = await services.store.questions.tallies_due(as_of.now, limit)
    return [DueTask((asked.post_id, asked.position), partial(act, asked)) for asked in due]


async def _names(services: Services, _as_of: AsOf, limit: int) -> list[DueTask]:
    async def act(posted: NamingMessage) -> Outcome:
        return take_name_out(posted)

    due = await services.store.namings.due(limit)
    return [DueTask((posted.chat_id, posted.message_id), partial(act, posted)) for posted in due]


async def _schedules(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    async def act(chat: Chat) -> Outcome:
        return await post_scheduled_case(services, served_chat(services, chat))

    due = await services.store.chats.due(as_of.now, limit)
    return [DueTask((chat.id, chat.next_due), partial(act, chat)) for chat in due]


async def _digests(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    async def act(chat: Chat) -> Outcome:
        return await digest(services, served_chat(services, chat))

    due = await services.store.chats.digests_due(as_of.now, limit)
    return [DueTask((chat.id, chat.digest_due), partial(act, chat)) for chat in due]


async def _reports(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    due = await services.store.cohorts.reports_due(as_of.now, limit)
    return [DueTask((one.id, one.report_due), partial(weekly_report, services, one)) for one in due]


async def _dailies(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    due = await services.store.chats.daily_due(as_of.now, limit)
    return [
        DueTask((kept.person_id, kept.next_due), partial(send_daily, services, kept))
        for kept in due
    ]


async def _hand_ins(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    due = await services.store.sittings.overdue(as_of.settled, limit)
    return [DueTask((one.id, one.deadline), partial(time_up, services, one)) for one in due]


async def _hand_in_warnings(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    due = await services.store.sittings.to_warn(as_of.now, limit)
    return [DueTask((one.id, one.deadline), partial(warn, services, one)) for one in due]


async def _overtaken(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    due = await services.store.sittings.overtaken(as_of.settled, limit)
    return [DueTask(one.id, partial(overtaken, services, one)) for one in due]


async def _explanations(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    due = await services.store.sittings.to_explain(as_of.settled, limit)
    return [DueTask(one.id, partial(explain_sealed, services, one)) for one in due]


async def _assignment_closings(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    due = await services.store.assignments.to_close(as_of.settled, limit)
    return [DueTask(one.id, partial(close_assignment, services, one)) for one in due]


async def _openings(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    """A task for each member, and one once all have it."""

    async def opened(assignment_id: int) -> Outcome:
        return Outcome((AssignmentOpened(assignment_id, as_of.now),))

    assignments, tasks = services.store.assignments, list[DueTask]()
    for one in await assignments.to_open(as_of.now, limit):
        members = await assignments.to_be_told(one.id, limit)
        tasks += (DueTask((one.id, each), partial(give, services, one, each)) for each in members)
        if not members:
            tasks.append(DueTask(one.id, partial(opened, one.id)))
    return tasks[:limit]


async def _news_of_assignments(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    due = await services.store.assignments.to_remind(as_of.now, limit)
    return [
        DueTask(
            (one.assignment_id, one.person_id, one.remind_at), partial(tell_member, services, one)
        )
        for one in due
    ]


async def _gone_cases(services: Services, _as_of: AsOf, limit: int) -> list[DueTask]:
    gone = await gone_cases(services, limit)
    return [DueTask(one, partial(drop_case, services, one)) for one in gone]


async def _flagged_items(services: Services, _as_of: AsOf, limit: int) -> list[DueTask]:
    return [
        DueTask((one.case_id, one.revision), partial(open_for_flags, services, one))
        for one in await flagged_items(services, limit)
    ]


async def _unpresented(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    # Each may have to be told to hundreds of phones.
    due = await services.store.live_rounds.silent(as_of.settled, min(limit, _FEW))
    return [DueTask((one.id, one.heard_at), partial(end_unpresented, services, one)) for one in due]


async def _live_answers(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    due = await services.store.live_rounds.to_record(as_of.now, min(limit, _FEW))
    # Of one case one at a time: whoever is in both answers but once for the first time.
    first_of = {Snapshot.from_json(one.content).case.id: one for one in reversed(due)}
    return [
        DueTask(one.id, partial(record_live_answers, services, one)) for one in first_of.values()
    ]


async def _panels(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    due = await services.store.live_rounds.panels_due(as_of.now, limit)
    return [DueTask(one.id, partial(show_panel, services, one)) for one in due]


async def _drafts_to_warn(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    due = await services.store.drafts.to_warn(as_of.now, limit)
    return [DueTask((one.id, one.changed_at), partial(warn_of_end, services, one)) for one in due]


async def _drafts_to_end(services: Services, as_of: AsOf, limit: int) -> list[DueTask]:
    due = await services.store.drafts.to_end(as_of.now, limit)
    return [DueTask(one.id, partial(end_idle, services, one)) for one in due]


async def _untaught(services: Services, _as_of: AsOf, limit: int) -> list[DueTask]:
    # Each may have to be told to two thousand members.
    due = await services.store.cohorts.untaught(min(limit, _FEW))
    return [DueTask(one.id, partial(close_cohort, services, one)) for one in due]


async def _served_chat_of(services: Services, asked: PutQuestion) -> ServedChat | None:
    chat = await services.store.chats.get(asked.chat_id)
    return None if chat is None else served_chat(services, chat)


# What people have answered comes before what they are asked next.
DUE_JOBS = (
    DueJob("closing", _closings),
    DueJob("votes of a live round", _live_answers),
    DueJob("live round without presenter", _unpresented),
    DueJob("panel of a live round", _panels),
    DueJob("hand-in", _hand_ins),
    DueJob("hand-in warning", _hand_in_warnings),
    DueJob("case gone from an assignment", _gone_cases),
    DueJob("end of a sitting's assignment", _overtaken),
    DueJob("explanation of an exam", _explanations),
    DueJob("closing of an assignment", _assignment_closings),
    DueJob("opening of an assignment", _openings),
    DueJob("news of an assignment", _news_of_assignments),
    DueJob("cohort without educators", _untaught),
    DueJob("flagged item", _flagged_items),
    DueJob("untold", _untold),
    DueJob("tally", _tallies),
    DueJob("names", _names),
    DueJob("schedule", _schedules),
    DueJob("digest", _digests),
    DueJob("report", _reports),
    DueJob("daily", _dailies),
    DueJob("draft that goes soon", _drafts_to_warn),
    DueJob("end of an idle draft", _drafts_to_end),
)
