"""Sessions and exams on record: one at a time, their deadlines, and what goes with their person."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from storage.errors import RejectedError
from storage.facts import Fact, PersonForgotten
from storage.outcome import About
from storage.retention import Retention
from storage.settlements import Sent
from storage.sitting_facts import (
    ChoicesDrafted,
    HandInWarned,
    ItemAdded,
    ItemOpened,
    ScreenTakenAway,
    SittingBegun,
    SittingHandedIn,
    SittingLeftOff,
)
from storage.store import Store
from storage.time_units import DAY_MS, MINUTE_MS
from tests.storage.samples import ADA, BEN, NOW, answered, begin_all, on_disk, posted, record, text

DEADLINE = NOW + 30 * MINUTE_MS


def exam(number: int = 1, person_id: int = ADA, post_id: int = 1) -> tuple[Fact, ...]:
    """An exam of a case with two questions."""
    return (
        *posted(post_id, person_id),
        SittingBegun(number, person_id, "exam", "{}", NOW, DEADLINE, DEADLINE - MINUTE_MS),
        ItemAdded(number, 0, post_id, 0, (1, 0)),
        ItemAdded(number, 1, post_id, 1, (0, 1)),
    )


async def test_one_at_a_time(store: Store) -> None:
    """A second is refused until the first is over; another person's is another."""
    await record(store, *exam(), *exam(2, BEN, 2))
    with pytest.raises(RejectedError):
        await record(store, *exam(3, ADA, 3))
    await record(store, SittingLeftOff(1, NOW))
    await record(store, *exam(3, ADA, 3))
    found = await store.sittings.current(ADA)
    assert found is not None
    assert found.id == 3


async def test_what_is_over_stays_as_it_is(store: Store) -> None:
    """No draft, no second end."""
    await record(store, *exam(), ChoicesDrafted(1, 0, (1,)))
    await record(store, answered(post_id=1, choices=(1,)), SittingHandedIn(1, NOW + 1, 1.0))
    await record(store, ChoicesDrafted(1, 1, (0,)), SittingLeftOff(1, NOW + 2))
    await record(store, SittingHandedIn(1, NOW + 3, 0.0))
    sitting = await store.sittings.get(1)
    assert sitting is not None
    assert (sitting.state, sitting.ended_at, sitting.score) == ("handed_in", NOW + 1, 1.0)
    first, second = await store.sittings.items(1)
    assert (first.draft, first.answer, first.score) == (None, (1,), 1.0)
    assert (second.draft, second.answer) == (None, None)


async def test_what_is_locked_takes_no_draft(store: Store) -> None:
    """And what took it keeps it; to open an earlier question locks nothing."""
    await record(store, *exam(), ChoicesDrafted(1, 0, (1,)))
    await record(store, ItemOpened(1, 1))
    await record(store, ChoicesDrafted(1, 0, (0,)), ChoicesDrafted(1, 1, (0,)))
    await record(store, ItemOpened(1, 0), ChoicesDrafted(1, 1, ()))
    await record(store, ItemOpened(1, 2))
    first, second = await store.sittings.items(1)
    assert (first.locked, first.draft) == (True, (1,))
    assert (second.locked, second.draft) == (False, None)


async def test_exams_get_back_the_time_in_which_the_bot_was_away(store: Store) -> None:
    """Since it was noted to be at work last, once; a clock that was set back takes nothing."""
    await record(store, *exam())
    await store.sittings.note_alive(NOW + 5 * MINUTE_MS)
    for _ in range(2):
        await store.sittings.move_deadlines(NOW + 12 * MINUTE_MS)
    await store.sittings.move_deadlines(NOW - DAY_MS)
    await store.sittings.note_alive(NOW - DAY_MS)
    sitting = await store.sittings.get(1)
    assert sitting is not None
    assert sitting.deadline == DEADLINE + 7 * MINUTE_MS
    assert await store.sittings.to_warn(DEADLINE + 6 * MINUTE_MS - 1, 9) == []
    assert [one.id for one in await store.sittings.to_warn(DEADLINE + 6 * MINUTE_MS, 9)] == [1]


async def test_what_is_over_or_has_no_deadline_is_not_moved(store: Store) -> None:
    """A session takes as long as it takes."""
    await record(store, *exam(), SittingHandedIn(1, NOW, 0.0))
    await record(store, SittingBegun(2, ADA, "study", "{}", NOW))
    await store.sittings.move_deadlines(NOW + DAY_MS)
    over, study = await store.sittings.get(1), await store.sittings.get(2)
    assert over is not None
    assert study is not None
    assert (over.deadline, study.deadline) == (DEADLINE, None)


async def test_the_next_due_time_knows_exams(store: Store) -> None:
    """The warning, then the deadline and the time for what may still arrive; then nothing."""
    await record(store, *exam())
    assert await store.chats.next_due(3000) == DEADLINE - MINUTE_MS
    await record(store, HandInWarned(1))
    assert await store.chats.next_due(3000) == DEADLINE + 3000
    await record(store, SittingHandedIn(1, NOW, 0.0))
    assert await store.chats.next_due(3000) is None


async def test_messages_that_show_a_question_are_known(store: Store) -> None:
    """All of them, while the exam is open; of nothing else."""
    await record(store, *exam(), owed=(text(about=About(1, 0)), text(about=About(1, 1))))
    first, second = await begin_all(store)
    await store.outbox.settle([Sent(first.id, 7, shows=(7, 8))])
    assert await store.sittings.messages(1) == [7, 8]
    await record(store, ScreenTakenAway(1), SittingHandedIn(1, NOW, 0.0))
    await store.outbox.settle([Sent(second.id, 9, shows=(9,))])
    assert await store.sittings.messages(1) == []


async def test_all_goes_with_its_person(store: Store, path: Path) -> None:
    """By /forget at once; another's stays."""
    await record(store, *exam(), *exam(2, BEN, 2), owed=(text(about=About(1, 0)),))
    await store.outbox.settle([Sent(row.id, 7, shows=(7,)) for row in await begin_all(store)])
    await record(store, PersonForgotten(ADA))
    for table in ("sittings", "sitting_items", "sitting_messages"):
        column = "id" if table == "sittings" else "sitting_id"
        assert on_disk(path, f"SELECT count(*) FROM {table} WHERE {column} = 1") == [(0,)]
    assert len(await store.sittings.items(2)) == 2


async def test_it_is_kept_no_longer_than_answers(store: Store, path: Path) -> None:
    """With all that belongs to it."""
    await record(store, *exam(), SittingHandedIn(1, NOW, 0.0))
    kept = Retention(answers=DAY_MS)
    await store.tidy(NOW + DAY_MS, kept)
    assert await store.sittings.get(1) is not None
    await store.tidy(NOW + DAY_MS + 1, kept)
    assert await store.sittings.get(1) is None
    assert on_disk(path, "SELECT count(*) FROM sitting_items") == [(0,)]


async def test_an_exam_that_began_in_the_future_begins_now(store: Store) -> None:
    """A clock was ahead: it has the time that it was to have."""
    begun = replace(exam()[2], begun_at=NOW + DAY_MS, deadline=DEADLINE + DAY_MS, warn_at=None)
    await record(store, *posted(), begun)
    await store.set_right([], ["sittings"], NOW, NOW + MINUTE_MS)
    sitting = await store.sittings.get(1)
    assert sitting is not None
    assert (sitting.begun_at, sitting.deadline) == (NOW, DEADLINE)
