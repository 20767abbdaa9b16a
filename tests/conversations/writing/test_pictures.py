"""Pictures of a case: asked about before they are taken, bare, shown, mended, published."""

import asyncio
import io
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from bot.settings import Settings
from tests.conversations.writing.conftest import (
    ARTICLE,
    all_said,
    answered,
    changed,
    press,
    pressed,
    until,
)
from tests.conversations.writing.test_publishing import changed_title, own_case, ready
from tests.sandbox.conftest import picture
from tests.support import trouble
from tests.support.database import query
from tests.support.documents import document
from tests.support.pictures import exif, saved, scene, tells
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, is_poll, my_data, says, text_of

TRACING = saved(scene(size=(1600, 900)), "PNG", exif=exif(1))
NEW_TITLE = "Lumps as hard as stone"
CAPTION, ALT = "An electrocardiogram.", "Twelve leads, one beat a second."


async def at_pictures(ada: Person, article: str = ARTICLE) -> Message:
    """A draft whose author presses to add a picture."""
    await asked(ada, "/write", "Send it now")
    page = await answered(ada, article, "1 message taken")
    await press(ada, page, "Done")
    page = await ada.wait_for(says("Draft: Stone-hard"), after=page["message_id"])
    return await pressed(ada, page, "Picture", "Picture.", "as a file")


async def settled(ada: Person, page: Message, consent: str = "Consent obtained") -> Message:
    """She made it, under the first licence, and so it is taken: the caption is asked for."""
    page = await pressed(ada, page, "I made it", "Under which licence")
    page = await pressed(ada, page, "CC-BY-4.0", "Did the patient consent", "Look at the corners")
    return await pressed(ada, page, consent, "Caption.")


async def put_in(ada: Person, page: Message) -> Message:
    """Its caption and its description are sent; the case is shown with it."""
    await answered(ada, CAPTION, "cannot see the picture")
    sent = await ada.send(ALT)
    return await ada.wait_for(says("Draft: Stone-hard"), after=sent["message_id"])


async def asked_for_files(sandbox: SandboxClient) -> int:
    """How often the bot asked Telegram for a file."""
    return len(await sandbox.traffic(method="getFile"))


async def shown_picture(ada: Person, message: Message) -> Image.Image:
    """The largest size of the picture that a message shows."""
    media = message["poll"]["media"] if is_poll(message) else message
    data = await ada.client.file(media["photo"][-1]["file_id"])
    assert not tells(data)
    return Image.open(io.BytesIO(data))


def kept(settings: Settings) -> list[bytes]:
    """The bytes of pictures of drafts."""
    return [row[0] for row in query(settings.database, "SELECT content FROM draft_pictures")]


async def test_a_picture_is_taken_once_all_is_known_of_it(
    sandbox: SandboxClient, ada: Person, at_work: Settings
) -> None:
    """Not fetched before; bare of what its file held; shown as learners get it."""
    await at_pictures(ada)
    sent = await ada.send_document("ecg.png", TRACING)
    page = await ada.wait_for(says("Who made the picture?"), after=sent["message_id"])
    page = await pressed(ada, page, "I made it", "Under which licence")
    page = await pressed(ada, page, "CC-BY-4.0", "Did the patient consent", "Look at the corners")
    assert await asked_for_files(sandbox) == 0
    assert kept(at_work) == []
    page = await pressed(ada, page, "Consent obtained", "Caption.")
    await put_in(ada, page)
    (data,) = kept(at_work)
    assert tells(TRACING)
    assert not tells(data)
    with Image.open(io.BytesIO(data)) as image, Image.open(io.BytesIO(TRACING)) as original:
        assert image.tobytes() == original.tobytes()
    poll = await ada.wait_for(lambda m: is_poll(m) and "media" in m["poll"])
    assert (await shown_picture(ada, poll)).size == (1280, 720)
    explanation = await ada.wait_for(says("Key point:", "CC-BY-4.0"))
    assert "Ada" in text_of(explanation)
    assert (await my_data(ada))["cases_you_are_writing"][0]["pictures"] == 1


async def test_without_consent_it_is_never_fetched(
    sandbox: SandboxClient, ada: Person, at_work: Settings
) -> None:
    """The reason is told, nothing of it is kept, and the case goes on without."""
    await at_pictures(ada)
    sent = await ada.send_photo(picture(1000, 600), caption="Lumps.")
    page = await ada.wait_for(says("Who made the picture?"), after=sent["message_id"])
    page = await pressed(ada, page, "Somebody else", "Send the name as it is to be credited")
    page = await answered(ada, "Ben Cho, Ward 5", "Under which licence")
    page = await pressed(ada, page, "CC0-1.0", "Did the patient consent")
    page = await pressed(ada, page, "No, or I don't know", "The picture is not taken.")
    assert await asked_for_files(sandbox) == 0
    ((document,),) = query(at_work.database, "SELECT document FROM drafts")
    assert "Ward 5" not in document
    await pressed(ada, page, "Go on without it", "Draft: Stone-hard")


