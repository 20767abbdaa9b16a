"""A case asked for part by part: each can be skipped, gone back to, replaced, removed."""

from tests.conversations.writing.conftest import answered, press, pressed
from tests.support.sandbox import Message, Person
from tests.support.seeing import asked, buttons, is_poll, says, text_of

VIGNETTE = "A 64-year-old woman has stone-hard lumps beneath the skin, ten years after a rash."


async def begun(ada: Person) -> Message:
    """The page that asks for the title of a new draft."""
    begin = await asked(ada, "/write", "Send it now")
    return await pressed(ada, begin, "Part by part", "Title.")


async def to_the_key(ada: Person) -> Message:
    """As far as the question which choice is right."""
    await begun(ada)
    await answered(ada, "Stone-hard lumps", "Vignette.")
    page = await answered(ada, VIGNETTE, "Picture.")
    await pressed(ada, page, "Skip", "Question.")
    await answered(ada, "What are these nodules most likely to be?", "Choices.")
    return await answered(ada, "Lipomas\nCalcium deposits\nUrate", "Which one is right?")


async def test_each_part_is_asked_for(ada: Person) -> None:
    """In order, and at the end the case is shown."""
    page = await to_the_key(ada)
    page = await pressed(ada, page, "Calcium deposits", "Why is each right or wrong?")
    await answered(ada, "A. Lipomas are soft.\nB. It is stone-hard.", "Key point.")
    await answered(ada, "Stone-hard nodules are calcium.", "Discussion.")
    await answered(ada, "Cause\nIt follows dermatomyositis [1].", "References.")
    page = await answered(
        ada, "Callen JP. Dermatomyositis. Lancet 2000;355:53-57.", "is this so?", "Journal Lancet"
    )
    page = await pressed(ada, page, "Take it", "1. Callen JP. Dermatomyositis. Lancet 2000")
    page = await pressed(ada, page, "Go on", "Send one or more")
    page = await answered(ada, "rheumatology", "Whom is it written for?")
    page = await pressed(ada, page, "Fellows", "By which name")
    page = await answered(ada, "Ada Byron, MD\nBen Cho", "Under which licence")
    await press(ada, page, "CC0-1.0")
    poll = await ada.wait_for(is_poll)
    assert poll["poll"]["is_closed"]
    page = await ada.wait_for(says("Draft: Stone-hard lumps"), after=poll["message_id"])
    assert "still needed" not in text_of(page)


async def test_any_part_can_be_skipped_and_gone_back_to(ada: Person) -> None:
    """Skipping leaves it open; going back shows what stands there."""
    page = await begun(ada)
    page = await pressed(ada, page, "Skip", "Vignette.")
    page = await pressed(ada, page, "Skip", "Picture.")
    page = await pressed(ada, page, "Skip", "Question.")
    page = await pressed(ada, page, "Back", "Picture.")
    page = await pressed(ada, page, "Back", "Vignette.")
    page = await pressed(ada, page, "Back", "Title.")
    page = await answered(ada, "Lumps", "Vignette.")
    page = await pressed(ada, page, "Back", "Title.", "Now it says:", "Lumps")
    page = await pressed(ada, page, "The whole draft", "Draft: Lumps", "still needed")
    page = await pressed(ada, page, "Go on: what is missing", "Vignette.")


async def test_words_of_a_part_are_no_commands(ada: Person) -> None:
    """ "next", "done", "stop" and a line that begins with a slash and is long are text.

    A command that is misspelt is none of the draft.
    """
    await begun(ada)
    await asked(ada, "/tpoics", "I don't know that command")
    await answered(ada, "next", "Vignette.")
    long = "/mL and more of it: " + VIGNETTE
    page = await answered(ada, long, "Picture.")
    page = await pressed(ada, page, "Back", "Vignette.", "/mL and more")
    page = await pressed(ada, page, "Back", "Title.", "next")


