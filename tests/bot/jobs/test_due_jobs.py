"""What falls due, found in the database: in which order, and what is done about it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.features.live.begin_round import begin_round
from bot.features.shared.visitors import Visitor, receive
from bot.features.sittings.plan import WARN_MS
from bot.jobs.due_jobs import DUE_JOBS, AsOf, DueTask
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.services import Services
from storage.chat_facts import ChatSet, DailySet, DigestDone
from storage.draft_facts import DraftWritten
from storage.drafts import DRAFT_WARNING_MS, IDLE_DRAFT_MS
from storage.facts import AnswerGiven, Fact, PersonMet
from storage.live_facts import (
    PANEL_EVERY_MS,
    LiveAnswersRecorded,
    PanelShown,
    RoundEnded,
    RoundJoined,
    VoteCast,
)
from storage.live_rounds import SILENT_MS
from storage.outcome import Outcome
from storage.question_facts import QuestionClosed, TallyDue, TallyShown
from storage.questions import PutQuestion
from storage.sitting_facts import SittingBegun
from tests.storage.samples import ADA, BEN, GROUP, NOW, stepped
from tests.support.database import meddle
from tests.support.served_chats import BUTTONS, POLLS, join, later, put, said, send_all
from tests.support.services import commit, services_with_cases
from tests.support.sittings import begin, current

OF_ASSIGNMENTS = (
    "case gone from an assignment",
    "end of a sitting's assignment",
    "explanation of an exam",
    "closing of an assignment",
    "opening of an assignment",
    "news of an assignment",
)
OF_LIVE_ROUNDS = (
    "votes of a live round",
    "live round without presenter",
    "panel of a live round",
)
FIND = {job.name: job.find for job in DUE_JOBS}
OPEN_FOR_MS = 300_000  # ms
SHORT = replace(BUTTONS, open_for=OPEN_FOR_MS // 1000)
DAILY = Timetable(EVERY_DAY, 7 * 60 + 30, "UTC")


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot with six cases."""
    async with services_with_cases(tmp_path, NOW) as services:
        yield services


async def due(services: Services, name: str, settled: int | None = None) -> list[DueTask]:
    """What is due of a kind now; what people did before ``settled`` is on record."""
    now = services.clock.now()
    return [*await FIND[name](services, AsOf(now, now if settled is None else settled), 100)]


async def done(services: Services, name: str) -> Outcome:
    """What the one thing that is due of a kind comes to; it is recorded, and due no more."""
    (task,) = await due(services, name)
    outcome = await commit(services, await task.act())
    assert await due(services, name) == []
    return outcome


async def facts_of(services: Services, name: str) -> tuple[Fact, ...]:
    """The same, where nobody is sent anything."""
    outcome = await done(services, name)
    assert outcome.owed == ()
    return outcome.facts


async def asked(services: Services) -> PutQuestion:
    """A question with buttons that came into the group just now."""
    return await put(services, await join(services, SHORT))


async def chat_is_lost(tmp_path: Path) -> None:
    """The group's record is gone, as after damage to the file."""
    meddle(tmp_path / "bot.db", f"DELETE FROM chats WHERE id = {GROUP}")


def test_what_people_answered_comes_before_what_they_are_asked_next() -> None:
    """The order in which what is due at once is seen to."""
    assert [*FIND] == [
        *("closing", *OF_LIVE_ROUNDS, "hand-in", "hand-in warning"),
        *OF_ASSIGNMENTS,
        *(
            "cohort without educators",
            "flagged item",
            "untold",
            "tally",
            "names",
            "schedule",
            "digest",
            "report",
            "daily",
            "draft that goes soon",
            "end of an idle draft",
        ),
    ]


