"""What was voted becomes answers, once, however often the work is cut off."""

from pathlib import Path

import pytest

from bot.features.live import record_live_answers as recording
from bot.features.live.begin_round import begin_round
from bot.features.live.record_live_answers import record_live_answers
from bot.features.live.states import Step
from bot.jobs.due_jobs import DUE_JOBS, AsOf
from bot.services import Services
from content.model import Case
from content.revision import revision_of
from storage.facts import AnswerGiven, PersonForgotten
from storage.item_answers import item_answers
from storage.live_facts import RoundJoined
from storage.live_rounds import LiveRound
from storage.outcome import Outcome
from storage.recorded_answers import AnswerFilter, open_records
from tests.bot.features.live.conftest import ROOM, visit, vote, walk
from tests.storage.samples import ADA, BEN, NOW, on_disk
from tests.support.services import commit

ANSWERS = "SELECT person_id, position, choices, first FROM answers ORDER BY person_id, position"


async def echo_all(services: Services) -> list[AnswerGiven]:
    """All that is due, chunk by chunk."""
    given: list[AnswerGiven] = []
    for _ in range(50):
        due = await services.store.live_rounds.to_record(services.clock.now(), 9)
        if not due:
            return given
        outcome = await commit(services, await record_live_answers(services, due[0]))
        given += [fact for fact in outcome.facts if isinstance(fact, AnswerGiven)]
    raise AssertionError("it never ends")


async def two_ballots(services: Services, live: LiveRound) -> LiveRound:
    """Four vote, then those and the fifth vote again, otherwise; the answer is revealed."""
    live = await walk(services, live, Step.SHOW, Step.OPEN)
    await vote(services, live, *[(0,)] * 4)
    live = await walk(services, live, Step.CLOSE, Step.AGAIN)
    await vote(services, live, *[(1,)] * 5)
    return await walk(services, live, Step.CLOSE, Step.REVEAL)


async def test_the_first_ballot_is_the_answer(
    services: Services, live: LiveRound, case: Case, tmp_path: Path
) -> None:
    """Who is in the second alone answers with that, which is in no count of first answers."""
    await two_ballots(services, live)
    given = await echo_all(services)
    assert [(one.person_id, one.choices, one.first) for one in given] == [
        *((person, (0,), True) for person in ROOM[:4]),
        (ROOM[4], (1,), False),
    ]
    assert {(one.post_id, one.answered_at, one.time_taken) for one in given} == {
        (live.post_id, NOW, None)
    }
    revision = revision_of(services.library.snapshot(case), 0)
    tally = await services.store.polls.tally(revision)
    assert (tally.all.answers, dict(tally.all.choices)) == (4, {0: 4})
    (item,) = item_answers(tmp_path / "bot.db")
    assert len(item.answers.persons) == 4
    with open_records(tmp_path / "bot.db") as records:
        assert {one.place for one in records.each(AnswerFilter())} == {"live"}
    again = await services.store.polls.has_answered_anywhere(ROOM[4], revision)
    assert again  # later answers of theirs are no first ones either


async def test_each_question_is_answered_as_it_is_revealed(
    services: Services, live: LiveRound
) -> None:
    """The second by who voted on it, when the round ends in its midst."""
    live = await two_ballots(services, live)
    await echo_all(services)
    live = await walk(services, live, Step.NEXT, Step.OPEN)
    await vote(services, live, (0,), (1,))
    assert await echo_all(services) == []
    await walk(services, live, Step.CLOSE, Step.REVEAL, Step.END)
    given = await echo_all(services)
    assert [(one.person_id, one.position) for one in given] == [(ROOM[0], 1), (ROOM[1], 1)]


async def test_a_known_question_is_no_first_answer(
    services: Services, live: LiveRound, case: Case
) -> None:
    """Of whoever had answered it before, in another round."""
    live = await two_ballots(services, live)
    await echo_all(services)
    await walk(services, live, Step.END)
    await commit(services, await begin_round(services, await visit(services), case))
    other = await services.store.live_rounds.presented_by(ADA)
    assert other is not None
    for person in ROOM:
        await commit(services, Outcome((RoundJoined(other.id, person, NOW),)))
    other = await walk(services, other, Step.SHOW, Step.OPEN)
    await vote(services, other, *[(0,)] * 6)
    await walk(services, other, Step.CLOSE, Step.REVEAL)
    given = await echo_all(services)
    assert [one.first for one in given] == [False] * 5 + [True]


async def test_of_two_rounds_that_end_together_one_has_the_first_answers(
    services: Services, live: LiveRound, case: Case
) -> None:
    """Whoever was in both answers once for the first time, though both are due in one turn."""
    await commit(services, await begin_round(services, await visit(services, BEN), case))
    other = await services.store.live_rounds.presented_by(BEN)
    assert other is not None
    for person in ROOM:
        await commit(services, Outcome((RoundJoined(other.id, person, NOW),)))
    for one, presenter in ((live, ADA), (other, BEN)):
        opened = await walk(services, one, Step.SHOW, Step.OPEN, presenter=presenter)
        await vote(services, opened, *[(0,)] * 6)
        await walk(services, opened, Step.CLOSE, Step.REVEAL, presenter=presenter)
    (job,) = [job for job in DUE_JOBS if job.name == "votes of a live round"]
    given: list[AnswerGiven] = []
    for _ in range(4):
        now = services.clock.now()
        tasks = await job.find(services, AsOf(now, now), 100)
        for outcome in [await task.act() for task in tasks]:
            await commit(services, outcome)
            given += [fact for fact in outcome.facts if isinstance(fact, AnswerGiven)]
    assert len(given) == 12
    assert sorted(one.person_id for one in given if one.first) == sorted(ROOM)


@pytest.mark.parametrize("cut_after", range(5))
async def test_a_kill_between_chunks_loses_and_doubles_nothing(
    services: Services,
    live: LiveRound,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    cut_after: int,
) -> None:
    """Whoever comes after it goes on with what is not written down yet."""
    monkeypatch.setattr(recording, "AT_ONCE", 2)
    await two_ballots(services, live)
    path = tmp_path / "bot.db"
    for _ in range(cut_after):
        for due in await services.store.live_rounds.to_record(services.clock.now(), 9):
            await commit(services, await record_live_answers(services, due))
    # Computed and never committed, as by a process that is killed.
    for due in await services.store.live_rounds.to_record(services.clock.now(), 9):
        await record_live_answers(services, due)
    await echo_all(services)
    assert on_disk(path, ANSWERS) == [
        *((person, 0, "[0]", 1) for person in ROOM[:4]),
        (ROOM[4], 0, "[1]", 0),
    ]


async def test_who_is_forgotten_meanwhile_answers_nothing(
    services: Services, live: LiveRound
) -> None:
    """Their votes are gone; those of others become answers."""
    await two_ballots(services, live)
    await commit(services, Outcome((PersonForgotten(ROOM[0]),)))
    assert [one.person_id for one in await echo_all(services)] == list(ROOM[1:5])
