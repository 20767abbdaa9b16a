"""Cases that were published from the chat, on record."""

from storage.draft_facts import DraftDeleted, DraftPictureKept, DraftWritten
from storage.facts import PersonForgotten
from storage.publication_facts import (
    PublicationAsked,
    PublicationHeldUp,
    PublicationOver,
    PublicationWritten,
)
from storage.store import Store
from tests.storage.samples import ADA, BEN, NOW, record


def asked(
    person_id: int = ADA, content: str | None = "id: lumps", replaces: str | None = None
) -> PublicationAsked:
    """Somebody wants the case published, from their first draft."""
    return PublicationAsked(
        "lumps", person_id, 1, content, (("figures/a.png", "sha"),), replaces, NOW
    )


async def test_a_publication_goes_from_owed_to_over(store: Store) -> None:
    """It is owed until it is written, and news until its author heard of it."""
    await record(store, asked())
    (owed,) = await store.publications.owed(5)
    assert owed.figures == {"figures/a.png": "sha"}
    assert (owed.content, owed.replaces, owed.held_up) == ("id: lumps", None, False)
    assert not await store.publications.is_news()
    await record(store, PublicationWritten(owed.id, "digest", "lumps.yaml", NOW))
    assert await store.publications.owed(5) == []
    assert await store.publications.is_news()
    await record(store, PublicationHeldUp(owed.id))
    assert not await store.publications.is_news()
    assert [one.held_up for one in await store.publications.written()] == [True]
    await record(store, PublicationOver(owed.id))
    assert await store.publications.written() == []
    case = await store.publications.case("lumps")
    assert case is not None
    assert (case.person_id, case.digest, case.path) == (ADA, "digest", "lumps.yaml")
    assert (case.published_at, case.withdrawn_at) == (NOW, None)
    assert await store.publications.cases_of(ADA) == [case]
    assert await store.publications.case_of(case.id, ADA) == case
    assert await store.publications.case_of(case.id, BEN) is None


async def test_whoever_asks_first_for_a_case_has_it(store: Store) -> None:
    """Another author's comes to nothing, and one's own second while the first is owed."""
    await record(store, asked(), asked(BEN, "id: theirs"), asked(content="id: again"))
    (owed,) = await store.publications.owed(5)
    assert (owed.person_id, owed.content) == (ADA, "id: lumps")


async def test_the_draft_goes_once_it_is_written_unless_it_was_changed_since(store: Store) -> None:
    """Nothing that was typed meanwhile is lost, in the same instant either."""
    for changed in (None, NOW, NOW + 1):
        await record(store, DraftWritten(1, ADA, "{}", NOW), asked())
        if changed:
            await record(store, DraftWritten(1, ADA, "[]", changed))
        (owed,) = await store.publications.owed(5)
        await record(store, PublicationWritten(owed.id, "digest", "lumps.yaml", NOW))
        await record(store, PublicationOver(owed.id))
        assert (await store.drafts.get(1, ADA) is None) == (changed is None)


async def test_pictures_stay_for_as_long_as_they_are_to_be_written(store: Store) -> None:
    """The draft was deleted meanwhile: they go once it is over, though it could not be written."""
    picture = DraftPictureKept(1, ADA, "sha", b"x")
    await record(store, DraftWritten(1, ADA, "{}", NOW), picture, asked())
    await record(store, DraftDeleted(1, ADA))
    assert await store.figures.get(["sha"])
    await record(store, PublicationOver(1))
    assert not await store.figures.get(["sha"])


async def test_a_withdrawn_case_is_known_and_can_come_back(store: Store) -> None:
    """Its id stays taken."""
    await record(store, asked(), PublicationWritten(1, "digest", "lumps.yaml", NOW))
    await record(store, asked(content=None, replaces="digest"))
    assert [one.content for one in await store.publications.owed(5)] == [None]
    await record(store, PublicationWritten(1, "digest", "lumps.yaml", NOW + 1))
    case = await store.publications.case("lumps")
    assert case is not None
    assert (case.published_at, case.withdrawn_at) == (NOW, NOW + 1)
    assert await store.publications.taken_ids() == {"lumps"}
    await record(store, asked(), PublicationWritten(1, "digest", "lumps.yaml", NOW + 2))
    case = await store.publications.case("lumps")
    assert case is not None
    assert case.withdrawn_at is None


async def test_who_is_erased_is_no_author_any_more(store: Store) -> None:
    """What is not written yet is not written; what is stays, and leads to nobody."""
    await record(store, asked(), PublicationWritten(1, "digest", "lumps.yaml", NOW))
    await record(store, PublicationAsked("gout", ADA, None, "id: gout", (), None, NOW))
    await record(store, PersonForgotten(ADA))
    assert await store.publications.owed(5) == []
    case = await store.publications.case("lumps")
    assert case is not None
    assert case.person_id is None
    # Its file was being written at that moment.
    await record(store, PublicationWritten(2, "digest", "gout.yaml", NOW))
    assert await store.publications.case("gout") is None
