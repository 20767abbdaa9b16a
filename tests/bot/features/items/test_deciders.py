"""Who reads the numbers of a case's questions, and decides on them."""

import pytest

from bot.features.items.deciders import deciders, decides_on, readable_cases
from bot.services import Services
from bot.settings import Settings
from storage.outcome import Outcome
from storage.publication_facts import PublicationAsked, PublicationOver, PublicationWritten
from storage.role_facts import RoleAccepted, RoleLinkMade
from storage.roles import AUTHOR
from tests.storage.samples import ADA, BEN, NOW
from tests.support.authors import ROOT, end_authorship, make_authors
from tests.support.services import commit

CASE = "lumps"


@pytest.fixture
async def services(services: Services) -> Services:
    """Root runs the bot; Ada and Ben are authors, and Ada published a case."""
    services.settings = Settings(admins=frozenset({ROOT}))
    await make_authors(services, ADA, BEN)
    await done_to_case(services, "a case")
    return services


async def done_to_case(services: Services, content: str | None) -> None:
    """Ada publishes it; without content she withdraws it."""
    asked = PublicationAsked(CASE, ADA, None, content, (), None, NOW)
    await commit(services, Outcome((asked,)))
    (one,) = await services.store.publications.owed(1)
    written = PublicationWritten(one.id, "digest", f"{CASE}.yaml", NOW)
    await commit(services, Outcome((written,)))
    await commit(services, Outcome((PublicationOver(one.id),)))


async def rights(services: Services, person_id: int) -> tuple[bool, bool, bool]:
    """Whether somebody is asked about the case, may decide on it, and reads its numbers."""
    read = await readable_cases(services, person_id)
    return (
        person_id in await deciders(services, CASE),
        await decides_on(services, person_id, CASE),
        read is None or CASE in read,
    )


async def test_its_author_does_and_who_runs_the_bot(services: Services) -> None:
    """Administrators first, of all cases; no other author."""
    assert await deciders(services, CASE) == [ROOT, ADA]
    assert await deciders(services, "other") == [ROOT]
    assert await readable_cases(services, ROOT) is None
    assert await readable_cases(services, ADA) == {CASE}
    assert await rights(services, BEN) == (False, False, False)


async def test_an_author_who_runs_the_bot_is_asked_once(services: Services) -> None:
    """As an administrator."""
    services.settings = Settings(admins=frozenset({ROOT, ADA}))
    assert await deciders(services, CASE) == [ROOT, ADA]
    assert await readable_cases(services, ADA) is None


@pytest.mark.parametrize("why", ["the role was taken back", "the case was withdrawn"])
async def test_rights_are_as_they_are_now(services: Services, why: str) -> None:
    """Whatever they were when the case was published; with either they come back."""
    assert await rights(services, ADA) == (True, True, True)
    if why == "the role was taken back":
        await end_authorship(services)
    else:
        await done_to_case(services, None)
    assert await rights(services, ADA) == (False, False, False)
    if why == "the role was taken back":
        made = RoleLinkMade("again", AUTHOR, ROOT, "Root", NOW, NOW + 1)
        accepted = RoleAccepted(made.token, ADA, "Ada", None, None, NOW)
        await commit(services, Outcome((made, accepted)))
    else:
        await done_to_case(services, "a case")
    assert await rights(services, ADA) == (True, True, True)
