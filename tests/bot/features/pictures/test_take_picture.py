"""Pictures by rules alone: when they are fetched, what comes too late, and what finds no room."""

import json

import pytest
from msgspec.structs import replace

from bot.features.drafts.at_draft import at_draft
from bot.features.drafts.case_draft import CaseDraft
from bot.features.drafts.draft_buttons import DraftPress, DraftVerb
from bot.features.drafts.draft_pictures import DraftPicture
from bot.features.drafts.parts import PICTURE, WantedPart
from bot.features.drafts.sent_message import MessageKind, SentMessage
from bot.features.pictures import fetched_picture
from bot.features.pictures.fetched_picture import take_fetched
from bot.features.pictures.picture_steps import PURPOSE
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.features.writing.press_draft import press
from bot.features.writing.take_message import take_message
from bot.services import Services
from bot.telegram.downloads import NoFile
from content.fields import MAX_FIGURES
from content.plain_picture import Flaw, PlainPicture, plain_picture
from storage.draft_facts import DraftDeleted, DraftPictureKept, DraftWritten
from storage.facts import PersonMet
from storage.flag_facts import CommandAwaited
from storage.outcome import Outcome
from storage.role_facts import RoleAccepted, RoleLinkMade
from storage.sent_file_facts import FileSent
from storage.sent_files import SentFile
from tests.content.html_reader import read_html
from tests.storage.samples import ADA, NOW
from tests.support.pictures import saved, scene
from tests.support.services import commit

DRAFT, PAGE = 7, 50
PHOTO = SentMessage(60, "Lumps.", MessageKind.PICTURE, photo="AgAC")


@pytest.fixture
async def services(services: Services) -> Services:
    """Ada is an author, and has a draft."""
    draft = CaseDraft(read=True, base={"title": "Lumps", "questions": [{"prompt": "What?"}]})
    facts = (
        PersonMet(ADA, "en", NOW),
        RoleLinkMade("1", "author", 99, "Root", NOW, NOW + 1),
        RoleAccepted("1", ADA, "Ada", None, None, NOW),
        DraftWritten(DRAFT, ADA, draft.to_json(), NOW),
    )
    await commit(services, Outcome(facts))
    return services


async def visit(services: Services) -> Visit:
    """Ada comes."""
    return await receive(services, Visitor(ADA, "en", "Ada"))


async def pressed(services: Services, verb: DraftVerb, part: str = "", number: int = 1) -> Outcome:
    """She presses a button about a picture."""
    button = DraftPress(verb, DRAFT, number, part)
    return await commit(services, await press(services, await visit(services), button, PAGE))


async def sent(services: Services, message: SentMessage = PHOTO, place: int = 0) -> Outcome:
    """She sends this where a picture is waited for."""
    wanted = WantedPart(PICTURE, DRAFT, place)
    await commit(services, Outcome((CommandAwaited(ADA, str(wanted), services.clock.now()),)))
    done = await take_message(services, await visit(services), message)
    assert done is not None
    return await commit(services, done)


async def all_said(services: Services) -> Outcome:
    """She says all that has to be known before; what that comes to."""
    await pressed(services, DraftVerb.PICTURE_SAY, "creator.me")
    await pressed(services, DraftVerb.PICTURE_SAY, "licence.CC0-1.0")
    return await pressed(services, DraftVerb.PICTURE_SAY, "consent.obtained")


async def pictures(services: Services) -> tuple[DraftPicture, ...]:
    """Those of the draft."""
    at = await at_draft(services, await visit(services), DRAFT)
    return () if at is None else at.draft.pictures


def fetches(outcome: Outcome) -> list[FileSent]:
    """What is to be fetched."""
    return [fact for fact in outcome.facts if isinstance(fact, FileSent)]


def texts(outcome: Outcome) -> str:
    """All that is said."""
    return "\n".join(read_html(call.params.get("text", ""))[0] for call in outcome.owed)


def came(number: int = 1, draft_id: int = DRAFT) -> SentFile:
    """A file that was fetched for a picture."""
    about = json.dumps({"draft_id": draft_id, "number": number})
    return SentFile(ADA, 60, "AgAC", "", PURPOSE, about)


def a_picture() -> PlainPicture:
    """As it is read."""
    made = plain_picture(saved(scene(), "PNG"))
    assert isinstance(made, PlainPicture)
    return made


