"""Who is in a cohort, by which links, and what goes with them."""

from pathlib import Path

from storage.assignment_facts import AssignmentMade
from storage.cohort_facts import (
    CohortClosed,
    CohortJoined,
    CohortLeft,
    CohortMade,
    LinkBounded,
    LinkMade,
)
from storage.cohorts import EDUCATOR, MEMBER, Educator
from storage.facts import LanguageChosen, PersonForgotten, PersonLeft, PersonMet
from storage.outcome import Quote
from storage.role_facts import RoleAsked, RoleDecided
from storage.store import Store
from storage.time_units import DAY_MS
from tests.storage.samples import ADA, BEN, NOW, on_disk, record, text

CLOSED_COHORT_MS = 90 * DAY_MS
CLEO = BEN + 1
COHORT = 7


def joined(person_id: int, role: str = MEMBER, token: str | None = None) -> CohortJoined:
    """Somebody joins the cohort."""
    return CohortJoined(COHORT, person_id, role, "Name", None, True, 1, NOW, token)


def link(token: str, role: str = MEMBER, most: int = 1, *, over: bool = False) -> LinkMade:
    """Ada makes a link."""
    return LinkMade(token, COHORT, role, over, ADA, NOW, NOW + 9, most)


async def taught(store: Store) -> None:
    """A cohort that Ada teaches, whom Root approved."""
    await record(
        store,
        PersonMet(ADA, "en", NOW),
        RoleAsked(ADA, EDUCATOR, "Ada", "ada", NOW),
        RoleDecided(ADA, EDUCATOR, True, CLEO, "Root", NOW),
        CohortMade(COHORT, "Interns", "UTC", NOW),
        joined(ADA, EDUCATOR),
    )


async def test_educators_are_read_with_who_approved_them(store: Store) -> None:
    """By the name that the row has; nobody's where that one was erased."""
    await taught(store)
    assert await store.cohorts.educators(COHORT) == [Educator(ADA, "Name", None, "Root")]
    await record(store, PersonForgotten(CLEO))
    assert await store.cohorts.educators(COHORT) == [Educator(ADA, "Name", None, None)]


async def test_a_link_counts_who_joined_by_it(store: Store) -> None:
    """Up to its bound, which can be another; one of its kind at a time."""
    await taught(store)
    await record(store, link("first"), link("teach", EDUCATOR), link("over", EDUCATOR, over=True))
    await record(store, joined(BEN, token="first"))
    await record(store, joined(CLEO, token="first"))
    assert await store.cohorts.size(COHORT) == 1
    await record(store, LinkBounded("first", 9))
    await record(store, joined(CLEO, token="first"))
    assert await store.cohorts.size(COHORT) == 2
    await record(store, link("second"))
    assert {one.token for one in await store.cohorts.links(COHORT)} == {"second", "teach", "over"}


async def test_who_is_told_something(store: Store) -> None:
    """Members or educators, with their languages, but nobody who blocked the bot."""
    await taught(store)
    await record(store, joined(BEN), joined(CLEO))
    await record(store, PersonMet(BEN, "en", NOW), PersonMet(CLEO, "fr", NOW))
    await record(store, LanguageChosen(CLEO, "es"), PersonLeft(BEN, NOW))
    (one,) = await store.cohorts.reached(COHORT, MEMBER)
    assert (one.id, one.language, one.telegram_language) == (CLEO, "es", "fr")
    assert [one.id for one in await store.cohorts.reached(COHORT, EDUCATOR)] == [ADA]


async def test_an_approval_taken_back_takes_cohorts_and_links(store: Store) -> None:
    """Those that were to bring in educators; of what one is a member, one stays that."""
    await taught(store)
    await record(store, link("members"), link("teach", EDUCATOR))
    await record(store, CohortMade(8, "Course", "UTC", NOW))
    await record(store, CohortJoined(8, ADA, MEMBER, "Ada", None, True, 1, NOW))
    await record(store, RoleDecided(ADA, EDUCATOR, False, CLEO, "Root", NOW))
    assert await store.cohorts.of(ADA, EDUCATOR) == []
    assert [one.id for one in await store.cohorts.of(ADA, MEMBER)] == [8]
    assert [one.token for one in await store.cohorts.links(COHORT)] == ["members"]
    # The other has no educator either.
    assert [one.id for one in await store.cohorts.untaught(9)] == [COHORT, 8]
    assert [one.id for one in await store.cohorts.untaught(1)] == [COHORT]


async def test_who_leaves_takes_their_links_to_teach_along(store: Store) -> None:
    """Nobody is let in in the name of somebody who left; members still join."""
    await taught(store)
    await record(store, joined(BEN, EDUCATOR), link("members"), link("over", EDUCATOR, over=True))
    await record(store, CohortLeft(COHORT, ADA))
    assert [one.token for one in await store.cohorts.links(COHORT)] == ["members"]
    assert await store.cohorts.untaught(9) == []
    await record(store, PersonForgotten(BEN))
    assert [one.id for one in await store.cohorts.untaught(9)] == [COHORT]


async def test_a_report_that_is_owed_names_nobody_who_left(store: Store, path: Path) -> None:
    """What is owed to an educator does not, and what says something of them elsewhere stays."""
    await taught(store)
    quote = (Quote(BEN, "Ben (ICU)"),)
    await record(
        store,
        joined(BEN),
        owed=(text("Ben (ICU): 3 of 3", ADA, quotes=quote), text("1. Ben (ICU)", quotes=quote)),
    )
    await record(store, joined(CLEO), owed=(text("1. Ben (ICU)", CLEO, quotes=quote),))
    await record(store, CohortLeft(COHORT, BEN))
    told = "SELECT text FROM outbox ORDER BY id"
    assert on_disk(path, told) == [("…: 3 of 3",), ("1. …",), ("1. Ben (ICU)",)]
    await record(store, PersonForgotten(BEN))
    assert on_disk(path, told)[-1] == ("1. …",)


async def test_closing_ends_links_and_assignments(store: Store, path: Path) -> None:
    """Once: what was closed before keeps its time."""
    await taught(store)
    assigned = AssignmentMade(
        *(5, COHORT, ADA, "Lumps", "exam", "at_once", False, NOW, NOW, NOW + 9, NOW + 9)
    )
    await record(store, joined(BEN), link("members"), assigned)
    await record(store, CohortClosed(COHORT, NOW))
    await record(store, CohortClosed(COHORT, NOW + 5))
    cohort = await store.cohorts.get(COHORT)
    assert cohort is not None
    assert (cohort.closed_at, cohort.report_due) == (NOW, None)
    assert await store.cohorts.links(COHORT) == []
    assert on_disk(path, "SELECT cancelled_at FROM assignments") == [(NOW,)]
    assert await store.cohorts.untaught(9) == []


async def test_a_closed_cohort_is_deleted_after_its_time(store: Store, path: Path) -> None:
    """With all that stood in it; what people did stays theirs."""
    await taught(store)
    await record(store, joined(BEN), CohortClosed(COHORT, NOW))
    await store.tidy(NOW + CLOSED_COHORT_MS)
    assert await store.cohorts.get(COHORT) is not None
    await store.tidy(NOW + CLOSED_COHORT_MS + 1)
    assert await store.cohorts.get(COHORT) is None
    assert on_disk(path, "SELECT * FROM cohort_people") == []
