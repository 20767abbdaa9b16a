"""A draft is its author's alone, whatever another person's app sends."""

import json

import pytest

from bot.features.drafts.draft_buttons import DraftPress, DraftVerb
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.conversations.writing.conftest import ARTICLE, answered, made_author, press
from tests.support.database import query
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, buttons
from tests.support.trouble import forge

DRAFTS = "SELECT * FROM drafts ORDER BY id"


@pytest.fixture
async def draft_id(at_work: Settings, ada: Person) -> int:
    """A draft of Ada's, as its buttons name it."""
    await asked(ada, "/write", "Write a case")
    taken = await answered(ada, ARTICLE, "Done")
    await press(ada, taken, "Done")
    ((found,),) = query(at_work.database, "SELECT id FROM drafts")
    assert any(f":{found:x}:" in data for data in buttons(taken).values())
    return int(found)


@pytest.fixture
async def mal(sandbox: SandboxClient, root: Person, at_work: Settings) -> Person:
    """Another author."""
    person = await sandbox.person("Mal", language_code="en")
    await asked(person, "/start", "Good morning.")
    await made_author(root, person)
    return person


async def test_no_forged_press_reads_or_changes_anothers_draft(
    server: SandboxServer, at_work: Settings, draft_id: int, mal: Person
) -> None:
    """Each button that there is, from another author's own chat: nothing of it is told there, and
    it stays as it was.
    """
    message: Message = await asked(mal, "/write", "Write a case")
    before = query(at_work.database, DRAFTS)
    for verb in DraftVerb:
        for part in ("", "title", "licence"):
            forged = str(DraftPress(verb, draft_id, 1, part))
            await forge(server, at_work, mal, message, forged)
    theirs = [row for row in query(at_work.database, DRAFTS) if row[0] == draft_id]
    assert theirs == before
    told = json.dumps(await mal.messages())
    assert ARTICLE.split("\n", maxsplit=1)[0] not in told
    assert "Callen" not in told
    assert query(at_work.database, "SELECT count(*) FROM publications") == [(0,)]
