"""Times that a clock left which was ahead: found, and set right without losing anything."""

from pathlib import Path

from storage.chat_facts import ChatJoined, ChatSet, ChatWarned, DailySet
from storage.facts import CasePosted, PersonMet, SnapshotTaken
from storage.flag_facts import FlagTextAwaited
from storage.kept_times import DerivedDue, DueKind, KeptDue, kept_dues, lying_ahead
from storage.poll_facts import UnknownPollSeen
from storage.question_facts import ClosingDue, QuestionClosed, QuestionPut, TallyDue
from storage.store import Store
from storage.time_units import DAY_MS
from tests.storage.samples import ADA, BEN, GROUP, NOW, answered, flagged, on_disk, parked, record
from tests.storage.samples import text as call

AHEAD = NOW + 3650 * DAY_MS
LATEST = NOW + 1000


async def test_due_times_are_read_with_what_they_follow_from(store: Store, path: Path) -> None:
    """Those later than a time, and chats without one; no chat that the bot has left."""
    for chat in (GROUP, GROUP - 1):
        await record(store, ChatJoined(chat, "group", "Ward", "{}", ADA, NOW))
    await record(store, ChatSet(GROUP, "{1}", NOW + 1, None), ChatSet(GROUP - 1, "{2}", NOW, NOW))
    await record(store, DailySet(ADA, "{3}", "[1]", NOW + 1), DailySet(BEN, "{4}", None, NOW))
    assert kept_dues(path, NOW) == [
        KeptDue(DueKind.CASE, GROUP, NOW + 1, "{1}", None),
        KeptDue(DueKind.DIGEST, GROUP, None, "{1}", None),
        KeptDue(DueKind.DAILY, ADA, NOW + 1, "{3}", "[1]"),
    ]


async def test_a_due_time_that_was_set_meanwhile_stays(store: Store) -> None:
    """Somebody pressed a button between reading and writing: theirs is the one that counts."""
    await record(store, ChatJoined(GROUP, "group", "Ward", "{}", ADA, NOW))
    await record(store, ChatSet(GROUP, "{}", AHEAD, None), DailySet(ADA, "{}", None, AHEAD))
    derived = [
        DerivedDue(DueKind.CASE, GROUP, AHEAD, NOW + 1),
        DerivedDue(DueKind.DIGEST, GROUP, None, NOW + 2),
        DerivedDue(DueKind.DAILY, ADA, AHEAD - 1, NOW + 3),
    ]
    await store.set_right(derived, [], NOW, LATEST)
    chat, daily = await store.chats.get(GROUP), await store.chats.daily(ADA)
    assert chat is not None
    assert daily is not None
    assert (chat.next_due, chat.digest_due, daily.next_due) == (NOW + 1, NOW + 2, AHEAD)


async def test_nothing_has_happened_in_the_future(store: Store, path: Path) -> None:
    """What lies ahead becomes the present, in every table that is gone by; the rest stays."""
    for post_id, at in ((1, NOW), (2, AHEAD)):
        await record(
            store,
            PersonMet(ADA + post_id, "en", at),
            SnapshotTaken("digest", "a case as JSON", NOW),
            CasePosted(post_id, ADA, ADA, "lumps", "digest", at),
            answered(post_id=post_id, answered_at=at),
            flagged(post_id, ADA + post_id, flagged_at=at),
            ChatJoined(GROUP - post_id, "group", "Ward", "{}", ADA, NOW),
            ChatWarned(GROUP - post_id, at),
            FlagTextAwaited(ADA + post_id, post_id, 0, at),
            UnknownPollSeen(f"poll {post_id}", "print", at),
        )
    await record(store, parked(), owed=(call(),))
    before = on_disk(path, "SELECT answered_at FROM answers WHERE post_id = 1")
    ahead = lying_ahead(path, LATEST)
    assert ahead == {
        "answers": 1,
        "awaited_texts": 1,
        "chats": 1,
        "flags": 1,
        "people": 1,
        "posts": 1,
        "unknown_polls": 1,
    }
    await store.set_right([], [*ahead], NOW + 5, LATEST)
    assert lying_ahead(path, NOW + 5) == {}
    assert on_disk(path, "SELECT answered_at FROM answers WHERE post_id = 1") == before
    assert on_disk(path, "SELECT answered_at FROM answers WHERE post_id = 2") == [(NOW + 5,)]


async def test_questions_put_by_a_clock_ahead_close_in_their_time(store: Store, path: Path) -> None:
    """Open from now on for as long as they were to be; one closed by hand since then is over."""
    await record(store, SnapshotTaken("digest", "a case as JSON", NOW))
    for post_id, put_at in enumerate((AHEAD, AHEAD, AHEAD, NOW), 1):
        await record(
            store,
            CasePosted(post_id, GROUP, None, "lumps", "digest", NOW),
            QuestionPut(post_id, 0, GROUP, "buttons", (0, 1), put_at, put_at + DAY_MS),
        )
    await record(
        store, TallyDue(1, 0, AHEAD), ClosingDue(2, 0, NOW - 1), QuestionClosed(3, 0, AHEAD)
    )
    assert lying_ahead(path, LATEST) == {"questions": 5}
    await store.set_right([], ["questions"], NOW, LATEST)
    sql = "SELECT post_id, put_at, closes_at, closed_at, tally_due FROM questions ORDER BY post_id"
    assert on_disk(path, sql) == [
        (1, NOW, NOW + DAY_MS, None, NOW),
        (2, NOW, NOW - 1, None, None),
        (3, NOW, AHEAD + DAY_MS, NOW, None),
        (4, NOW, NOW + DAY_MS, None, None),
    ]
    assert [asked.post_id for asked in await store.questions.closing(NOW + DAY_MS)] == [2, 1, 4]


async def test_a_question_on_its_way_keeps_its_time(store: Store, path: Path) -> None:
    """Put by a clock ahead, sent once it is right: open for its time from then on."""
    await record(store, SnapshotTaken("digest", "a case as JSON", NOW))
    await record(
        store,
        CasePosted(1, GROUP, None, "lumps", "digest", NOW),
        QuestionPut(1, 0, GROUP, "buttons", (0, 1), AHEAD, AHEAD + DAY_MS),
    )
    await store.set_right([], ["questions"], NOW, LATEST)
    assert on_disk(path, "SELECT sent_at, closes_at FROM questions") == [(None, NOW + DAY_MS)]
