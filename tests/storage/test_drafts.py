"""Drafts of cases on record: whose they are, which messages show them, and how they end."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from storage.case_facts import FigureKept
from storage.draft_facts import (
    DraftDeleted,
    DraftGoneTold,
    DraftMessageTaken,
    DraftPageAt,
    DraftPictureDropped,
    DraftPictureKept,
    DraftShownNoMore,
    DraftWarned,
    DraftWritten,
)
from storage.drafts import DraftMessage, page_key
from storage.facts import Fact, PersonForgotten
from storage.outcome import DraftShown
from storage.publication_facts import PublicationAsked, PublicationWritten
from storage.settlements import Refused, Sent
from storage.store import Store
from storage.time_units import DAY_MS
from tests.storage.samples import ADA, BEN, NOW, begin_all, owed_count, record, text

DRAFT_WARNING_MS = 7 * DAY_MS
IDLE_DRAFT_MS = 90 * DAY_MS

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
    rows = await begin_all(store)
    sent = [Sent(row.id, 100 + n, draft=row.draft) for n, row in enumerate(rows[:3])]
    await store.outbox.settle([*sent, Refused(rows[3].id, "no")])
    draft = await store.drafts.get(1, ADA)
    assert draft is not None
    assert draft.page_id == 102
    assert await store.drafts.previews(1) == [100, 101]
    await record(store, DraftShownNoMore(1, 100), DraftShownNoMore(1, 102))
    draft = await store.drafts.get(1, ADA)
    assert draft is not None
    assert draft.page_id is None
    assert await store.drafts.previews(1) == [101]


async def test_a_page_that_was_on_its_way_when_another_became_owed_goes(
    store: Store, path: Path
) -> None:
    """One page is left in the chat, though nobody knew the other's message before."""
    await begun(store)
    page = text("first", ADA, draft=PAGE, edit_key="draft:1")
    await record(store, owed=(page,))
    (first,) = await begin_all(store)
    await record(store, owed=(replace(page, params={"text": "second"}),))
    await store.outbox.settle([Sent(first.id, 100, draft=first.draft)])
    second, gone = await begin_all(store)
    assert (gone.method, gone.params) == ("deleteMessages", {"message_ids": [100]})
    await store.outbox.settle([Sent(second.id, 101, draft=second.draft), Sent(gone.id)])
    draft = await store.drafts.get(1, ADA)
    assert draft is not None
    assert draft.page_id == 101
    assert owed_count(path) == 0


async def test_a_page_is_owed_until_it_is_on_record(store: Store) -> None:
    """Also where Telegram has it already; one that was refused, and another draft's, are not."""
    await begun(store)
    await begun(store, 2)

    async def owed() -> list[int]:
        return sorted(one.id for one in await store.drafts.of(ADA) if one.page_owed)

    page = text("page", ADA, draft=PAGE, edit_key=page_key(1))
    for settlement in (Sent, partial(Refused, error="no")):
        assert await owed() == []
        await record(store, owed=(page,))
        (row,) = await begin_all(store)
        assert await owed() == [1]
        await store.outbox.settle([settlement(row.id)])
    assert await owed() == []


async def test_a_page_goes_when_another_one_came(store: Store) -> None:
    """Though it was sent in the very moment in which the other became owed."""
    await begun(store)
    await record(store, DraftPageAt(1, 100), DraftPageAt(2, 99))
    await record(store, owed=(text(chat_id=ADA, draft=PAGE), text(chat_id=ADA, draft=PREVIEW)))
    page, preview = await begin_all(store)
    sent = (Sent(page.id, 101, draft=page.draft), Sent(preview.id, 102, draft=preview.draft))
    await store.outbox.settle(sent)
    (gone,) = await begin_all(store)
    assert (gone.chat_id, gone.params) == (ADA, {"message_ids": [100]})
    draft = await store.drafts.get(1, ADA)
    assert draft is not None
    assert draft.page_id == 101
    assert await store.drafts.previews(1) == [102]


