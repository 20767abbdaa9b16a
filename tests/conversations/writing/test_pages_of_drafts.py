"""Which message shows which draft: one each, whatever is opened where."""

from tests.conversations.writing.conftest import (
    all_said,
    answered,
    changed,
    press,
    pressed,
    until,
)
from tests.support.sandbox import Message, Person
from tests.support.seeing import asked, says, text_of


def showing(messages: list[Message], title: str) -> list[int]:
    """The messages that are the page of this draft."""
    return [one["message_id"] for one in messages if f"Draft: {title}" in text_of(one)]


async def begun(ada: Person, title: str) -> tuple[Message, Message]:
    """A draft with a title: the message that gave it, and the draft's page."""
    page = await asked(ada, "/write", "Send it now")
    page = await pressed(ada, page, "Part by part", "Title.")
    sent = await ada.send(title)
    page = await ada.wait_for(says("Vignette."), after=sent["message_id"])
    return sent, await pressed(ada, page, "The whole draft", f"Draft: {title}")


async def test_a_draft_that_is_opened_elsewhere_leaves_its_former_page(ada: Person) -> None:
    """The page by which it was known goes."""
    await begun(ada, "Lumps")
    drafts = await answered(ada, "/drafts", "1 draft")
    card = await pressed(ada, drafts, "1", "Changed on")
    card = await pressed(ada, card, "Open", "Draft: Lumps")
    await until(ada, lambda all_: showing(all_, "Lumps") == [card["message_id"]])


async def test_a_message_that_shows_another_draft_is_not_taken_from_it(ada: Person) -> None:
    """An edited message changes its own draft, and the page of no other."""
    sent, _ = await begun(ada, "Lumps")
    await begun(ada, "Murmur")
    drafts = await answered(ada, "/drafts", "2 drafts", "1. Murmur", "2. Lumps")
    card = await pressed(ada, drafts, "2", "Lumps", "Changed on")
    page = await pressed(ada, card, "Open", "Draft: Lumps")
    drafts = await pressed(ada, page, "My drafts", "2 drafts")
    card = await pressed(ada, drafts, "1", "Murmur", "Changed on")
    page = await pressed(ada, card, "Open", "Draft: Murmur")
    await ada.edit(sent, "Stones")
    stones = await ada.wait_for(says("Draft: Stones"))
    await changed(ada, page, "Draft: Murmur")
    assert stones["message_id"] != page["message_id"]


async def test_a_page_that_its_author_deleted_comes_anew(ada: Person) -> None:
    """With what an edited message changed; that one is edited from then on."""
    sent, page = await begun(ada, "Lumps")
    await ada.delete(page)
    await ada.edit(sent, "Stones")
    page = await ada.wait_for(says("Draft: Stones"), after=page["message_id"])
    page = await pressed(ada, page, "Change a part", "Which part?")
    await ada.edit(sent, "Pebbles")
    await changed(ada, page, "Draft: Pebbles")


async def test_a_list_of_drafts_is_left_as_it_is(ada: Person) -> None:
    """Where a draft stood before, the list stays when the draft changes."""
    sent, page = await begun(ada, "Lumps")
    drafts = await pressed(ada, page, "My drafts", "1 draft")
    await ada.edit(sent, "Stones")
    stones = await ada.wait_for(says("Draft: Stones"))
    assert stones["message_id"] != drafts["message_id"]


async def test_what_another_draft_waits_for_is_still_waited_for(ada: Person) -> None:
    """Neither an edit of an older one's message nor a file that comes meanwhile ends it."""
    sent, _ = await begun(ada, "Lumps")
    page = await asked(ada, "/write", "Send it now")
    page = await pressed(ada, page, "Part by part", "Title.")
    await ada.edit(sent, "Stones")
    await ada.wait_for(says("Draft: Stones"))
    await answered(ada, "Murmur", "Vignette.")
    file = await ada.send_document("other.txt", b"A man of 50 has a cough. What is it?")
    await ada.wait_for(says("Draft: A man of 50"), after=file["message_id"])
    await answered(ada, "A woman of 30 is breathless.", "Picture.")


async def test_a_double_tap_begins_one_draft(ada: Person) -> None:
    """The second one finds the first one's draft in its place."""
    page = await asked(ada, "/write", "Send it now")
    await press(ada, page, "Part by part")
    await press(ada, page, "Part by part")
    await changed(ada, page, "Title.")
    await answered(ada, "/drafts", "1 draft of at most")
    assert len(await all_said(ada)) > 1
