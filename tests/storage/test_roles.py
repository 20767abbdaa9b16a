"""Authors and reviewers on record: by a link that one person uses once."""

from storage.role_facts import RoleAccepted, RoleLinkMade, RoleTakenBack
from storage.roles import RoleHolder
from storage.store import Store
from tests.storage.samples import ADA, BEN, NOW, record

ROOT = 99
LINK = RoleLinkMade("token", "reviewer", ROOT, "Root", NOW, NOW + 10)


def accepted(person_id: int, public_name: str | None = "Ada Byron") -> RoleAccepted:
    """A person uses the link."""
    return RoleAccepted("token", person_id, "Ada", "ada", public_name, NOW + 1)


async def test_a_link_is_used_once(store: Store) -> None:
    """Who comes second comes to nothing."""
    await record(store, LINK)
    await record(store, accepted(ADA))
    await record(store, accepted(BEN))
    holder = RoleHolder(ADA, "reviewer", "Ada", "ada", "Ada Byron", NOW + 1)
    assert await store.roles.holders("reviewer") == [holder]
    assert await store.roles.holders("author") == []
    assert await store.roles.holder(ADA, "reviewer") == holder
    assert await store.roles.link("token") is None


async def test_a_role_is_taken_back(store: Store) -> None:
    """At once, and that one alone."""
    await record(store, LINK, RoleLinkMade("other", "author", ROOT, "Root", NOW, NOW + 10))
    await record(store, accepted(ADA), RoleAccepted("other", ADA, "Ada", None, None, NOW))
    await record(store, RoleTakenBack(ADA, "reviewer"))
    assert await store.roles.holder(ADA, "reviewer") is None
    assert await store.roles.holder(ADA, "author") is not None


async def test_a_new_link_gives_a_new_name(store: Store) -> None:
    """Who is in the role already keeps it, under the name given last."""
    await record(store, LINK)
    await record(store, accepted(ADA))
    await record(store, LINK)
    await record(store, accepted(ADA, "A. Byron"))
    (holder,) = await store.roles.holders("reviewer")
    assert holder.public_name == "A. Byron"


async def test_links_that_ended_go(store: Store) -> None:
    """Nobody could use them any more."""
    await record(store, LINK)
    await store.tidy(NOW + 10)
    assert await store.roles.link("token") is not None
    await store.tidy(NOW + 11)
    assert await store.roles.link("token") is None
