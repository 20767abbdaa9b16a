"""What is deleted when, where the bot's keeper has set an end to it."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from storage import retention
from storage.chat_facts import NOTHING_LEFT, ChatJoined, ChatLeft, DailySet, NameShown
from storage.cohort_facts import CohortClosed, CohortJoined, CohortMade
from storage.draft_facts import DraftWritten
from storage.facts import CasePosted, Fact, PersonForgotten, PersonMet
from storage.retention import Retention
from storage.role_facts import RoleAccepted, RoleLinkMade
from storage.store import Store
from storage.time_units import DAY_MS
from tests.storage.samples import (
    ADA,
    BEN,
    GROUP,
    NOW,
    answered,
    flagged,
    mentions,
    on_disk,
    parked,
    poll,
    posted,
    record,
)

KEPT_MS = 40 * DAY_MS
ANSWERS, PEOPLE, CHATS = (
    Retention(answers=KEPT_MS),
    Retention(people=KEPT_MS),
    Retention(chats=KEPT_MS),
)
LATER = NOW + KEPT_MS + 1


async def test_old_answers_lead_to_nobody(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past their days answers, posts and polls lose their learner, not a millisecond before.

    The totals stay; newer answers of the same learner stay theirs; in steps of any size.
    """
    monkeypatch.setattr(retention, "_AT_ONCE", 2)
    for post_id in range(1, 6):
        at = NOW + 10 * DAY_MS * (post_id == 5)
        await record(
            store,
            posted()[0],
            CasePosted(post_id, ADA, ADA, "lumps", "digest", at),
            answered(post_id=post_id, answered_at=at),
            owed=(poll(post_id),),
        )
        await store.outbox.begin([post_id], at)

    def left() -> list[object]:
        tables = ("answers WHERE person_id", "posts WHERE person_id", "poll_attempts WHERE chat_id")
        return [on_disk(path, f"SELECT count(*) FROM {t} = ?", ADA)[0][0] for t in tables]

    await store.tidy(LATER - 1, ANSWERS)
    assert left() == [5, 5, 5]
    await store.tidy(LATER, ANSWERS)
    assert left() == [1, 1, 1]
    assert await store.polls.has_answered(ADA, 5, 0)
    assert (await store.polls.tally("revision")).all.answers == 5
    await store.tidy(NOW + 10_000 * DAY_MS, Retention())
    assert left() == [1, 1, 1]


async def test_silent_learners_are_erased(store: Store, path: Path) -> None:
    """As by /forget: those met, and those who only ever voted in groups."""
    await record(store, PersonMet(ADA, "en", NOW), *posted(), answered(), flagged())
    await record(store, CasePosted(2, GROUP, None, "lumps", "digest", NOW))
    await record(store, answered(BEN, 2))
    await store.tidy(LATER - 1, PEOPLE)
    assert mentions(path, ADA) != {}
    assert mentions(path, BEN) != {}
    await store.tidy(LATER, PEOPLE)
    assert (mentions(path, ADA), mentions(path, BEN)) == ({}, {})
    assert (await store.polls.tally("revision")).all.answers == 2


@pytest.mark.parametrize(
    "sign",
    [
        answered(answered_at=NOW + DAY_MS),
        CasePosted(2, ADA, ADA, "lumps", "digest", NOW + DAY_MS),
        flagged(flagged_at=NOW + DAY_MS),
        replace(parked(), received_at=NOW + 20 * DAY_MS),
        DailySet(ADA, "{}", None, NOW),
        ChatJoined(GROUP, "channel", "Ward", "{}", ADA, NOW),
        CohortJoined(5, ADA, "member", "Ada", None, True, 1, NOW + DAY_MS),
        CohortJoined(5, ADA, "educator", "Ada", None, True, 0, NOW),
        RoleAccepted("token", ADA, "Ada", None, None, NOW),
        DraftWritten(7, ADA, "{}", NOW),
    ],
    ids=lambda fact: type(fact).__name__,
)
async def test_whoever_gives_a_sign_stays(store: Store, sign: Fact) -> None:
    """An answer, a case asked for, a flag, a vote that waits; or a schedule, chat or role."""
    await record(store, PersonMet(ADA, "en", NOW), *posted(), CohortMade(5, "Interns", "UTC", NOW))
    await record(store, RoleLinkMade("token", "author", BEN, "Ben", NOW, LATER))
    await record(store, sign)
    await store.tidy(LATER, PEOPLE)
    assert await store.people.get(ADA) is not None


async def test_membership_of_old_and_a_closed_cohort_keep_nobody(store: Store) -> None:
    """Who joined long ago and did nothing since, and who taught what is over, are erased."""
    await record(
        store,
        *(PersonMet(one, "en", NOW) for one in (ADA, BEN)),
        CohortMade(5, "Interns", "UTC", NOW),
        CohortJoined(5, ADA, "educator", "Ada", None, True, 0, NOW),
        CohortJoined(5, BEN, "member", "Ben", None, True, 1, NOW),
    )
    await store.tidy(LATER, PEOPLE)
    assert await store.people.get(ADA) is not None
    assert await store.people.get(BEN) is None
    await record(store, CohortClosed(5, LATER))
    await store.tidy(LATER, PEOPLE)
    assert await store.people.get(ADA) is None


@pytest.mark.parametrize(
    "schedule", [DailySet(ADA, "{}", None, None), DailySet(ADA, "{}", None, LATER, NOTHING_LEFT)]
)
async def test_a_scheduled_case_is_no_sign_of_life(store: Store, schedule: DailySet) -> None:
    """What the bot sent by itself says nothing of the learner; nor does a schedule at rest.

    Nor one for which no case is left.
    """
    await record(store, PersonMet(ADA, "en", NOW), schedule, posted()[0])
    await record(
        store, CasePosted(2, ADA, ADA, "lumps", "digest", NOW + DAY_MS, due_at=NOW + DAY_MS)
    )
    await store.tidy(LATER, PEOPLE)
    assert await store.people.get(ADA) is None


async def test_marks_of_who_was_erased_go_with_the_backups(store: Store, path: Path) -> None:
    """Once no backup can know them; for good, where backups are kept for good."""
    await store.claim(7007)
    await record(store, PersonMet(ADA, "en", NOW), PersonForgotten(ADA))
    marks = "SELECT erased_at FROM erased_people"
    await store.tidy(NOW + 1000 * DAY_MS, Retention())
    await store.tidy(NOW + 14 * DAY_MS, Retention(backups=14 * DAY_MS))
    assert on_disk(path, marks) == [(NOW,)]
    await store.tidy(NOW + 14 * DAY_MS + 1, Retention(backups=14 * DAY_MS))
    assert on_disk(path, marks) == []


async def test_chats_that_were_left_are_erased(store: Store, path: Path) -> None:
    """Title, settings, who added the bot and names shown go; a chat it is in stays."""
    for chat in (GROUP, GROUP - 1):
        await record(
            store,
            ChatJoined(chat, "group", "Ward", "{}", ADA, NOW),
            NameShown(chat, BEN, "Ben"),
        )
    await record(store, ChatLeft(GROUP, NOW))
    await store.tidy(LATER - 1, CHATS)
    assert await store.chats.get(GROUP) is not None
    await store.tidy(LATER, CHATS)
    assert await store.chats.get(GROUP) is None
    assert await store.chats.get(GROUP - 1) is not None
    assert on_disk(path, "SELECT chat_id FROM shown_names") == [(GROUP - 1,)]
