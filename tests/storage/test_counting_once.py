"""Whatever lies between two answers of a person to one question, the first alone counts."""

from pathlib import Path

import pytest

from storage.backups import back_up
from storage.chat_facts import ChatJoined, ChatLeft, ChatMoved
from storage.erased_since import erase_again, erased_since
from storage.facts import CasePosted, ChoicesMarked, Fact, MarksDropped, PersonForgotten, PersonMet
from storage.poll_facts import UnknownPollSeen
from storage.polls import ParkedAnswer
from storage.question_facts import QuestionClosed, QuestionPut
from storage.retention import Retention
from storage.settlements import Postponed, Sent, SentPoll
from storage.store import Store
from storage.time_units import DAY_MS
from tests.storage.samples import (
    ADA,
    BEN,
    GROUP,
    NOW,
    answered,
    begin_all,
    mentions,
    on_disk,
    parked,
    poll,
    posted,
    record,
)

KEYS = "SELECT count(mark_key) FROM questions"
MARKS = "SELECT post_id, position, mark FROM forgotten_answers"


async def put(store: Store, post_id: int = 1) -> None:
    """Put a question to a group, open for a month, and let Ada answer it."""
    snapshot, _ = posted()
    await record(
        store,
        snapshot,
        ChatJoined(GROUP, "supergroup", "Ward", "{}", None, NOW),
        CasePosted(post_id, GROUP, None, "lumps", "digest", NOW),
        QuestionPut(post_id, 0, GROUP, "buttons", (1, 0), NOW, NOW + 30 * DAY_MS),
        answered(post_id=post_id),
    )


async def test_who_was_forgotten_is_known_again_while_the_question_is_open(
    store: Store, path: Path
) -> None:
    """By a mark that no row joins to their id, nor to their marks at other questions."""
    await put(store)
    await put(store, 2)
    await record(store, PersonForgotten(ADA))
    for post_id in (1, 2):
        assert not await store.polls.has_answered(ADA, post_id, 0)
        assert await store.polls.was_forgotten(ADA, post_id, 0)
        assert not await store.polls.was_forgotten(BEN, post_id, 0)
    assert not await store.polls.was_forgotten(ADA, 3, 0)
    (_, _, one), (_, _, other) = on_disk(path, MARKS)
    assert one != other
    assert mentions(path, ADA) == {}


async def test_who_did_not_answer_leaves_no_mark(store: Store, path: Path) -> None:
    """And no key is made where nobody needs one."""
    await put(store)
    await record(store, PersonForgotten(BEN))
    assert (on_disk(path, MARKS), on_disk(path, KEYS)) == ([], [(0,)])
    assert not await store.polls.was_forgotten(BEN, 1, 0)


@pytest.mark.parametrize("end", [QuestionClosed(1, 0, NOW), ChatLeft(GROUP, NOW), None])
async def test_marks_and_their_key_go_with_the_question(
    store: Store, path: Path, end: Fact | None
) -> None:
    """When it closes, when the bot is out of its chat, or should neither come, after its time."""
    await put(store)
    await put(store, 2)
    await record(store, PersonForgotten(ADA), ChoicesMarked(BEN, 1, 0, (1,)))
    await record(store, QuestionClosed(2, 0, NOW))
    assert [row[:2] for row in on_disk(path, MARKS)] == [(1, 0)]
    if end is None:
        await store.tidy(NOW + 31 * DAY_MS - 1)
        assert on_disk(path, KEYS) == [(1,)]
        await store.tidy(NOW + 31 * DAY_MS + 1)
    else:
        await record(store, end)
    assert (on_disk(path, MARKS), on_disk(path, KEYS)) == ([], [(0,)])
    assert await store.polls.draft(BEN, 1, 0) == ()
    assert not await store.polls.was_forgotten(ADA, 1, 0)


async def test_an_end_to_keeping_answers_lets_nobody_answer_again(store: Store) -> None:
    """An answer that no longer leads to its learner still is theirs where the question is open."""
    await put(store)
    await store.tidy(NOW + 2 * DAY_MS, Retention(answers=DAY_MS))
    assert not await store.polls.has_answered(ADA, 1, 0)
    assert await store.polls.was_forgotten(ADA, 1, 0)
    assert not await store.polls.was_forgotten(BEN, 1, 0)