async def test_a_question_is_closed_once_its_time_is_over_and_its_votes_are_read(
    services: Services,
) -> None:
    """Not before everything up to its end is on record."""
    question = await asked(services)
    later(services, OPEN_FOR_MS)
    assert await due(services, "closing", NOW + OPEN_FOR_MS - 1) == []
    (task,) = await due(services, "closing", NOW + OPEN_FOR_MS)
    assert task.key == (question.post_id, 0)
    outcome = await done(services, "closing")
    assert QuestionClosed(question.post_id, 0, services.clock.now()) in outcome.facts
    assert "Nobody answered." in " ".join(map(said, outcome.owed))


async def test_counts_are_shown_when_they_are_due(services: Services) -> None:
    """Whether all that people did is on record or not: they will be shown again."""
    question = await asked(services)
    await commit(services, Outcome((TallyDue(question.post_id, 0, NOW + 5),)))
    later(services, 4)
    assert await due(services, "tally") == []
    later(services, 1)
    (task,) = await due(services, "tally", 0)
    assert task.key == (question.post_id, 0)
    outcome = await done(services, "tally")
    assert outcome.facts == (TallyShown(question.post_id, 0),)
    assert [call.method for call in outcome.owed] == ["editMessageReplyMarkup"]


async def test_where_the_chat_is_not_known_any_more_the_question_just_ends(
    services: Services, tmp_path: Path
) -> None:
    """Nobody can be told; and it is not looked at for ever."""
    question = await asked(services)
    await commit(services, Outcome((TallyDue(question.post_id, 0, NOW),)))
    await chat_is_lost(tmp_path)
    later(services, OPEN_FOR_MS)
    assert await facts_of(services, "tally") == (TallyShown(question.post_id, 0),)
    closed = QuestionClosed(question.post_id, 0, services.clock.now())
    assert await facts_of(services, "closing") == (closed,)


@pytest.mark.parametrize("early", [1, 0])
async def test_a_chat_s_schedule_and_digest_are_due_at_their_times(
    services: Services, early: int
) -> None:
    """Each by itself; the key tells one time from another."""
    settings = replace(POLLS, timetable=DAILY, digest=True)
    await join(services, settings, due=NOW + early, digest_due=NOW + early)
    for name, kind in (("schedule", ChatSet), ("digest", DigestDone)):
        tasks = await due(services, name)
        assert [task.key for task in tasks] == ([] if early else [(GROUP, NOW)])
        if not early:
            assert kind in {type(fact) for fact in (await done(services, name)).facts}


@pytest.mark.parametrize("early", [1, 0])
async def test_a_learner_s_case_is_due_at_its_time(services: Services, early: int) -> None:
    """One for each time."""
    wanted = DailySet(ADA, DAILY.to_json(), None, NOW + early)
    await commit(services, Outcome((wanted,)))
    tasks = await due(services, "daily")
    assert [task.key for task in tasks] == ([] if early else [(ADA, NOW)])
    if not early:
        facts = (await done(services, "daily")).facts
        assert any(isinstance(fact, DailySet) for fact in facts)


async def test_an_exam_is_warned_of_and_handed_in_at_its_times(services: Services) -> None:
    """The latter not before everything up to then is on record; each once."""
    await begin(services)
    deadline = (await current(services)).deadline
    assert deadline is not None
    assert await due(services, "hand-in warning") == []
    later(services, deadline - NOW - WARN_MS)
    (task,) = await due(services, "hand-in warning", 0)
    outcome = await done(services, "hand-in warning")
    assert "5 minutes left." in said(outcome.owed[0])
    assert await due(services, "hand-in warning", 0) == []
    later(services, WARN_MS)
    assert await due(services, "hand-in", deadline - 1) == []
    (again,) = await due(services, "hand-in", deadline)
    assert again.key == task.key
    outcome = await done(services, "hand-in")
    assert "Time is up" in said(outcome.owed[0])
    assert await due(services, "hand-in", deadline) == []


