"""A draft that its author changes while its file is being written: one case comes of it."""

from pathlib import Path

import pytest

from bot.features.drafts.case_draft import CaseDraft
from bot.features.drafts.draft_buttons import DraftPress, DraftVerb
from bot.features.drafts.part_change import PartChange
from bot.features.drafts.sent_message import SentMessage
from bot.features.publishing.settle_publication import FileDone, FileLeft, FileResult, after_writing
from bot.features.shared.visitors import Visitor, receive
from bot.features.writing.edit_message import edit_message
from bot.features.writing.press_draft import press
from bot.services import Services
from bot.settings import Settings
from content.drafting import from_case
from storage.draft_facts import DraftMessageTaken, DraftWritten
from storage.facts import PersonMet
from storage.outcome import Outcome
from storage.publication_facts import PublicationOver
from storage.publications import Publication
from storage.role_facts import RoleAccepted, RoleLinkMade
from storage.roles import AUTHOR
from tests.content.samples import case
from tests.storage.samples import ADA, NOW
from tests.support.services import StillClock, commit

DRAFT, PAGE, TITLE = 7, 50, 60


@pytest.fixture
async def services(services: Services, tmp_path: Path) -> Services:
    """Ada is an author with a draft in which nothing is found; a message gave its title."""
    services.settings = Settings(content=tmp_path)
    base = {key: value for key, value in from_case(case()).items() if key != "id"}
    title = PartChange("title", "Hard lumps", 0, TITLE)
    draft = CaseDraft(read=True, base=base, changes=(title,)).to_json()
    made = RoleLinkMade("token", AUTHOR, 99, "Root", NOW, NOW + 1)
    accepted = RoleAccepted("token", ADA, "Ada", None, None, NOW)
    await commit(services, Outcome((PersonMet(ADA, "en", NOW), made)))
    begun = (DraftWritten(DRAFT, ADA, draft, NOW), DraftMessageTaken(ADA, TITLE, DRAFT, NOW))
    await commit(services, Outcome((accepted, *begun)))
    return services


async def published(services: Services) -> str:
    """Ada presses the last button; what she is told."""
    who = await receive(services, Visitor(ADA, "en", "Ada"))
    outcome = await press(services, who, DraftPress(DraftVerb.PUBLISHED, DRAFT), PAGE)
    await commit(services, outcome)
    return str(outcome.owed[0].params["text"])


async def edited(services: Services, title: str) -> None:
    """Ada edits the message that gave the title."""
    who = await receive(services, Visitor(ADA, "en", "Ada"))
    await commit(services, await edit_message(services, who, SentMessage(TITLE, title)))


async def owed(services: Services) -> Publication:
    """The only file that is to be written."""
    (one,) = await services.store.publications.owed(5)
    return one


async def written(services: Services, result: FileResult) -> None:
    """It is, or not; and what came of it was told."""
    one = await owed(services)
    await commit(services, await after_writing(services, one, result))
    await commit(services, Outcome((PublicationOver(one.id),)))


@pytest.mark.parametrize("later_ms", [-60_000, 0, 1])
async def test_what_was_changed_meanwhile_is_a_change_of_the_case(
    services: Services, later_ms: int
) -> None:
    """The words are not lost, be it within a millisecond or by a clock that was set back."""
    await published(services)
    first = await owed(services)
    services.clock = StillClock(at=NOW + later_ms)
    await edited(services, "Lumps like stone")
    await written(services, FileDone("digest"))
    assert "It is being published" in await published(services)
    second = await owed(services)
    assert (second.case_id, second.replaces) == (first.case_id, "digest")
    assert second.content is not None
    assert "Lumps like stone" in second.content
    await written(services, FileDone("digest of the change"))
    (one,) = await services.store.publications.cases_of(ADA)
    assert one.digest == "digest of the change"
    assert await services.store.drafts.of(ADA) == []


async def test_it_is_not_published_again_before_it_is_written(services: Services) -> None:
    """Its author hears to wait; nothing else is owed."""
    await published(services)
    await edited(services, "Lumps like stone")
    assert "just being published" in await published(services)
    assert "Lumps like stone" not in str((await owed(services)).content)


async def test_a_draft_that_was_left_alone_goes(services: Services) -> None:
    """Nothing is left of what was published as it is."""
    await published(services)
    await written(services, FileDone("digest"))
    assert await services.store.drafts.of(ADA) == []


async def test_a_draft_whose_file_was_not_written_is_no_change(services: Services) -> None:
    """It is published as a case of its own later, as it would have been."""
    await published(services)
    await edited(services, "Lumps like stone")
    await written(services, FileLeft())
    assert "It is being published" in await published(services)
    assert (await owed(services)).replaces is None
