"""What is on record of calls that a chat would not take, and of cases that Telegram refused."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from storage.chat_facts import ChatJoined, ChatLeft
from storage.database import Database
from storage.facts import CasePosted, CaseRefused, SnapshotTaken
from storage.ledger import Entry
from storage.migrations import migrate
from storage.outcome import About, Outcome, OwedCall
from storage.question_facts import QuestionClosed, QuestionPut, TellingTried
from storage.settlements import Refused
from storage.store import Store
from storage.time_units import DAY_MS, HOUR_MS
from tests.storage.samples import ADA, GROUP, NOW, begin_all, on_disk, posted, record, text

ENDED = About(1, 0)


async def put(store: Store, post_id: int = 1, *, closed: bool = True) -> None:
    """A question of a case in the group, which is over or not."""
    facts = (
        ChatJoined(GROUP, "supergroup", "Ward", "{}", ADA, NOW),
        SnapshotTaken("digest", "a case as JSON", NOW),
        CasePosted(post_id, GROUP, None, f"case-{post_id}", "digest", NOW),
        QuestionPut(post_id, 0, GROUP, "poll", (0, 1), NOW, NOW + DAY_MS),
        *((QuestionClosed(post_id, 0, NOW),) if closed else ()),
    )
    await record(store, *facts)


async def refused(
    store: Store,
    owed: Sequence[OwedCall],
    try_at: int | None = NOW + HOUR_MS,
    *,
    goes_on: bool = False,
) -> list[str]:
    """These are owed, and the first is refused; the texts that are owed still."""
    await record(store, owed=tuple(owed))
    first, *_ = await begin_all(store)
    await store.outbox.settle([Refused(first.id, "no", goes_on=goes_on, try_at=try_at)])
    return [row.params["text"] for row in await begin_all(store)]


@pytest.mark.parametrize("goes_on", [False, True])
async def test_what_belongs_with_a_refused_call_goes_with_it(store: Store, goes_on: bool) -> None:
    """It would be half of something, unless it is told to be whole without; all else stays."""
    await put(store)
    owed = [
        text("results", GROUP, about=ENDED),
        text("explanation", GROUP, about=ENDED),
        text("elsewhere", GROUP - 1, about=ENDED),
        text("of another", GROUP, about=About(1, 1)),
        text("of none", GROUP),
    ]
    left = ["elsewhere", "of another", "of none"]
    assert await refused(store, owed, goes_on=goes_on) == ["explanation"] * goes_on + left


@pytest.mark.parametrize(
    ("closed", "try_at", "due"),
    [
        (True, NOW + HOUR_MS, [(GROUP, None)]),
        (True, None, []),
        (False, NOW + HOUR_MS, []),
    ],
    ids=["can be undone", "for good", "still open"],
)
async def test_what_people_can_undo_is_tried_of_a_question_that_is_over(
    store: Store, closed: bool, try_at: int | None, due: list[tuple[int, int | None]]
) -> None:
    """An open one has its results still before it."""
    await put(store, closed=closed)
    await refused(store, [text("results", GROUP, about=ENDED)], try_at)
    assert await store.questions.telling_due(NOW + HOUR_MS - 1) == []
    assert await store.questions.telling_due(NOW + HOUR_MS) == due


async def test_a_try_that_a_wrong_clock_put_off_is_due(store: Store) -> None:
    """None is more than an hour ahead; and none is in a chat that the bot has left."""
    await put(store)
    await refused(store, [text("results", GROUP, about=ENDED)], NOW + DAY_MS)
    assert await store.questions.telling_due(NOW) == [(GROUP, None)]
    await record(store, ChatLeft(GROUP, NOW))
    assert await store.questions.telling_due(NOW) == []


async def test_letting_go_leaves_what_is_younger(store: Store, path: Path) -> None:
    """Of a chat's questions each has its own week."""
    for post_id, owed_at in ((1, NOW), (2, NOW + 1)):
        await put(store, post_id)
        results = text("results", GROUP, about=About(post_id, 0))
        await store.ledger.commit([Entry(Outcome(owed=(results,)))], owed_at)
        (row,) = await begin_all(store)
        await store.outbox.settle([Refused(row.id, "no", try_at=NOW + HOUR_MS)])
    await record(store, TellingTried(GROUP, None, NOW + HOUR_MS, given_up=NOW))
    left = on_disk(path, "SELECT post_id FROM questions WHERE tell_at IS NOT NULL")
    assert left == [(2,)]


async def test_refused_cases_are_a_chat_s_own_and_of_late(store: Store) -> None:
    """A learner's in private, a group's in it; since a time."""
    await put(store, 1)
    await put(store, 2)
    await record(store, *posted(3, ADA, "case-3"), *posted(4, ADA, "case-4"))
    await record(store, CaseRefused(1, NOW), CaseRefused(2, NOW - 1), CaseRefused(3, NOW))
    assert await store.people.refused_cases(GROUP, NOW) == ["case-1"]
    assert sorted(await store.people.refused_cases(GROUP, NOW - 1)) == ["case-1", "case-2"]
    assert await store.people.refused_cases(ADA, NOW) == ["case-3"]


async def test_a_case_that_was_refused_was_neither_seen_nor_asked(store: Store) -> None:
    """By a learner, by a group."""
    await put(store, 1)
    await record(store, *posted(3, ADA, "case-3"))
    assert await store.chats.used_cases(GROUP)
    assert (await store.people.progress(ADA)).seen
    await record(store, CaseRefused(1, NOW), CaseRefused(3, NOW))
    assert not await store.chats.used_cases(GROUP)
    assert not (await store.people.progress(ADA)).seen


async def test_a_question_that_an_earlier_version_owes_is_known_by_its_call(path: Path) -> None:
    """So that another case can take its place; a call about none stays about none."""
    database = await Database.open(path)
    await migrate(database, NOW, upto=9)
    async with database.transaction() as transaction:
        await transaction.execute("INSERT INTO snapshots VALUES ('digest', '{}', 0)")
        await transaction.execute(
            "INSERT INTO posts (id, case_id, snapshot, posted_at) VALUES (1, 'a', 'digest', 0)"
        )
        for post, place in ((1, 2), (None, None)):
            await transaction.execute(
                "INSERT INTO outbox"
                " (chat_id, method, params, broadcast, post_id, position, owed_at)"
                " VALUES (7, 'sendMessage', '{}', 0, ?, ?, ?)",
                (post, place, NOW),
            )
    await database.close()
    store = await Store.open(path, NOW)
    rows = await begin_all(store)
    await store.close()
    assert [row.about for row in rows] == [About(1, 2), None]
