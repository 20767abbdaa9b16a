"""Drafts of cases on record: whose they are, which messages show them, and how they end."""

from collections.abc import Sequence

import pytest

from storage.draft_facts import (
    DraftDeleted,
    DraftGoneTold,
    DraftMessageTaken,
    DraftPageAt,
    DraftPreviewGone,
    DraftWarned,
    DraftWritten,
)
from storage.drafts import DRAFT_WARNING_MS, IDLE_DRAFT_MS, DraftMessage
from storage.outcome import DraftShown
from storage.settlements import Refused, Sent
from storage.store import DAY_MS, Store
from tests.storage.samples import ADA, BEN, NOW, record, text

PAGE, PREVIEW = DraftShown(1, page=True), DraftShown(1, page=False)


async def begun(store: Store, draft_id: int = 1, at: int = NOW) -> None:
    """A draft of Ada's."""
    await record(store, DraftWritten(draft_id, ADA, "{}", at))


async def listed(store: Store) -> Sequence[tuple[int, str]]:
    """Ada's drafts, the one changed last first."""
    return [(one.id, one.document) for one in await store.drafts.of(ADA)]


async def test_a_draft_is_one_persons(store: Store) -> None:
    """Nobody reads, changes or deletes another's, whatever its number."""
    await begun(store)
    await record(store, DraftWritten(1, BEN, '{"theirs": 1}', NOW), DraftDeleted(1, BEN))
    assert await store.drafts.get(1, BEN) is None
    assert await listed(store) == [(1, "{}")]


async def test_two_drafts_are_two(store: Store) -> None:
    """The one that was changed last comes first; deleting one leaves the other."""
    await begun(store)
    await begun(store, 2, NOW + 1)
    await record(store, DraftWritten(1, ADA, "[]", NOW + 2))
    assert await listed(store) == [(1, "[]"), (2, "{}")]
    await record(store, DraftDeleted(1, ADA))
    assert await listed(store) == [(2, "{}")]


async def test_a_sent_message_shows_its_draft(store: Store) -> None:
    """The page is known, and each preview, once Telegram took them; what it refused is not."""
    await begun(store)
    calls = tuple(text(chat_id=ADA, draft=shown) for shown in (PREVIEW, PREVIEW, PAGE, PREVIEW))
    await record(store, owed=calls)
    rows = [row.id for row in await store.outbox.waiting(0)]
    sent = [Sent(row, 100 + number) for number, row in enumerate(rows[:3])]
    await store.outbox.settle([*sent, Refused(rows[3], "no")])
    draft = await store.drafts.get(1, ADA)
    assert draft is not None
    assert draft.page_id == 102
    assert await store.drafts.previews(1) == [100, 101]
    await record(store, DraftPreviewGone(1), DraftPageAt(1, None))
    draft = await store.drafts.get(1, ADA)
    assert draft is not None
    assert draft.page_id is None
    assert await store.drafts.previews(1) == []


async def test_what_a_message_shows_is_not_sent_with_it(store: Store) -> None:
    """Telegram gets the text alone."""
    await begun(store)
    await record(store, owed=(text(chat_id=ADA, draft=PAGE),))
    (row,) = await store.outbox.begin([(await store.outbox.waiting(0))[0].id], NOW)
    assert row.params == {"text": "Hello"}


async def test_a_message_that_comes_after_its_draft_went_leaves_nothing(store: Store) -> None:
    """Deleted while its page was on its way."""
    await begun(store)
    await record(store, owed=(text(chat_id=ADA, draft=PREVIEW),))
    await record(store, DraftDeleted(1, ADA))
    await store.outbox.settle([Sent((await store.outbox.waiting(0))[0].id, 100)])
    assert await store.drafts.previews(1) == []


async def test_of_a_gone_draft_its_messages_are_known_for_a_month(store: Store) -> None:
    """Long enough to say once that it is gone; those of a draft that is there stay."""
    await begun(store)
    await begun(store, 2)
    taken = (DraftMessageTaken(ADA, 10, 1, NOW), DraftMessageTaken(ADA, 11, 2, NOW))
    await record(store, *taken, DraftDeleted(1, ADA))
    assert await store.drafts.message(ADA, 10) == DraftMessage(1, told=False)
    assert await store.drafts.message(BEN, 10) is None
    await record(store, DraftGoneTold(ADA, 1))
    assert await store.drafts.message(ADA, 10) == DraftMessage(1, told=True)
    await store.tidy(NOW + 31 * DAY_MS)
    assert await store.drafts.message(ADA, 10) is None
    assert await store.drafts.message(ADA, 11) == DraftMessage(2, told=False)


@pytest.mark.parametrize("idle", [0, DAY_MS])
async def test_an_idle_draft_is_told_of_before_it_goes(store: Store, idle: int) -> None:
    """A week before the 90 days are over, and a whole week before it goes, however late that was.

    A change in between begins anew.
    """
    await begun(store)
    soon = NOW + IDLE_DRAFT_MS - DRAFT_WARNING_MS
    assert await store.drafts.to_warn(soon - 1, 5) == []
    assert [one.id for one in await store.drafts.to_warn(soon, 5)] == [1]
    warned = soon + idle
    await record(store, DraftWarned(1, warned))
    assert await store.drafts.to_warn(warned, 5) == []
    over = warned + DRAFT_WARNING_MS
    assert await store.drafts.to_end(over - 1, 5) == []
    assert [one.id for one in await store.drafts.to_end(over, 5)] == [1]
    await record(store, DraftWritten(1, ADA, "[]", over))
    assert await store.drafts.to_end(over, 5) == []
    assert [one.id for one in await store.drafts.to_warn(over + IDLE_DRAFT_MS, 5)] == [1]
