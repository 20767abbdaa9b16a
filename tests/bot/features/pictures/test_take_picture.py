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
from bot.features.pictures.fetch_pictures import PURPOSE
from bot.features.pictures.fetched_picture import take_fetched
from bot.features.pictures.picture_steps import NEW_PICTURE
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.features.writing.press_draft import press
from bot.features.writing.take_message import take_message
from bot.services import Services
from bot.telegram.downloads import NoFile
from content.fields import MAX_FIGURES
from content.plain_picture import Flaw, PlainPicture, plain_picture
from storage.draft_facts import DraftDeleted, DraftPageAt, DraftPictureKept, DraftWritten
from storage.facts import PersonMet
from storage.flag_facts import CommandAwaited
from storage.flags import AwaitedCommand
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


def document(name: str = "", mime: str = "", *, words: str = "", size: int = 1000) -> SentMessage:
    """A file that Ada sends."""
    file = FileSent(ADA, 60, "BQAC", name, "draft")
    return SentMessage(60, words, MessageKind.OTHER, file, size=size, mime=mime)


@pytest.mark.parametrize(
    ("name", "mime"),
    [("lumps.PNG", ""), ("", "image/jpeg"), ("a.webp", "application/octet-stream")],
)
async def test_a_picture_may_come_as_a_file(services: Services, name: str, mime: str) -> None:
    """By its name, or where it has none by what its app says: larger than a photo may be."""
    await sent(services, document(name, mime))
    (picture,) = await pictures(services)
    assert (picture.file_id, picture.as_photo) == ("BQAC", False)
    await sent(services)
    assert (await pictures(services))[1].as_photo


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (document("scan.pdf"), "A PDF is no picture"),
        (document("ct.dcm"), "A DICOM file holds the patient's name"),
        (document("photo.heic"), "can't read HEIC"),
        (document("scan.png.tiff"), "can't read TIFF"),
        (document("", "image/svg+xml"), "can't read SVG"),
        (document("film.mp4", "video/mp4"), "stand still"),
        (SentMessage(60, "", MessageKind.OTHER, mime="sticker"), "That is a sticker"),
        (document("words.docx"), "That is no picture"),
        (document("big.png", size=20 * 1024 * 1024 + 1), "too big"),
        (SentMessage(60, "Some words"), "that is a text"),
    ],
    ids=lambda one: one.replace(" ", "-") if isinstance(one, str) else "",
)
async def test_what_is_no_picture_is_refused_before_it_is_fetched(
    services: Services, message: SentMessage, words: str
) -> None:
    """It is said why, nothing is kept of it, and a picture is waited for still."""
    done = await sent(services, message, place=1)
    assert words in texts(done)
    assert await pictures(services) == ()
    awaited = await services.store.flags.awaited(ADA)
    assert isinstance(awaited, AwaitedCommand)
    assert awaited.command == str(WantedPart(PICTURE, DRAFT, 1))


async def test_a_question_about_a_picture_stays_where_something_else_comes(
    services: Services,
) -> None:
    """What came after it in an album, say: its page is not touched, and its answer waited for."""
    await sent(services)
    await commit(services, Outcome((DraftPageAt(DRAFT, 70),)))
    before = await services.store.flags.awaited(ADA)
    done = await sent(services, document("ct.dcm"))
    assert "DICOM" in texts(done)
    assert [call.method for call in done.owed] == ["sendMessage"]
    kept = await services.store.drafts.get(DRAFT, ADA)
    assert kept is not None
    assert kept.page_id == 70
    assert await services.store.flags.awaited(ADA) == before


async def test_the_largest_file_is_a_picture(services: Services) -> None:
    """Twenty megabytes to the byte."""
    await sent(services, document("big.png", size=20 * 1024 * 1024))
    assert len(await pictures(services)) == 1


@pytest.mark.parametrize(("length", "kept"), [(600, True), (601, False)])
async def test_the_words_below_it_are_its_caption(
    services: Services, length: int, kept: bool
) -> None:
    """Where they are as short as one; else its author is told so, and is asked for it later."""
    done = await sent(services, replace(PHOTO, text="a" * length))
    (picture,) = await pictures(services)
    assert picture.caption == ("a" * length if kept else "")
    assert picture.said_in == ({"caption": 60} if kept else {})
    assert ("too long for a caption" in texts(done)) is not kept