async def test_a_photo_is_told_to_be_less_and_can_be_sent_as_a_file(
    ada: Person, at_work: Settings
) -> None:
    """The file takes its place, with its words and what was said of it."""
    await at_pictures(ada)
    sent = await ada.send_photo(picture(700, 400), caption=CAPTION)
    page = await ada.wait_for(says("Who made the picture?"), after=sent["message_id"])
    page = await pressed(ada, page, "I made it", "Under which licence")
    page = await pressed(ada, page, "CC-BY-4.0", "Did the patient consent")
    await press(ada, page, "Not required")
    page = await changed(ada, page, "cannot see the picture", "as a photo", "700 pixels wide")
    page = await pressed(ada, page, "Send it again as a file", "Picture.")
    sent = await ada.send_document("ecg.jpg", saved(scene(size=(1600, 900)), "JPEG"))
    page = await ada.wait_for(says("Who made the picture?"), after=sent["message_id"])
    await press(ada, page, "The same as of the picture before")
    page = await changed(ada, page, "cannot see the picture")
    await until_one(at_work, 1600)
    sent = await ada.send(ALT)
    page = await ada.wait_for(says("Draft: Stone-hard"), after=sent["message_id"])
    page = await pressed(ada, page, "1 picture", CAPTION)
    page = await pressed(ada, page, "1", f"Caption: {CAPTION}", f"Description: {ALT}", "Made by:")
    assert "photo" not in text_of(page)


async def until_one(settings: Settings, width: int) -> None:
    """Wait until just one picture is kept, so wide."""

    async def is_so() -> bool:
        widths = []
        for data in kept(settings):
            with Image.open(io.BytesIO(data)) as image:
                widths.append(image.width)
        return widths == [width]

    await trouble.until(is_so)


async def test_an_album_is_asked_about_one_by_one_or_at_once(
    ada: Person, at_work: Settings
) -> None:
    """What was said of the first can be said of all; each has a caption of its own."""
    await at_pictures(ada)
    await ada.send_album(
        *({"photo": picture(1000, 600 + n), "caption": f"View {n}."} for n in range(3))
    )
    page = await ada.wait_for(says("Picture 1 of 3", "Who made"))
    page = await pressed(ada, page, "I made it", "Under which licence")
    page = await pressed(ada, page, "CC-BY-4.0", "Did the patient consent")
    page = await pressed(ada, page, "Consent obtained", "Picture 1 of 3", "cannot see")
    # A picture that is fetched while a page is on its way has it sent anew.
    await kept_at_last(at_work, 1)
    page = await answered(ada, "One.", "Picture 2 of 3", "Who made")
    page = await pressed(ada, page, "The same for all 2", "Picture 2 of 3", "cannot see")
    await kept_at_last(at_work, 3)
    page = await answered(ada, "Two.", "Picture 3 of 3", "cannot see")
    sent = await ada.send("Three.")
    page = await ada.wait_for(says("Draft: Stone-hard"), after=sent["message_id"])
    album = [m for m in await all_said(ada) if "photo" in m]
    assert [m["caption"] for m in album] == ["View 0.", "View 1.", "View 2."]
    page = await pressed(ada, page, "3 pictures", "1. View 0.", "3. View 2.")
    page = await pressed(ada, page, "2", "Caption: View 1.")
    page = await pressed(ada, page, "Remove", "2 pictures", "The picture is removed.")
    assert len(kept(at_work)) == 2


