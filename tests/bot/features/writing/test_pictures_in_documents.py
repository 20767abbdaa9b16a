"""Pictures that stand in a document: asked about one after another, and taken one by one."""

import json

import pytest

from bot.features.drafts.at_draft import at_draft
from bot.features.drafts.case_draft import CaseDraft
from bot.features.drafts.draft_buttons import DraftPress, DraftVerb
from bot.features.drafts.draft_pictures import DraftPicture
from bot.features.pictures.fetch_pictures import PURPOSE, read_picture
from bot.features.pictures.fetched_picture import take_fetched
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.features.writing.press_draft import press
from bot.features.writing.take_file import DRAFT_FILE, about_draft, take_file
from bot.services import Services
from bot.telegram.downloads import NoFile
from content.drafting import Reading
from content.plain_picture import Flaw, PlainPicture
from storage.draft_facts import DraftWritten
from storage.facts import PersonForgotten, PersonMet
from storage.outcome import Outcome
from storage.role_facts import RoleAccepted, RoleLinkMade
from storage.sent_file_facts import FileTaken
from storage.sent_files import SentFile
from tests.content.html_reader import read_html
from tests.storage.samples import ADA, NOW
from tests.support.documents import document
from tests.support.pictures import saved, scene
from tests.support.services import commit

PAGE, FILE = 50, 60
PICTURES = [saved(scene(size=(900 + n, 600)), "PNG") for n in range(3)]
DOCUMENT = document("A woman of 64 has lumps.", pictures=PICTURES)
READING = Reading(({"title": "Lumps", "questions": [{"prompt": "What?"}]},), (), 3)


@pytest.fixture
async def services(services: Services) -> Services:
    """Ada is an author, and sent the document."""
    made = RoleLinkMade("1", "author", 99, "Root", NOW, NOW + 1)
    accepted = RoleAccepted("1", ADA, "Ada", None, None, NOW)
    await commit(services, Outcome((PersonMet(ADA, "en", NOW), made, accepted)))
    return services


async def sent(services: Services, draft_id: int = 0) -> str:
    """It came and was read; what she is told."""
    file = SentFile(ADA, FILE, "BQAC", "a.docx", DRAFT_FILE, about_draft(draft_id))
    return texts(await commit(services, await take_file(services, file, READING)))


async def visit(services: Services) -> Visit:
    """Ada comes."""
    return await receive(services, Visitor(ADA, "en", "Ada"))


async def draft_id(services: Services) -> int:
    """Of her only draft."""
    (kept,) = await services.store.drafts.of(ADA)
    return kept.id


async def pressed(services: Services, verb: DraftVerb, part: str, number: int) -> str:
    """She presses a button about a picture; what she is told."""
    button = DraftPress(verb, await draft_id(services), number, part)
    return texts(await commit(services, await press(services, await visit(services), button, PAGE)))


async def said(services: Services, number: int, consent: str = "obtained") -> str:
    """She says all that has to be known before."""
    await pressed(services, DraftVerb.PICTURE_SAY, "creator.me", number)
    await pressed(services, DraftVerb.PICTURE_SAY, "licence.CC0-1.0", number)
    return await pressed(services, DraftVerb.PICTURE_SAY, f"consent.{consent}", number)


async def pictures(services: Services) -> tuple[DraftPicture, ...]:
    """Those of the draft."""
    at = await at_draft(services, await visit(services), await draft_id(services))
    return () if at is None else at.draft.pictures


async def fetched(services: Services, came: NoFile | None = None) -> int:
    """What waits is fetched, one after the other; how often the document came."""
    for times in range(9):
        waiting = await services.store.sent_files.waiting(9)
        if not waiting:
            return times
        (file,) = waiting
        assert file.file_id == "BQAC"
        read = came or read_picture(file, DOCUMENT)
        taken = Outcome((FileTaken(ADA, file.message_id),))
        await commit(services, taken + await take_fetched(services, file, read))
    raise AssertionError("it comes without end")