@pytest.mark.parametrize(
    ("words", "is_case"),
    [
        ("A hand with lumps.", False),
        ("A man has lumps. What are they?", True),
        ("A man has lumps.\n\nThey are hard.", True),
        ("lumps " * 101, True),
    ],
)
async def test_a_picture_amid_a_text_may_bring_some_of_it(
    services: Services, words: str, is_case: bool
) -> None:
    """What asks something, or is longer than a caption, is the case's; else it is the caption."""
    await commit(services, Outcome((CommandAwaited(ADA, str(WantedPart()), NOW),)))
    done = await take_message(services, await visit(services), replace(PHOTO, text=words))
    assert done is not None
    await commit(services, done)
    kept = [CaseDraft.from_json(one.document) for one in await services.store.drafts.of(ADA)]
    (new,) = [one for one in kept if one.pictures]
    assert bool(new.texts) is is_case
    assert bool(new.pictures[0].caption) is not is_case
    assert new.collecting


@pytest.mark.parametrize("new", [True, False])
async def test_amid_a_text_what_never_is_a_case_is_refused_at_once(
    services: Services, new: bool
) -> None:
    """It is not fetched to be read; the text goes on, and no draft is begun for it."""
    wanted = WantedPart("text", 0 if new else DRAFT)
    await commit(services, Outcome((CommandAwaited(ADA, str(wanted), NOW),)))
    done = await take_message(services, await visit(services), document("ct.dcm"))
    assert done is not None
    assert "DICOM" in texts(done)
    assert fetches(await commit(services, done)) == []
    awaited = await services.store.flags.awaited(ADA)
    assert isinstance(awaited, AwaitedCommand)
    assert awaited.command == str(wanted)
    assert len(await services.store.drafts.of(ADA)) == 1


async def wanted_after(services: Services, wanted: WantedPart, message: SentMessage) -> Outcome:
    """She sends this where that is waited for."""
    await commit(services, Outcome((CommandAwaited(ADA, str(wanted), NOW),)))
    done = await take_message(services, await visit(services), message)
    assert done is not None
    return await commit(services, done)


async def test_another_comes_in_the_place_of_one(services: Services) -> None:
    """With its question and its caption, unless it brings its own; and beyond the bound."""
    for number in range(MAX_FIGURES):
        await sent(services, replace(PHOTO, message_id=60 + number), place=1)
    new = WantedPart(NEW_PICTURE, DRAFT, 1)
    assert "that is a text" in texts(await wanted_after(services, new, SentMessage(80, "Words")))
    await wanted_after(services, new, replace(PHOTO, text="", message_id=81))
    last = (await pictures(services))[-1]
    assert (last.replaces, last.place, last.caption) == (1, 1, "Lumps.")
    await wanted_after(services, new, replace(PHOTO, text="Hard lumps.", message_id=82))
    assert (await pictures(services))[-1].caption == "Hard lumps."


async def test_what_is_said_of_one_is_taken_from_a_message(services: Services) -> None:
    """In one line, unless it is a caption; of a picture that is gone nothing is."""
    await sent(services, replace(PHOTO, text=""))
    maker, caption = (WantedPart(f"picture-{one}", DRAFT, 1) for one in ("creator", "caption"))
    await wanted_after(services, maker, SentMessage(70, "Ada\nByron"))
    await wanted_after(services, caption, SentMessage(71, "Lumps\nof a hand"))
    (picture,) = await pictures(services)
    assert (picture.creator, picture.caption) == ("Ada Byron", "Lumps\nof a hand")
    assert picture.said_in == {"creator": 70, "caption": 71}
    before = await pictures(services)
    await wanted_after(services, WantedPart("picture-creator", DRAFT, 9), SentMessage(72, "Ben"))
    assert await pictures(services) == before


async def test_words_while_a_button_is_meant(services: Services) -> None:
    """The question stands again, and says so."""
    await sent(services)
    done = await sent(services, SentMessage(70, "CC0"))
    assert "Press one of the buttons" in texts(done)
    assert "Who made" in texts(done)