async def test_a_command_ends_the_waiting(ada: Person) -> None:
    """And the draft is there."""
    await begun(ada)
    await answered(ada, "Lumps", "Vignette.")
    await asked(ada, "/help", "/case")
    await asked(ada, "It hurts.", "can't hold a conversation")
    page = await asked(ada, "/drafts", "1. Lumps, changed on")
    page = await pressed(ada, page, "1", "Changed on")
    await pressed(ada, page, "Open", "Draft: Lumps")


async def test_what_cannot_be_a_part_is_asked_for_again(ada: Person) -> None:
    """With the reason; what was there stays."""
    await to_the_key(ada)
    await answered(ada, "the second", "Say which choice is right", "Which one is right?")
    page = await answered(ada, "B", "Why is each right or wrong?")
    page = await pressed(ada, page, "Back", "Which one is right?", "Calcium deposits")
    page = await pressed(ada, page, "Back", "Choices.", "A. Lipomas")
    page = await answered(ada, "Only one", "Write 2 to 12 choices", "A. Lipomas")
    page = await pressed(ada, page, "Remove", "Changed: Choices.")


async def test_a_part_is_replaced_by_its_button(ada: Person) -> None:
    """From the draft's page; the right choice stays right while its words do."""
    page = await to_the_key(ada)
    page = await pressed(ada, page, "Urate", "Why is each right or wrong?")
    page = await pressed(ada, page, "The whole draft", "Draft: Stone-hard lumps")
    page = await pressed(ada, page, "Change a part", "Which part?")
    page = await pressed(ada, page, "Title", "Title.", "Now it says:")
    page = await answered(ada, "Lumps of stone", "Draft: Lumps of stone", "Changed: Title.")
    page = await pressed(ada, page, "Change a part", "Which part?")
    page = await pressed(ada, page, "Case language", "In which language")
    await pressed(ada, page, "es", "Draft: Lumps of stone", "Changed: Case language.")


async def test_why_of_each_finding(ada: Person) -> None:
    """A press tells it, and a press leads back to the same page of findings."""
    page = await to_the_key(ada)
    page = await pressed(ada, page, "The whole draft", "Draft: Stone-hard lumps")
    page = await pressed(ada, page, "▶", "❗ 5.")
    page = await pressed(ada, page, "5. Why?", "Every case needs this")
    await pressed(ada, page, "Back", "❗ 5.")


async def test_publishing_lists_what_keeps_it(ada: Person) -> None:
    """Nothing is asked for before it could be."""
    page = await begun(ada)
    page = await pressed(ada, page, "The whole draft", "still needed")
    page = await pressed(ada, page, "Publish", "keep it from being published", "the title")
    await pressed(ada, page, "Go on: what is missing", "Title.")


async def test_references_are_mended_and_dropped(ada: Person) -> None:
    """Not taken before they are confirmed; several at once; each can go again."""
    page = await begun(ada)
    page = await pressed(ada, page, "The whole draft", "Draft:")
    page = await pressed(ada, page, "Change a part", "Which part?")
    page = await pressed(ada, page, "References", "Send a DOI")
    page = await answered(ada, "10.1000/182", "is this so?", "DOI 10.1000/182", "look it up")
    page = await pressed(ada, page, "Mend", "Edit your message")
    sent = await ada.send("Callen JP. Dermatomyositis. Lancet 2000;355:53.")
    page = await ada.wait_for(says("is this so?", "Pages 53"), after=sent["message_id"])
    await ada.edit(sent, "Callen JP. Dermatomyositis. Lancet 2000;355:53-57.")
    page = await ada.wait_for(says("is this so?", "Pages 53-57"), after=sent["message_id"])
    page = await pressed(ada, page, "Drop", "Send a DOI")
    assert "✕ 1" not in buttons(page)
    page = await answered(ada, "PMID: 10437867\nPMID: 10437868", "2 references: is this so?")
    page = await pressed(ada, page, "Take it", "1. 10437867", "2. 10437868")
    page = await pressed(ada, page, "✕ 1", "1. 10437868")
    assert "✕ 2" not in buttons(page)