async def test_it_is_fetched_by_the_last_of_three_answers(services: Services) -> None:
    """And once: said anew, it is not fetched again."""
    assert fetches(await sent(services)) == []
    assert fetches(await pressed(services, DraftVerb.PICTURE_SAY, "consent.obtained")) == []
    assert fetches(await pressed(services, DraftVerb.PICTURE_SAY, "licence.CC0-1.0")) == []
    (fetch,) = fetches(await pressed(services, DraftVerb.PICTURE_SAY, "creator.me"))
    assert (fetch.file_id, fetch.purpose) == ("AgAC", PURPOSE)
    assert fetches(await pressed(services, DraftVerb.PICTURE_SAY, "consent.not-required")) == []


@pytest.mark.parametrize(
    "part",
    ["consent.unknown", "consent.", "licence.none", "licence.", "sha256.ab", "file.a", "", "x"],
)
async def test_a_forged_button_says_nothing(services: Services, part: str) -> None:
    """Of this picture, or of one that is not there."""
    await sent(services)
    before = await pictures(services)
    for number in (1, 99):
        await pressed(services, DraftVerb.PICTURE_SAY, part, number)
        await pressed(services, DraftVerb.PICTURE_ASK, part, number)
    assert await pictures(services) == before


async def test_a_picture_that_comes_too_late_is_dropped(services: Services) -> None:
    """Its draft was deleted, or it was left out, or is here already: nothing is kept, or said."""
    assert await take_fetched(services, came(), a_picture()) == Outcome()
    await sent(services)
    await all_said(services)
    first = await commit(services, await take_fetched(services, came(), a_picture()))
    assert any(isinstance(fact, DraftPictureKept) for fact in first.facts)
    assert await take_fetched(services, came(), a_picture()) == Outcome()
    await commit(services, Outcome((DraftDeleted(DRAFT, ADA),)))
    assert await take_fetched(services, came(), a_picture()) == Outcome()


@pytest.mark.parametrize("why", [*Flaw, *NoFile])
async def test_what_is_no_picture_is_out_and_told(services: Services, why: Flaw | NoFile) -> None:
    """Whether its author is still at it, or has gone on to something else."""
    for elsewhere in (False, True):
        await sent(services)
        number = (await pictures(services))[-1].number
        for said in ("creator.me", "licence.CC0-1.0", "consent.obtained"):
            await pressed(services, DraftVerb.PICTURE_SAY, said, number)
        if elsewhere:
            await pressed(services, DraftVerb.PAGE)
        done = await commit(services, await take_fetched(services, came(number), why))
        assert "picture" in texts(done) or "photo" in texts(done)
        assert await pictures(services) == ()


async def test_there_is_room_for_so_many_bytes(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of all drafts of a person together."""
    monkeypatch.setattr(fetched_picture, "MOST_PICTURE_BYTES", 100)
    await sent(services)
    await all_said(services)
    done = await commit(services, await take_fetched(services, came(), a_picture()))
    assert "There is no room for that picture" in texts(done)
    assert await services.store.drafts.picture_bytes(ADA) == 0


async def test_as_many_pictures_as_an_album_holds(services: Services) -> None:
    """With the vignette, and as many with a question."""
    for number in range(MAX_FIGURES):
        await sent(services, replace(PHOTO, message_id=60 + number))
    assert "That is one too many" in texts(await sent(services))
    await sent(services, place=1)
    assert [one.place for one in await pictures(services)] == [0] * MAX_FIGURES + [1]


async def test_the_author_who_made_it_is_named_as_in_the_case(services: Services) -> None:
    """By the name under which the case is written, once that is there."""
    await sent(services)
    await pressed(services, DraftVerb.PICTURE_SAY, "creator.me")
    assert (await pictures(services))[0].creator == "Ada"
    draft = CaseDraft(read=True, base={"title": "Lumps", "authors": ["Ada Byron, MD"]})
    await commit(services, Outcome((DraftWritten(DRAFT, ADA, draft.to_json(), NOW),)))
    await sent(services)
    await pressed(services, DraftVerb.PICTURE_SAY, "creator.me")
    assert (await pictures(services))[0].creator == "Ada Byron, MD"
