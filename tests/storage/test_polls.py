"""Polls, the votes that wait for them, and how answers fell."""

from pathlib import Path

from msgspec.structs import replace

from storage.case_facts import AnswerWithdrawn
from storage.facts import PersonForgotten
from storage.poll_facts import (
    AnswerUnparked,
    ParkedVoterTold,
    PollClosed,
    PollRecognised,
    UnknownPollSeen,
)
from storage.polls import Attempt, ParkedAnswer, Question
from storage.settlements import Sent, SentPoll
from storage.store import Store
from storage.tallying import Tally
from tests.storage.samples import (
    ADA,
    BEN,
    NOW,
    answered,
    begin_all,
    on_disk,
    parked,
    poll,
    posted,
    record,
)


async def test_a_database_knows_whether_it_ever_posted(store: Store) -> None:
    """Also when whoever it was for has been forgotten."""
    assert not await store.polls.has_posts()
    await record(store, *posted(), PersonForgotten(ADA))
    assert await store.polls.has_posts()


async def test_unknown_polls(store: Store) -> None:
    """A poll of nobody's is not known, and what Telegram first told of it is kept."""
    assert await store.polls.known("poll") is None
    assert not await store.polls.is_known("poll")
    assert await store.polls.fingerprint("poll") is None
    await record(store, UnknownPollSeen("poll", "print", NOW))
    await record(store, UnknownPollSeen("poll", "another", NOW))
    assert await store.polls.fingerprint("poll") == "print"
    assert not await store.polls.is_known("poll")


async def test_attempts_are_found_by_fingerprint(store: Store) -> None:
    """Attempts without a result are listed in order, each with its question; others are not."""
    await record(store, *posted(), *posted(2, BEN), *posted(3, BEN))
    await record(store, owed=(poll(), poll(2, BEN), poll(3, BEN, "other")))
    assert await store.polls.unanswered_attempts("print") == []
    await begin_all(store)
    assert await store.polls.unanswered_attempts("print") == [
        Attempt(1, 1, Question(1, ADA, 0, "a case as JSON")),
        Attempt(2, 2, Question(2, BEN, 0, "a case as JSON")),
    ]
    await store.outbox.settle([Sent(1, 101, SentPoll("poll", NOW))])
    assert [a.id for a in await store.polls.unanswered_attempts("print")] == [2]


async def test_a_poll_is_recognised_once(store: Store, path: Path) -> None:
    """An attempt has one poll and a poll one attempt: what came first stands."""
    await record(store, *posted(), *posted(2, BEN), owed=(poll(), poll(2, BEN)))
    await begin_all(store)
    await record(store, UnknownPollSeen("poll", "print", NOW), PollRecognised(1, "poll"))
    await record(store, PollRecognised(1, "other"), PollRecognised(2, "poll"))
    assert on_disk(path, "SELECT id, poll_id FROM poll_attempts ORDER BY id") == [
        (1, "poll"),
        (2, None),
    ]
    assert await store.polls.fingerprint("poll") is None


async def test_a_poll_closes_once(store: Store, path: Path) -> None:
    """The first time that a poll is said to be closed is kept; unknown polls are passed over."""
    await record(store, *posted(), owed=(poll(),))
    await begin_all(store)
    await store.outbox.settle([Sent(1, 101, SentPoll("poll", NOW))])
    await record(store, PollClosed("poll", NOW + 1), PollClosed("unknown", NOW))
    await record(store, PollClosed("poll", NOW + 2))
    assert on_disk(path, "SELECT closed_at FROM poll_attempts") == [(NOW + 1,)]


async def test_parked_votes_wait_in_order(store: Store) -> None:
    """Votes come out as they went in, and stay when their voter was told."""
    await record(store, parked(1), parked(2, BEN))
    await record(store, ParkedVoterTold(1, NOW))
    first = ParkedAnswer(1, "poll", ADA, "en", (1,), NOW, fresh=True, told=True)
    second = ParkedAnswer(2, "poll", BEN, "en", (1,), NOW, fresh=True, told=False)
    assert await store.polls.parked() == [first, second]
    await record(store, AnswerUnparked(1))
    assert await store.polls.parked() == [second]


async def test_parked_votes_wait_in_the_order_of_their_coming(store: Store) -> None:
    """Update ids may start again lower: what was received first is still first."""
    await record(store, replace(parked(5, BEN), received_at=NOW + 1), parked(900))
    assert [vote.update_id for vote in await store.polls.parked()] == [900, 5]


async def test_an_answer_is_found_by_person_and_place(store: Store) -> None:
    """Who has answered what: this question of this post, and this wording anywhere."""
    await record(store, *posted(), answered())
    assert await store.polls.has_answered(ADA, 1, 0)
    assert not await store.polls.has_answered(ADA, 1, 1)
    assert not await store.polls.has_answered(ADA, 2, 0)
    assert not await store.polls.has_answered(BEN, 1, 0)
    assert await store.polls.has_answered_anywhere(ADA, "revision")
    assert not await store.polls.has_answered_anywhere(ADA, "other")
    assert not await store.polls.has_answered_anywhere(BEN, "revision")


async def test_an_answer_without_a_known_post_counts(store: Store) -> None:
    """Where nobody can tell which post it was, the answer still counts for the person."""
    await record(store, answered(post_id=None))
    assert await store.polls.has_answered_anywhere(ADA, "revision")
    assert (await store.polls.tally("revision")).all.answers == 1


async def test_first_answers_are_tallied(store: Store) -> None:
    """Each first answer counts once, and once for each choice in it; later ones do not count."""
    assert (await store.polls.tally("revision")).all == Tally(0, {})
    await record(store, *posted(), *posted(2), *posted(3, BEN))
    await record(
        store,
        answered(choices=(0, 2)),
        answered(post_id=2, choices=(1,), first=False),
        answered(BEN, 3, choices=(2,)),
        answered(BEN, None, revision="other", choices=()),
    )
    assert (await store.polls.tally("revision")).all == Tally(2, {0: 1, 2: 2})
    assert (await store.polls.tally("other")).all == Tally(1, {})


async def test_a_withdrawn_vote_stands(store: Store, path: Path) -> None:
    """Taking a vote back is noted the first time, and changes no total; others' answers stay."""
    await record(store, *posted(), answered(), answered(BEN))
    await record(store, AnswerWithdrawn(ADA, 1, 0, NOW + 1), AnswerWithdrawn(ADA, 9, 0, NOW))
    await record(store, AnswerWithdrawn(ADA, 1, 0, NOW + 2))
    rows = on_disk(path, "SELECT person_id, withdrawn_at FROM answers ORDER BY id")
    assert rows == [(ADA, NOW + 1), (BEN, None)]
    assert (await store.polls.tally("revision")).all.answers == 2


async def test_forgetting_leaves_the_totals(store: Store) -> None:
    """A forgotten person's answers count on, without the person."""
    await record(store, *posted(), answered(), answered(BEN))
    await record(store, PersonForgotten(ADA))
    assert (await store.polls.tally("revision")).all == Tally(2, {1: 2})
    assert not await store.polls.has_answered_anywhere(ADA, "revision")
    assert await store.polls.has_answered_anywhere(BEN, "revision")