async def test_a_live_round_goes_on_and_ends_by_itself(services: Services) -> None:
    """Its panel follows its votes, its votes become answers; it is silent once all is read."""
    case = next(iter(services.library.cases.values()))
    who = await receive(services, Visitor(ADA, "en", "Ada"))
    await commit(services, await begin_round(services, who, case))
    await send_all(services)
    live = await services.store.live_rounds.presented_by(ADA)
    assert live is not None
    joined = (PersonMet(BEN, "en", NOW), RoundJoined(live.id, BEN, NOW))
    await commit(services, Outcome(joined))
    for was, state in (("gathering", "shown"), ("shown", "open")):
        await commit(services, Outcome((stepped(live.id, was=was, state=state),)))
    await commit(services, Outcome((VoteCast(live.id, 0, 1, BEN, (1,), NOW),)))
    later(services, PANEL_EVERY_MS)
    counted = await done(services, "panel of a live round")
    assert PanelShown(live.id, None) in counted.facts
    assert "1 of 1 in" in said(counted.owed[0])
    later(services, SILENT_MS)
    assert await due(services, "live round without presenter", 0) == []
    assert await due(services, "votes of a live round") == []
    ended = await done(services, "live round without presenter")
    assert RoundEnded(live.id, services.clock.now()) in ended.facts
    answer, recorded = (await done(services, "votes of a live round")).facts
    assert isinstance(answer, AnswerGiven)
    assert (answer.person_id, answer.choices, recorded) == (BEN, (1,), LiveAnswersRecorded(live.id))


async def test_only_so_many_are_found_at_once_the_longest_due_first(services: Services) -> None:
    """The rest come in the next batch; here nothing was left untold."""
    settings = replace(POLLS, timetable=DAILY, digest=True)
    for number in range(3):
        await join(
            services, settings, chat_id=-1 - number, due=NOW - number, digest_due=NOW - number
        )
        question = await put(services, await join(services, SHORT, chat_id=-10 - number))
        ends = TallyDue(question.post_id, 0, NOW - number)
        await commit(services, Outcome((ends,)))
        wanted = DailySet(ADA + number, DAILY.to_json(), None, NOW - number)
        times = (NOW, NOW - number, NOW - number)
        exam = SittingBegun(number, ADA + number, "exam", "{}", *times)
        await commit(services, Outcome((wanted, exam)))
    later(services, OPEN_FOR_MS)
    now = services.clock.now()
    elsewhere = {
        "untold",
        "names",
        "flagged item",
        "cohort without educators",
        "report",
        "draft that goes soon",
        "end of an idle draft",
        *OF_ASSIGNMENTS,
        *OF_LIVE_ROUNDS,
    }
    for find in [find for name, find in FIND.items() if name not in elsewhere]:
        everything = await find(services, AsOf(now, now), 100)
        first = await find(services, AsOf(now, now), 2)
        assert (len(everything), len(first)) == (3, 2)
        assert [task.key for task in first] == [task.key for task in everything][:2]


async def test_an_idle_draft_is_told_of_and_then_goes(services: Services) -> None:
    """Found by the clock, one after another; a draft that was changed since is not."""
    for number in range(3):
        await commit(services, Outcome((DraftWritten(number, ADA, "{}", NOW + number),)))
    later(services, IDLE_DRAFT_MS - DRAFT_WARNING_MS)
    assert [task.key for task in await due(services, "draft that goes soon")] == [(0, NOW)]
    later(services, 2)
    for task in await due(services, "draft that goes soon"):
        (told,) = (await commit(services, await task.act())).owed
        assert "goes in 7 days" in said(told)
    await commit(services, Outcome((DraftWritten(1, ADA, "{}", services.clock.now()),)))
    assert await due(services, "end of an idle draft") == []
    later(services, DRAFT_WARNING_MS)
    for task in await due(services, "end of an idle draft"):
        await commit(services, await task.act())
    assert [one.id for one in await services.store.drafts.of(ADA)] == [1]