async def test_a_draft_that_begins_with_a_picture(
    sandbox: SandboxClient, ada: Person, at_work: Settings
) -> None:
    """It waits with its caption until the text is whole; then it is asked about."""
    await asked(ada, "/write", "Send it now")
    photo = await ada.send_photo(picture(1000, 600), caption="Lumps on the arm.")
    page = await ada.wait_for(says("1 picture noted"), after=photo["message_id"])
    page = await answered(ada, ARTICLE, "1 message taken", "1 picture noted")
    page = await pressed(ada, page, "Done", "Who made the picture?")
    assert await asked_for_files(sandbox) == 0
    page = await pressed(ada, page, "I made it", "Under which licence")
    page = await pressed(ada, page, "CC-BY-4.0", "Did the patient consent")
    page = await pressed(ada, page, "Consent obtained", "cannot see")
    sent = await ada.send(ALT)
    page = await ada.wait_for(says("Draft: Stone-hard"), after=sent["message_id"])
    await ada.edit(photo, caption="Hard lumps on the arm.")
    # A page whose message is not known yet comes anew.
    page = await ada.wait_for(says("Changed: Picture."), after=sent["message_id"])
    page = await pressed(ada, page, "1 picture", "Hard lumps on the arm.")
    page = await pressed(ada, page, "1", "Description: Twelve leads")
    await ada.edit(sent, "Grey lumps.")
    page = await changed(ada, page, "Changed: Picture.")
    page = await pressed(ada, page, "1 picture", "Hard lumps")
    await pressed(ada, page, "1", "Description: Grey lumps.")


async def test_the_words_of_a_picture_can_be_changed(ada: Person, at_work: Settings) -> None:
    """And who made it, and its licence; who takes the consent back takes the picture out."""
    await at_pictures(ada)
    sent = await ada.send_document("ecg.png", TRACING)
    page = await ada.wait_for(says("Who made the picture?"), after=sent["message_id"])
    page = await put_in(ada, await settled(ada, page))
    page = await pressed(ada, page, "1 picture", CAPTION)
    page = await pressed(ada, page, "1", f"Caption: {CAPTION}", "Consent: obtained")
    page = await pressed(ada, page, "Caption", "Now it says:", CAPTION)
    page = await answered(ada, "The leads.", "Caption: The leads.", "Changed: Caption.")
    page = await pressed(ada, page, "Licence", "Under which licence", "Now it says:")
    page = await pressed(ada, page, "CC0-1.0", "Licence: CC0-1.0")
    page = await pressed(ada, page, "Made by", "Who made the picture?")
    page = await pressed(ada, page, "Somebody else", "Send the name")
    page = await answered(ada, "Ben Cho", "Made by: Ben Cho")
    page = await pressed(ada, page, "Consent", "Did the patient consent")
    await pressed(ada, page, "No, or I don't know", "The picture is taken out.")
    assert kept(at_work) == []


async def test_deleting_a_draft_takes_its_pictures(ada: Person, at_work: Settings) -> None:
    """Their bytes are gone, and so is a picture that is not taken yet."""
    await at_pictures(ada)
    sent = await ada.send_document("ecg.png", TRACING)
    page = await ada.wait_for(says("Who made the picture?"), after=sent["message_id"])
    page = await put_in(ada, await settled(ada, page))
    page = await pressed(ada, page, "My drafts", "1 draft")
    page = await pressed(ada, page, "1", "Changed on")
    sent = page["message_id"]
    await press(ada, page, "Download")
    files = await downloaded(ada, after=sent, many=2)
    assert yaml.safe_load(files["draft.yaml"])["figures"][0]["caption"] == CAPTION
    (name,) = files.keys() - {"draft.yaml"}
    assert f"figures/{name}" in files["draft.yaml"].decode()
    assert [files[name]] == kept(at_work)
    page = await pressed(ada, page, "Delete", "Delete this draft?")
    await pressed(ada, page, "Delete it", "The draft is deleted.")
    assert kept(at_work) == []


async def downloaded(ada: Person, after: int, many: int) -> dict[str, bytes]:
    """The documents that the bot sends, by name."""
    found: list[Message] = []

    def enough(said: list[Message]) -> bool:
        found[:] = [m for m in said if "document" in m and m["message_id"] > after]
        return len(found) == many

    await until(ada, enough)
    return {
        m["document"]["file_name"]: await ada.client.file(m["document"]["file_id"]) for m in found
    }


async def test_a_case_is_published_with_its_pictures(
    sandbox: SandboxClient, ada: Person, at_work: Settings
) -> None:
    """They lie beside its file; learners get them; a change of the case keeps them."""
    folder = at_work.content
    assert folder is not None
    page = await pressed(ada, await ready(ada), "Not yet", "It can be published")
    await pressed(ada, page, "Picture", "Picture.", "as a file")
    sent = await ada.send_document("ecg.png", TRACING)
    page = await ada.wait_for(says("Who made the picture?"), after=sent["message_id"])
    page = await put_in(ada, await settled(ada, page))
    page = await pressed(ada, page, "Publish", "What stays:")
    page = await pressed(ada, page, "Publish it now", "It is being published")
    await ada.wait_for(says("Published and in use"), after=page["message_id"])
    case, data = await asyncio.to_thread(of_ada, folder)
    figure = case["figures"][0]
    assert (figure["caption"], figure["alt"], figure["consent"]) == (CAPTION, ALT, "obtained")
    assert figure["file"].startswith(f"figures/{case['id']}-")
    assert not tells(data)
    assert kept(at_work) == []
    learner = await sandbox.person("Ben", language_code="en")
    await learner.send(f"/case {case['id']}")
    poll = await learner.wait_for(is_poll)
    assert (await shown_picture(learner, poll)).size == (1280, 720)

    page = await changed_title(ada, await own_case(ada))
    assert kept(at_work) == [data]
    page = await pressed(ada, page, "Publish it now", "It is being published")
    await ada.wait_for(says("Published and in use", "as hard as stone"), after=page["message_id"])
    assert (await asyncio.to_thread(of_ada, folder)) == ({**case, "title": NEW_TITLE}, data)
    assert kept(at_work) == []