def texts(outcome: Outcome) -> str:
    """All that is said."""
    return "\n".join(read_html(call.params.get("text", ""))[0] for call in outcome.owed)


async def test_each_is_asked_about_and_none_is_kept_before(services: Services) -> None:
    """By its place in the document; what was answered is taken, and of the rest nothing."""
    told = await sent(services)
    assert "The document's picture 1, in the order of its pages" in told
    assert "Who made the picture?" in told
    assert await services.store.sent_files.waiting(9) == []
    told = await said(services, 1, "no")
    assert "The picture is not taken." in told
    await said(services, 2)
    assert await services.store.drafts.picture_bytes(ADA) == 0
    assert await fetched(services) == 1
    second, third = await pictures(services)
    assert (second.here, second.width, second.file_id) == (True, 901, "")
    assert (third.here, third.creator) == (False, "")


async def test_what_is_said_of_all_takes_all(services: Services) -> None:
    """The document comes once for each: of one message one fetch waits at a time."""
    await sent(services)
    await said(services, 1)
    await pressed(services, DraftVerb.PICTURE_SAY, "creator.same", 2)
    assert await fetched(services) == 3
    assert [one.width for one in await pictures(services)] == [900, 901, 902]


async def test_one_that_is_left_out_meanwhile_keeps_no_other(services: Services) -> None:
    """Its turn passes."""
    await sent(services)
    for number in (1, 2, 3):
        await said(services, number)
    await pressed(services, DraftVerb.PICTURE_GONE, "", 1)
    assert await fetched(services) == 3
    assert [one.width for one in await pictures(services)] == [901, 902]


async def test_a_document_that_telegram_has_no_more_is_told(services: Services) -> None:
    """Each picture is out; more may be sent by themselves."""
    await sent(services)
    for number in (1, 2, 3):
        await said(services, number)
    assert await fetched(services, NoFile.GONE) == 3
    assert await pictures(services) == ()


async def test_who_has_themselves_erased_meanwhile_leaves_nothing(services: Services) -> None:
    """What was under way is dropped as it comes: no picture, no draft, no word about it."""
    await sent(services)
    await said(services, 1)
    (file,) = await services.store.sent_files.waiting(9)
    await commit(services, Outcome((PersonForgotten(ADA),)))
    assert not await services.store.sent_files.is_waiting(file)
    assert await take_fetched(services, file, read_picture(file, DOCUMENT)) == Outcome()
    assert await services.store.drafts.of(ADA) == []


async def test_another_document_in_its_place_gives_no_picture(services: Services) -> None:
    """What is not there is no picture; nothing fails."""
    about = json.dumps({"draft_id": 1, "number": 1, "inside": 9})
    file = SentFile(ADA, FILE, "BQAC", "", PURPOSE, about)
    assert read_picture(file, DOCUMENT) is Flaw.EMPTY
    assert read_picture(file, b"PK") is Flaw.EMPTY
    about = json.dumps({"draft_id": 1, "number": 1, "inside": 2})
    found = read_picture(SentFile(ADA, FILE, "BQAC", "", PURPOSE, about), DOCUMENT)
    assert isinstance(found, PlainPicture)


async def test_pictures_that_came_beside_the_document_stay(services: Services) -> None:
    """As in an album: they are asked about before those within."""
    beside = DraftPicture(1, 0, "AgAC", 59, as_photo=True)
    begun = CaseDraft(pictures=(beside,), pictures_so_far=1)
    await commit(services, Outcome((DraftWritten(7, ADA, begun.to_json(), NOW),)))
    told = await sent(services, 7)
    assert "Picture 1 of 4" in told
    assert await draft_id(services) == 7
    assert [(one.number, one.file_id, one.inside) for one in await pictures(services)] == [
        (1, "AgAC", 0),
        (2, "BQAC", 1),
        (3, "BQAC", 2),
        (4, "BQAC", 3),
    ]
