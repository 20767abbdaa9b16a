"""Clinicians' signatures on cases, and what reviewers sent back, as they are kept."""

from datetime import date
from pathlib import Path

import pytest

from content.signed_digest import Signature
from storage.facts import PersonForgotten, PersonMet
from storage.retention import Retention
from storage.role_facts import RoleAccepted, RoleLinkMade, RoleTakenBack
from storage.roles import REVIEWER
from storage.signature_facts import CaseSentBack, CaseSigned, ReviewerNamed, SignatureTakenBack
from storage.signatures import kept_signatures, signed_on
from storage.store import Store
from storage.time_units import DAY_MS
from tests.storage.samples import ADA, BEN, NOW, mentions, on_disk, record

ON = signed_on(NOW)


def signed(person_id: int = ADA, digest: str = "digest", name: str = "Ada Byron") -> CaseSigned:
    """A signature on the lumps."""
    return CaseSigned("lumps", digest, person_id, name, NOW)


async def test_two_may_sign_one_case_and_each_once(store: Store, path: Path) -> None:
    """A second signature on the same words changes nothing; both are read from outside as well."""
    await record(store, signed(), signed(BEN, name="Ben Ali"))
    await record(store, signed(name="Somebody else"))
    both = (
        Signature("lumps", "digest", ADA, "Ada Byron", ON),
        Signature("lumps", "digest", BEN, "Ben Ali", ON),
    )
    assert await store.signatures.all() == both
    assert kept_signatures(path) == both


async def test_a_signature_is_taken_back_in_whatever_words_it_was(store: Store) -> None:
    """Those of others stay: texts that return must not bring back what was taken back."""
    await record(store, signed(), signed(digest="older"), signed(BEN, name="Ben Ali"))
    await record(store, SignatureTakenBack("lumps", ADA))
    assert [one.person_id for one in await store.signatures.all()] == [BEN]


async def test_what_was_sent_back_is_known_until_it_is_signed(store: Store) -> None:
    """The last word on a case counts; a signature ends it."""
    await record(store, CaseSentBack(ADA, "lumps", "first", "change", NOW))
    await record(store, CaseSentBack(ADA, "lumps", "second", "rejected", NOW))
    assert await store.signatures.sent_back(ADA) == {"lumps": "second"}
    assert await store.signatures.sent_back(BEN) == {}
    await record(store, signed())
    assert await store.signatures.sent_back(ADA) == {}


async def test_a_reviewer_changes_their_public_name(store: Store) -> None:
    """What they signed before keeps the name that it had."""
    await record(store, RoleLinkMade("token", REVIEWER, BEN, "Root", NOW, NOW + 1))
    await record(store, RoleAccepted("token", ADA, "Ada", None, "Ada Byron", NOW), signed())
    await record(store, ReviewerNamed(ADA, "Ada Byron, MD"))
    holder = await store.roles.holder(ADA, REVIEWER)
    assert holder is not None
    assert holder.public_name == "Ada Byron, MD"
    assert [one.name for one in await store.signatures.all()] == ["Ada Byron"]


async def test_signatures_stay_when_the_role_is_taken_away(store: Store) -> None:
    """They were given by somebody who could."""
    await record(store, RoleLinkMade("token", REVIEWER, BEN, "Root", NOW, NOW + 1))
    await record(store, RoleAccepted("token", ADA, "Ada", None, "Ada Byron", NOW), signed())
    await record(store, RoleTakenBack(ADA, REVIEWER))
    assert len(await store.signatures.all()) == 1


async def test_a_signature_goes_with_its_name(store: Store, path: Path) -> None:
    """Nothing is left of who is erased, and a case that they alone signed is signed by nobody."""
    await record(store, signed(), CaseSentBack(ADA, "murmur", "digest", "change", NOW))
    await record(store, PersonForgotten(ADA))
    assert await store.signatures.all() == ()
    assert mentions(path, ADA) == {}
    names = on_disk(path, "SELECT count(*) FROM signatures WHERE name LIKE 'Ada%'")
    assert names == [(0,)]


async def test_who_signed_is_not_erased_for_being_silent(store: Store) -> None:
    """As long as a signature of theirs stands."""
    await record(store, PersonMet(ADA, "en", NOW), PersonMet(BEN, "en", NOW), signed())
    later, ends = NOW + 41 * DAY_MS, Retention(people=40 * DAY_MS)
    await store.tidy(later, ends)
    assert await store.people.get(ADA) is not None
    assert await store.people.get(BEN) is None
    await record(store, SignatureTakenBack("lumps", ADA))
    await store.tidy(later, ends)
    assert await store.people.get(ADA) is None


@pytest.mark.parametrize(
    ("signed_at", "day"),
    [(1_772_409_599_999, date(2026, 3, 1)), (1_772_409_600_000, date(2026, 3, 2))],
)
def test_the_day_of_a_signature_is_that_of_utc(signed_at: int, day: date) -> None:
    """So that it is no day to come, wherever it is read."""
    assert signed_on(signed_at) == day
