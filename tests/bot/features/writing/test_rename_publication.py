"""A new case whose file's name is somebody else's: under which id it comes instead."""

from pathlib import Path

import pytest

from bot.features.publishing.rename_publication import by_another_name
from bot.features.publishing.settle_publication import case_in
from bot.services import Services
from content.drafting import from_case, to_yaml
from storage.facts import PersonMet
from storage.outcome import Outcome
from storage.publication_facts import PublicationAsked, PublicationWritten
from storage.publications import Publication
from tests.content.samples import case, question_data
from tests.storage.samples import ADA, NOW
from tests.support.services import commit, only_case

PICTURE = {
    "file": "figures/hard-lumps-0a1b2c3d.png",
    "caption": "The leg",
    "alt": "A leg with lumps",
    "creator": "Ada",
    "licence": "CC-BY-4.0",
    "consent": "obtained",
}
HARD_LUMPS = case(figures=[PICTURE], questions=[question_data(figures=[PICTURE])])
NAMES = frozenset({"hard-lumps.yaml", "Hard-Lumps-2.YAML", "hard-lumps-3.txt"})


@pytest.fixture
async def publication(services: Services) -> Publication:
    """Ada publishes a new case with a picture."""
    figures = ((PICTURE["file"], "sha"),)
    content = to_yaml(from_case(HARD_LUMPS))
    asked = PublicationAsked("hard-lumps", ADA, None, content, figures, None, NOW)
    await commit(services, Outcome((PersonMet(ADA, "en", NOW), asked)))
    return await owed(services)


async def owed(services: Services) -> Publication:
    """What is to be written."""
    (one,) = await services.store.publications.owed(5)
    return one


async def renamed(services: Services, one: Publication, there: frozenset[str] = NAMES) -> bool:
    """Whether it is owed under another id now."""
    done = await by_another_name(services, one, HARD_LUMPS, there)
    if done is not None:
        await commit(services, done)
    return done is not None


async def test_case_and_pictures_have_the_free_name(
    services: Services, publication: Publication
) -> None:
    """Capitals do not make a name free, nor do files of another kind take it."""
    assert await renamed(services, publication)
    now = await owed(services)
    assert now.case_id == "hard-lumps-3"
    assert dict(now.figures) == {"figures/hard-lumps-3-0a1b2c3d.png": "sha"}
    assert now.content is not None
    written = case_in(now.content)
    assert written is not None
    assert written.id == "hard-lumps-3"
    assert written.figures[0].file == "figures/hard-lumps-3-0a1b2c3d.png"
    assert written.questions[0].figures == written.figures
    assert written.model_copy(
        update={"id": "hard-lumps", "figures": (), "questions": ()}
    ) == HARD_LUMPS.model_copy(update={"figures": (), "questions": ()})


async def test_an_id_that_was_published_stays(services: Services, publication: Publication) -> None:
    """What was answered belongs to it."""
    await commit(services, Outcome((PublicationWritten(publication.id, "d", "a.yaml", NOW),)))
    assert not await renamed(services, publication)


async def test_a_case_in_use_has_its_id(
    services: Services, publication: Publication, tmp_path: Path
) -> None:
    """Its file may be this one, changed by hand before it was on record."""
    only_case(services, tmp_path / "cases")
    assert not await renamed(services, publication)


async def test_where_the_name_is_free_another_would_not_help(
    services: Services, publication: Publication
) -> None:
    """It would be tried without end."""
    assert not await renamed(services, publication, frozenset())
    assert not await renamed(services, publication, frozenset({"hard-lumps.txt"}))
