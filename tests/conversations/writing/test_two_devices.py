"""One author at two devices, or at everything at once: one draft, one case, nothing lost."""

import asyncio
from functools import partial

import pytest

from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.conversations.writing.conftest import ARTICLE, press, pressed
from tests.conversations.writing.test_pictures import TRACING
from tests.conversations.writing.test_publishing import NAME, is_there, own_case, ready
from tests.support.database import query
from tests.support.documents import document
from tests.support.pictures import saved, scene
from tests.support.sandbox import Person
from tests.support.sandbox import document as sent_file
from tests.support.seeing import asked, buttons, says, text_of
from tests.support.trouble import forge, until


async def test_publishing_from_both_writes_one_case(ada: Person, at_work: Settings) -> None:
    """However often it is pressed."""
    page = await ready(ada)
    now = buttons(page)["Publish it now"]
    await asyncio.gather(*(ada.press(page, now) for _ in range(6)))
    await ada.wait_for(says("Published and in use"), after=page["message_id"])
    await own_case(ada)
    assert at_work.content is not None
    assert len([path for path in at_work.content.iterdir() if NAME in path.name]) == 1


@pytest.mark.parametrize("deletes_first", [True, False])
async def test_deleting_on_one_what_the_other_publishes(
    server: SandboxServer, ada: Person, at_work: Settings, deletes_first: bool
) -> None:
    """It is published or not, and no draft is left either way; no press fails."""
    page = await ready(ada)
    now = buttons(page)["Publish it now"]
    listed = await asked(ada, "/drafts", "1 draft")
    card = await pressed(ada, listed, "1", "Changed on")
    gone = await pressed(ada, card, "Delete", "Delete this draft?")
    both = [forge(server, at_work, ada, gone, now), press(ada, gone, "Delete it")]
    await asyncio.gather(*(reversed(both) if deletes_first else both))
    await asked(ada, "/drafts", "You have no drafts")
    assert at_work.content is not None
    if not deletes_first:
        await until(partial(is_there, at_work.content / f"{NAME}.yaml"))


async def test_an_album_of_everything_is_one_draft(ada: Person, at_work: Settings) -> None:
    """A document, a picture as a file and what is neither: each is asked about, or told of."""
    await asked(ada, "/write", "Send it now")
    word = document(*ARTICLE.split("\n"), pictures=[saved(scene(size=(900, 600)), "JPEG")])
    album = [("lumps.docx", word), ("ecg.png", TRACING), ("scan.dcm", b"DICM")]
    sent = await ada.send_album(*({"document": sent_file(*one)} for one in album))
    await ada.wait_for(says("A DICOM file holds the patient's name"))
    page = await ada.wait_for(says("Who made the picture?"), after=sent[-1]["message_id"])
    assert "Picture 1 of 2" in text_of(page)
    page = await pressed(ada, page, "Leave it out", "The document's picture 1", "Who made")
    await pressed(ada, page, "The whole draft", "Draft: Stone-hard")
    ((drafts,),) = query(at_work.database, "SELECT count(*) FROM drafts")
    assert drafts == 1
