"""What is no picture of a case, where one is asked for and where none is: kind answers to each."""

import pytest
from PIL import Image

from bot.jobs import fetch_files
from bot.settings import Settings
from bot.telegram import downloads
from tests.conversations.writing.conftest import answered, press, pressed
from tests.conversations.writing.test_pictures import TRACING, asked_for_files, at_pictures, kept
from tests.sandbox.conftest import picture
from tests.support.pictures import saved
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import says


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("page.pdf", b"%PDF-1.7", "A PDF is no picture."),
        ("scan.dcm", b"DICM", "A DICOM file holds the patient's name"),
        ("photo.HEIC", b"ftypheic", "can't read HEIC"),
        ("scan.tiff", b"II*", "can't read TIFF"),
        ("map.svg", b"<svg/>", "can't read SVG"),
        ("notes.txt", b"text", "That is no picture."),
    ],
)
async def test_other_files_where_a_picture_is_asked_for(
    sandbox: SandboxClient, ada: Person, name: str, content: bytes, words: str
) -> None:
    """Each is told by its name what to do; none is fetched; a picture is still waited for."""
    await at_pictures(ada)
    sent = await ada.send_document(name, content)
    await ada.wait_for(says(words), after=sent["message_id"])
    assert await asked_for_files(sandbox) == 0
    sent = await ada.send_document("ecg.png", TRACING)
    await ada.wait_for(says("Who made the picture?"), after=sent["message_id"])


async def test_words_and_voice_where_a_picture_is_asked_for(ada: Person) -> None:
    """A kind sentence; and a picture where words are asked for."""
    page = await at_pictures(ada)
    page = await answered(ada, "Here it comes", "A picture is asked for here,")
    sent = await ada.send_voice()
    page = await ada.wait_for(says("That is no picture."), after=sent["message_id"])
    sent = await ada.send_photo(picture(1000, 600))
    page = await ada.wait_for(says("Who made the picture?"), after=sent["message_id"])
    page = await answered(ada, "Me", "Who made the picture?", "Press one of the buttons")
    page = await pressed(ada, page, "Leave it out", "Draft: Stone-hard")
    page = await pressed(ada, page, "Change a part", "Which part?")
    page = await pressed(ada, page, "Title", "Title.")
    sent = await ada.send_photo(picture(1000, 600))
    await ada.wait_for(says("can't read what stands in a picture"), after=sent["message_id"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no picture", "no picture that I can read"),
        (TRACING[:2000], "That picture is damaged"),
        (saved(Image.new("L", (900, 20)), "PNG"), "too long and thin"),
    ],
)
async def test_a_file_that_is_no_picture_after_all(
    ada: Person, at_work: Settings, content: bytes, words: str
) -> None:
    """It is told, nothing is kept, and another can be sent at once."""
    await at_pictures(ada)
    sent = await ada.send_document("ecg.jpg", content)
    page = await ada.wait_for(says("Who made the picture?"), after=sent["message_id"])
    page = await pressed(ada, page, "I made it", "Under which licence")
    page = await pressed(ada, page, "CC-BY-4.0", "Did the patient consent")
    await press(ada, page, "Consent obtained")
    await ada.wait_for(says(words))
    assert kept(at_work) == []
    sent = await ada.send_document("ecg.png", TRACING)
    await ada.wait_for(says("Who made the picture?"), after=sent["message_id"])


async def test_a_picture_that_nobody_asked_for(sandbox: SandboxClient, ada: Person) -> None:
    """An author hears where pictures go; it is not fetched."""
    for _ in range(2):
        sent = await ada.send_photo(picture())
        await ada.wait_for(says("To put a picture into a case"), after=sent["message_id"])
    assert await asked_for_files(sandbox) == 0


async def test_a_file_too_large_is_not_asked_about(ada: Person) -> None:
    """Telegram gives none of more than 20 MB."""
    await at_pictures(ada)
    sent = await ada.send_document("ecg.png", bytes(downloads.LARGEST + 1))
    await ada.wait_for(says("That file is too big"), after=sent["message_id"])


async def test_a_picture_that_telegram_does_not_give(
    sandbox: SandboxClient, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, and can be sent again."""
    monkeypatch.setattr(fetch_files, "_PAUSE_S", 0.01)
    await at_pictures(ada)
    sent = await ada.send_document("ecg.png", TRACING)
    page = await ada.wait_for(says("Who made the picture?"), after=sent["message_id"])
    await sandbox.fault("500", "file", times=fetch_files.TRIES)
    page = await pressed(ada, page, "I made it", "Under which licence")
    page = await pressed(ada, page, "CC-BY-4.0", "Did the patient consent")
    await press(ada, page, "Consent obtained")
    await ada.wait_for(says("could not be fetched from Telegram"))