async def test_who_is_erased_from_a_restored_copy_cannot_answer_again(
    store: Store, path: Path, tmp_path: Path
) -> None:
    """Erasing again, as a restore does, leaves the marks that `/forget` leaves."""
    await store.claim(7007)
    await put(store)
    await record(store, PersonMet(ADA, "en", NOW))
    made, _ = back_up(path, tmp_path / "backups", NOW)
    await record(store, PersonForgotten(ADA))
    await erase_again(made.path, erased_since(made.path, path), NOW)
    copy = await Store.open(made.path, NOW)
    known = await copy.polls.was_forgotten(ADA, 1, 0)
    await copy.close()
    assert known


async def test_a_private_question_needs_no_mark(store: Store, path: Path) -> None:
    """Whoever votes in the poll of a post that was a forgotten person's is that person."""
    await record(store, *posted(), owed=(poll(),))
    await begin_all(store)
    await store.outbox.settle([Sent(1, 101, SentPoll("poll", NOW))])
    await record(store, PersonForgotten(ADA))
    assert not await store.polls.was_forgotten(ADA, 1, 0)
    await record(store, answered())
    await record(store, PersonForgotten(ADA))
    assert await store.polls.was_forgotten(ADA, 1, 0)
    assert on_disk(path, MARKS) == []
    (context,) = await store.votes.read([(ADA, "poll")])
    assert (context.answered, context.forgotten) == (False, True)


async def test_a_moved_question_knows_where_it_stood(store: Store) -> None:
    """A question of a group that became a supergroup keeps the id under which it was put."""
    await put(store)
    await record(store, ChatMoved(GROUP, GROUP - 1))
    await record(store, ChatMoved(GROUP, GROUP - 1))
    asked = await store.questions.question(1, 0)
    assert asked is not None
    assert (asked.chat_id, asked.moved_from) == (GROUP - 1, GROUP)


async def test_a_draft_is_a_persons_own(store: Store) -> None:
    """Marked choices are kept for each, replaced by what is marked next, and dropped."""
    await put(store)
    await record(store, ChoicesMarked(ADA, 1, 0, (0,)), ChoicesMarked(BEN, 1, 0, (1,)))
    await record(store, ChoicesMarked(ADA, 1, 0, (0, 2)))
    assert await store.polls.draft(ADA, 1, 0) == (0, 2)
    await record(store, MarksDropped(ADA, 1, 0))
    assert await store.polls.draft(ADA, 1, 0) == ()
    assert await store.polls.draft(BEN, 1, 0) == (1,)


async def doubled(store: Store) -> None:
    """A poll whose first sending was interrupted, and whose copy arrived."""
    snapshot, _ = posted()
    here = CasePosted(1, GROUP, None, "lumps", "digest", NOW)
    await record(store, snapshot, here, owed=(poll(1, GROUP),))
    await begin_all(store)
    await store.outbox.settle([Postponed(1, done_perhaps=True)])
    await begin_all(store)
    await store.outbox.settle([Sent(1, 102, SentPoll("copy", NOW))])


@pytest.mark.parametrize(
    ("fingerprint", "waits"), [(None, True), ("print", True), ("another", False)]
)
async def test_a_vote_waits_for_an_earlier_one(
    store: Store, fingerprint: str | None, waits: bool
) -> None:
    """For one that may be for the same question: its poll is not known, nor known to be another."""
    await doubled(store)
    assert not (await store.votes.read([(ADA, "copy")]))[0].earlier_waits
    seen = () if fingerprint is None else (UnknownPollSeen("lost", fingerprint, NOW),)
    await record(store, parked(1, ADA, "lost"), *seen)
    await record(store, parked(2, ADA, "copy"))
    ada, ben = await store.votes.read([(ADA, "copy"), (BEN, "copy")])
    assert (ada.earlier_waits, ben.earlier_waits) == (waits, False)
    first, second = await store.polls.parked()
    assert await store.polls.waits_for_earlier(second) is waits
    assert not await store.polls.waits_for_earlier(first)


async def test_nothing_is_waited_for_where_no_poll_was_lost(store: Store) -> None:
    """A vote parked for whatever reason holds up no other."""
    await record(store, *posted(), parked(1, ADA, "lost"), owed=(poll(),))
    await begin_all(store)
    await store.outbox.settle([Sent(1, 101, SentPoll("poll", NOW))])
    (context,) = await store.votes.read([(ADA, "poll")])
    assert not context.earlier_waits
    vote = ParkedAnswer(2, "poll", ADA, "en", (1,), NOW, fresh=True, told=False)
    assert not await store.polls.waits_for_earlier(vote)