async def test_what_a_message_shows_is_not_sent_with_it(store: Store) -> None:
    """Telegram gets the text alone."""
    await begun(store)
    await record(store, owed=(text(chat_id=ADA, draft=PAGE),))
    (row,) = await begin_all(store)
    assert row.params == {"text": "Hello"}


async def test_a_message_that_comes_after_its_draft_went_leaves_nothing(store: Store) -> None:
    """Deleted while its page was on its way."""
    await begun(store)
    await record(store, owed=(text(chat_id=ADA, draft=PREVIEW),))
    (row,) = await begin_all(store)
    await record(store, DraftDeleted(1, ADA))
    await store.outbox.settle([Sent(row.id, 100, draft=row.draft)])
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


async def kept(store: Store, *hashes: str) -> frozenset[str]:
    """Of which pictures the bytes are there."""
    return frozenset(await store.figures.get(hashes))


async def test_pictures_lie_with_their_draft_and_go_with_it(store: Store) -> None:
    """Also where two drafts hold the same; nobody adds to another's, or takes out of it."""
    await begun(store)
    await begun(store, 2)
    await record(
        store,
        DraftPictureKept(1, ADA, "a", b"12"),
        DraftPictureKept(1, ADA, "b", b"123"),
        DraftPictureKept(2, ADA, "a", b"12"),
        DraftPictureKept(1, BEN, "c", b"theirs"),
        DraftPictureDropped(1, BEN, "a"),
    )
    assert await kept(store, "a", "b", "c") == {"a", "b"}
    assert await store.drafts.picture_bytes(ADA) == 7
    await record(store, DraftPictureDropped(1, ADA, "b"), DraftDeleted(1, ADA))
    assert await kept(store, "a", "b") == {"a"}
    await record(store, DraftDeleted(2, ADA))
    assert await kept(store, "a") == frozenset()


async def test_a_posted_picture_outlives_its_draft(store: Store) -> None:
    """It is a case's by then: what Telegram calls it is known of that one alone."""
    await begun(store)
    await record(store, DraftPictureKept(1, ADA, "a", b"12"), FigureKept("a", b"12"))
    figure = (await store.figures.get(["a"]))["a"]
    assert (figure.content, figure.file_id) == (b"12", None)
    await record(store, DraftDeleted(1, ADA))
    assert await kept(store, "a") == {"a"}


@pytest.mark.parametrize(
    "gone", [(DraftDeleted(1, ADA),), (DraftPictureDropped(1, ADA, "a"), DraftDeleted(1, ADA))]
)
async def test_pictures_that_are_being_written_wait_for_that(
    store: Store, gone: tuple[Fact, ...]
) -> None:
    """A draft that is deleted, or left without a picture, while its case is published: the case
    gets it all the same, since a file without its figure would keep all files from being used.
    """
    await begun(store)
    asked = PublicationAsked("lumps", ADA, 1, "id: lumps", (("figures/a.png", "a"),), None, NOW)
    await record(store, DraftPictureKept(1, ADA, "a", b"12"), asked)
    for fact in gone:
        await record(store, fact)
    assert await kept(store, "a") == {"a"}
    (owed,) = await store.publications.owed(9)
    await record(store, PublicationWritten(owed.id, "digest", "lumps.yaml", NOW))
    assert await kept(store, "a") == frozenset()


async def test_the_forgotten_leave_no_picture(store: Store) -> None:
    """Nor those whose case is just being written."""
    await begun(store)
    asked = PublicationAsked("lumps", ADA, 1, "id: lumps", (("figures/a.png", "a"),), None, NOW)
    await record(store, DraftPictureKept(1, ADA, "a", b"12"), asked)
    await record(store, DraftDeleted(1, ADA))
    await record(store, PersonForgotten(ADA))
    assert await kept(store, "a") == frozenset()
