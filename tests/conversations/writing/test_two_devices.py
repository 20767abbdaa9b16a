"""One author at two devices, or at everything at once: one draft, one case, nothing lost."""

import asyncio

import pytest

from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.conversations.writing.conftest import press, pressed
from tests.conversations.writing.test_publishing import NAME, own_case, ready
from tests.support.sandbox import Person
from tests.support.seeing import asked, buttons, says
from tests.support.trouble import forge


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
    published = any(NAME in path.name for path in at_work.content.iterdir())
    assert published or deletes_first