def of_ada(folder: Path) -> tuple[dict[str, Any], bytes]:
    """Her case in the folder, and the bytes of its first figure."""
    cases = [yaml.safe_load(path.read_text()) for path in folder.glob("*.yaml")]
    (case,) = (one for one in cases if one["authors"] == ["Ada"])
    return case, (folder / case["figures"][0]["file"]).read_bytes()


async def test_a_picture_of_a_case_that_is_held_up_stays_with_its_change(
    ada: Person, at_work: Settings
) -> None:
    """The next change has it, though the case in use has none."""
    assert at_work.content is not None
    page = await ready(ada)
    await press(ada, page, "Not yet")
    page = await changed(ada, page, "Draft: Stone-hard")
    page = await pressed(ada, page, "Picture", "Picture.", "as a file")
    sent = await ada.send_document("ecg.png", TRACING)
    page = await ada.wait_for(says("Who made the picture?"), after=sent["message_id"])
    page = await put_in(ada, await settled(ada, page))
    page = await pressed(ada, page, "Publish", "What stays:")
    (at_work.content / "broken.yaml").write_text("title: [", "utf-8")
    page = await pressed(ada, page, "Publish it now", "It is being published")
    await ada.wait_for(says("not in use yet"), after=page["message_id"])
    page = await pressed(ada, await held_card(ada), "Change", "Draft: Stone-hard")
    page = await pressed(ada, page, "Change a part", "Which part?")
    await pressed(ada, page, "Picture", "1 picture", CAPTION)


async def held_card(ada: Person) -> Message:
    """The card of the one case that she published, which is not in use yet."""
    page = await asked(ada, "/drafts", "You have no drafts")
    page = await pressed(ada, page, "My published cases", "Cases that you published")
    return await pressed(ada, page, "1", "State: not in use")


async def kept_at_last(settings: Settings, number: int) -> list[bytes]:
    """The pictures that are kept, once there are so many: they are fetched beside all else."""

    async def so_many() -> bool:
        return len(kept(settings)) == number

    await trouble.until(so_many)
    return kept(settings)


async def test_the_pictures_of_a_document_are_taken_after_the_same_questions(
    sandbox: SandboxClient, ada: Person, at_work: Settings
) -> None:
    """It is fetched for its words; of its pictures nothing is kept before, nor without consent."""
    shown = [saved(scene(size=(900 + n, 600)), "JPEG", exif=exif(1)) for n in range(3)]
    await asked(ada, "/write", "Send it now")
    file = document(*ARTICLE.split("\n"), pictures=shown)
    sent = await ada.send_document("lumps.docx", file)
    page = await ada.wait_for(
        says("The document's picture 1", "Who made"), after=sent["message_id"]
    )
    assert await asked_for_files(sandbox) == 1
    page = await pressed(ada, page, "I made it", "Under which licence")
    page = await pressed(ada, page, "CC-BY-4.0", "Did the patient consent", "Look at the corners")
    page = await pressed(ada, page, "No, or I don't know", "The picture is not taken.")
    page = await pressed(ada, page, "Go on without it", "The document's picture 2", "Who made")
    assert (await asked_for_files(sandbox), kept(at_work)) == (1, [])
    page = await settled(ada, page)
    (data,) = await kept_at_last(at_work, 1)
    assert tells(shown[1])
    assert not tells(data)
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (901, 600)
    await answered(ada, CAPTION, "cannot see the picture")
    page = await answered(ada, ALT, "The document's picture 3", "Who made")
    await press(ada, page, "The same as of the picture before")
    page = await ada.wait_for(says("The document's picture 3", "Caption."))
    await put_in(ada, page)
    await kept_at_last(at_work, 2)
    await until(ada, lambda told: sum("photo" in one for one in told) == 2)
