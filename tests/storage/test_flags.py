"""Flags on questions, and texts that people were asked to write."""

from pathlib import Path

from storage.facts import PersonForgotten
from storage.flag_facts import (
    FlagClosed,
    FlagTextAwaited,
    FlagWordsAdded,
    NothingAwaited,
    ReplyAwaited,
)
from storage.flags import AwaitedFlagText, AwaitedReply, Flag, PostSnapshot
from storage.store import Store
from storage.time_units import DAY_MS
from tests.storage.samples import ADA, BEN, NOW, flagged, mentions, on_disk, posted, record


async def test_a_question_has_one_open_flag_of_a_learner(store: Store) -> None:
    """A second one is dropped while the first is open; other learners' and questions' are not."""
    await record(store, *posted(), flagged(1))
    await record(store, flagged(2), flagged(3, BEN), flagged(4, question_id="cause"))
    assert [flag.id for flag in await store.flags.open(10)] == [1, 3, 4]
    assert await store.flags.open_of(ADA, "lumps", "nature") == await store.flags.get(1)
    await record(store, FlagClosed(1, NOW + 1))
    assert await store.flags.open_of(ADA, "lumps", "nature") is None
    await record(store, flagged(5, flagged_at=NOW + 2))
    assert [flag.id for flag in await store.flags.open(10)] == [3, 4, 5]


async def test_a_flag_is_closed_once(store: Store) -> None:
    """It keeps the question as it was, and the time at which it was first closed."""
    assert await store.flags.get(1) is None
    await record(store, *posted(), flagged())
    await record(store, FlagClosed(1, NOW + 1), FlagClosed(1, NOW + 2))
    assert await store.flags.get(1) == Flag(
        1, ADA, "lumps", 0, "other", "Is it?", NOW, NOW + 1, "a case as JSON"
    )
    assert await store.flags.open_count() == 0


async def test_words_are_added_to_an_open_flag_that_has_none(store: Store) -> None:
    """Neither to one with words, nor to a closed one, nor to that of somebody who was erased."""
    await record(store, *posted(), flagged(1, words=None), flagged(2, BEN))
    await record(store, flagged(3, ADA, words=None, question_id="cause"), FlagClosed(3, NOW))
    await record(store, flagged(4, ADA + 9, words=None))
    await record(store, PersonForgotten(ADA + 9))
    await record(store, *(FlagWordsAdded(number, "More.") for number in (1, 2, 3, 4)))
    flags = [await store.flags.get(number) for number in (1, 2, 3, 4)]
    assert [flag and flag.words for flag in flags] == ["More.", "Is it?", None, None]


async def test_open_flags_come_in_pages(store: Store) -> None:
    """The oldest first, whatever their ids; so many, after so many."""
    await record(store, *posted())
    await record(
        store, *(flagged(9 - n, ADA + n, flagged_at=NOW + n) for n in range(5)), flagged(10)
    )
    assert await store.flags.open_count() == 5
    pages = [await store.flags.open(2, skip) for skip in (0, 2, 4, 6)]
    assert [[flag.id for flag in page] for page in pages] == [[9, 8], [7, 6], [5], []]


async def test_forgetting_leaves_the_kind_of_a_flag_alone(store: Store, path: Path) -> None:
    """The learner and their words go; the flag stays, to be seen to."""
    await record(store, *posted(person_id=BEN), flagged(), flagged(2, BEN, words=None))
    await record(store, PersonForgotten(ADA))
    assert on_disk(path, "SELECT id, person_id, reason, words FROM flags ORDER BY id") == [
        (1, None, "other", None),
        (2, BEN, "other", None),
    ]
    assert mentions(path, ADA) == {}
    # Nobody's flags do not stand in each other's way.
    await record(store, PersonForgotten(BEN))
    assert await store.flags.open_count() == 2


async def test_one_text_is_awaited_of_a_person(store: Store) -> None:
    """The latest thing asked for counts, until it is written or left off."""
    await record(store, *posted(), flagged())
    assert await store.flags.awaited(ADA) is None
    await record(store, FlagTextAwaited(ADA, 1, 0, NOW), ReplyAwaited(BEN, 1, 9, NOW))
    assert await store.flags.awaited(ADA) == AwaitedFlagText(1, 0, NOW)
    await record(store, ReplyAwaited(ADA, 1, 8, NOW + 1))
    assert await store.flags.awaited(ADA) == AwaitedReply(1, 8, NOW + 1)
    await record(store, NothingAwaited(ADA), NothingAwaited(ADA))
    assert await store.flags.awaited(ADA) is None
    assert await store.flags.awaited(BEN) == AwaitedReply(1, 9, NOW)
    # What is asked for in the same breath as something is left off, is asked for.
    await record(store, FlagTextAwaited(BEN, 1, 0, NOW), NothingAwaited(BEN))
    assert await store.flags.awaited(BEN) == AwaitedFlagText(1, 0, NOW)


async def test_the_case_of_a_post(store: Store) -> None:
    """As it was posted, whatever became of it since."""
    await record(store, *posted())
    assert await store.flags.posted(1) == PostSnapshot("digest", "a case as JSON")
    assert await store.flags.posted(2) is None


async def test_time_takes_what_leads_to_a_learner(store: Store, path: Path) -> None:
    """Thirty days after a flag was closed, and a day after a text was asked for."""
    await record(store, *posted(), flagged(1), flagged(2, BEN), FlagTextAwaited(ADA, 1, 0, NOW))
    await record(store, FlagClosed(1, NOW))
    await store.tidy(NOW + DAY_MS)
    assert await store.flags.awaited(ADA) is not None
    await store.tidy(NOW + DAY_MS + 1)
    assert await store.flags.awaited(ADA) is None
    await store.tidy(NOW + 30 * DAY_MS)
    assert on_disk(path, "SELECT person_id FROM flags ORDER BY id") == [(ADA,), (BEN,)]
    await store.tidy(NOW + 30 * DAY_MS + 1)
    assert on_disk(path, "SELECT person_id, reason, words FROM flags ORDER BY id") == [
        (None, "other", None),
        (BEN, "other", "Is it?"),
    ]
