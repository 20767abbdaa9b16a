"""Who may write: made by a link, taken back at once; a draft is one person's."""

import pytest

from bot.settings import Settings
from tests.conversations.writing.conftest import (
    ARTICLE,
    answered,
    changed,
    press,
    pressed,
    role_link,
)
from tests.support.database import query
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, my_data, says


@pytest.fixture
async def page(ada: Person) -> Message:
    """The page of her draft."""
    await asked(ada, "/write", "Send it now")
    page = await answered(ada, ARTICLE, "1 message taken")
    await press(ada, page, "Done")
    return await ada.wait_for(says("Draft: Stone-hard lumps"), after=page["message_id"])


async def test_who_writes_no_more_keeps_their_drafts(
    root: Person, ada: Person, page: Message
) -> None:
    """At once: no press and no message changes anything; drafts can be downloaded and deleted."""
    page = await pressed(ada, page, "Go on: what is missing", "Why is each right or wrong?")
    roles = await asked(root, "/roles", "1 author", "1. Ada (@ada_l), author")
    roles = await pressed(root, roles, "1", "No longer an author?")
    await pressed(root, roles, "Take it back", "0 authors")
    await asked(root, "/write", "Cases are written by authors", "/roles makes a link")
    await ada.wait_for(says("took back that you write cases"))
    assert "no longer write cases" in await press(ada, page, "Skip")
    await answered(ada, "A. Because.", "Cases are written by authors", "Your drafts are still")
    await asked(ada, "/write", "Cases are written by authors")
    drafts = await asked(ada, "/drafts", "1 draft")
    card = await pressed(ada, drafts, "1", "Changed on")
    assert "Open" not in buttons(card)
    await press(ada, card, "Download")
    await ada.wait_for(lambda m: m.get("document", {}).get("file_name") == "draft.yaml")
    card = await pressed(ada, card, "Delete", "Delete this draft?")
    await pressed(ada, card, "Delete it", "The draft is deleted.")


async def test_authors_are_helped_with_writing(ada: Person) -> None:
    """`/help` speaks of it to them."""
    await asked(ada, "/help", "To write cases: /write, /drafts.")
    await asked(ada, "my drafts", "You have no drafts. /write begins one.")


async def test_a_link_is_for_one(sandbox: SandboxClient, root: Person, ada: Person) -> None:
    """A reviewer gives their name; whoever comes after reads that the link is used."""
    payload = await role_link(root, "Link for a reviewer")
    ben = await sandbox.person("Ben", language_code="en")
    cho = await sandbox.person("Cho", language_code="en")
    page = await asked(ben, f"/start {payload}", "review cases here, as a clinician")
    late = await asked(cho, f"/start {payload}", "review cases here, as a clinician")
    await press(ben, page, "Another name")
    await ben.wait_for(says("Write the name"))
    await asked(ben, "Ben Kim, MD", "You review cases here, as Ben Kim, MD.")
    await root.wait_for(says("Ben, named Ben Kim, MD, reviewer"))
    await press(cho, late, "Review as Cho")
    await changed(cho, late, "lets nobody in any more")


async def test_two_drafts_at_once_are_two(ada: Person, page: Message) -> None:
    """What is sent goes to the one that was opened last."""
    begin = await asked(
        ada,
        "/write",
        "Send it now",
    )
    other = await pressed(ada, begin, "Part by part", "Title.")
    await answered(ada, "Another one", "Vignette.")
    drafts = await asked(ada, "/drafts", "2 drafts", "1. Another one", "2. Stone-hard lumps")
    card = await pressed(ada, drafts, "2", "Changed on")
    first = await pressed(ada, card, "Open", "Draft: Stone-hard lumps")
    first = await pressed(ada, first, "Change a part", "Which part?")
    await pressed(ada, first, "Key point", "Key point.")
    await answered(ada, "Mended.", "Draft: Stone-hard lumps", "Changed: Key point.")
    assert other["message_id"] != first["message_id"]


async def test_no_more_than_twenty_drafts(ada: Person) -> None:
    """Said when it is met; nothing of what was sent is kept."""
    for _ in range(20):
        begin = await asked(ada, "/write", "Send it now")
        await pressed(ada, begin, "Part by part", "Title.")
    begin = await asked(ada, "/write", "Send it now")
    await press(ada, begin, "Part by part")
    await ada.wait_for(says("You have 20 drafts"), after=begin["message_id"])
    await answered(ada, ARTICLE, "You have 20 drafts")


async def test_drafts_go_when_their_author_is_forgotten(
    at_work: Settings, ada: Person, page: Message
) -> None:
    """They are among one's data, and nothing of them is left after /forget."""
    data = await my_data(ada)
    assert [one["role"] for one in data["roles"]] == ["author"]
    assert ARTICLE.split("\n", maxsplit=1)[0] in data["cases_you_are_writing"][0]["document"]
    assert len(data["messages_you_wrote_cases_in"]) == 1
    question = await asked(ada, "/forget", "Your drafts go")
    await press(ada, question, "Erase everything")
    await ada.wait_for(says("Done: nothing that leads to you"))
    for table in ("drafts", "draft_shown", "draft_messages", "roles"):
        assert query(at_work.database, f"SELECT count(*) FROM {table}") == [(0,)]
    await press(ada, page, "Publish")
