"""Editing a message that gave something to a draft changes the draft, where it stands."""

from tests.conversations.writing.conftest import (
    ARTICLE,
    all_said,
    answered,
    changed,
    press,
    pressed,
    until,
)
from tests.support.sandbox import Message, Person
from tests.support.seeing import asked, is_poll, says, text_of


async def read(ada: Person) -> tuple[Message, Message]:
    """An article as she sent it, and the draft's page."""
    await asked(ada, "/write", "Send it now")
    sent = await ada.send(ARTICLE)
    page = await ada.wait_for(says("1 message taken"), after=sent["message_id"])
    await press(ada, page, "Done")
    page = await ada.wait_for(says("Draft: Stone-hard"), after=page["message_id"])
    return sent, page


async def test_editing_the_text_changes_the_case(ada: Person) -> None:
    """Its page is edited and says so; no message comes; what was settled since stays settled."""
    sent, page = await read(ada)
    page = await pressed(ada, page, "Change a part", "Which part?")
    page = await pressed(ada, page, "Level", "Whom is it written for?")
    page = await pressed(ada, page, "Students", "By which name")
    page = await pressed(ada, page, "The whole draft", "Draft: Stone-hard")
    many = len(await ada.messages())
    await ada.edit(sent, ARTICLE.replace("Stone-hard lumps under", "Lumps like stone under"))
    page = await changed(ada, page, "Draft: Lumps like stone", "Changed: Text.", "as it was before")
    assert "the level" not in text_of(page)
    assert len(await ada.messages()) == many
    await press(ada, page, "Show it")
    await until(
        ada, lambda said: ["Lumps like stone" in str(m) for m in said if is_poll(m)] == [True]
    )


async def test_what_the_author_said_is_right_is_never_guessed_anew(ada: Person) -> None:
    """Where the choice that she pressed is reworded, none is right until she says so."""
    sent, page = await read(ada)
    page = await pressed(ada, page, "Change a part", "Which part?")
    page = await pressed(ada, page, "Right answer", "Which one is right?")
    page = await pressed(ada, page, "Lipomas", "Changed: Right answer.")
    await ada.edit(sent, ARTICLE.replace("Lipomas", "Lumps of fat"))
    page = await changed(ada, page, "Changed: Text.", "right")
    page = await pressed(ada, page, "Publish", "from being published")
    await pressed(ada, page, "Go on: what is missing", "Which one is right?")


async def test_editing_a_text_before_it_is_read(ada: Person) -> None:
    """What is taken at the end is what stands there then."""
    await asked(ada, "/write", "Send it now")
    sent = await ada.send(ARTICLE)
    await ada.wait_for(says("1 message taken"))
    text = ARTICLE.replace("Stone-hard lumps under", "Lumps as hard as stone under")
    await ada.edit(sent, text)
    page = await ada.wait_for(says(f"{len(text.strip()):,} characters"))
    await press(ada, page, "Done")
    await ada.wait_for(says("Draft: Lumps as hard as stone"))


async def test_editing_a_part(ada: Person) -> None:
    """The part follows; what cannot be one is told, and changes nothing."""
    begin = await asked(ada, "/write", "Send it now")
    page = await pressed(ada, begin, "Part by part", "Title.")
    title = await ada.send("Lumps")
    page = await ada.wait_for(says("Vignette."), after=title["message_id"])
    page = await pressed(ada, page, "Skip", "Picture.")
    page = await pressed(ada, page, "Skip", "Question.")
    page = await pressed(ada, page, "Skip", "Choices.")
    choices = await ada.send("Fat\nUrate")
    page = await ada.wait_for(says("Which one is right?"), after=choices["message_id"])
    await ada.edit(title, "Lumps like stone")
    await ada.wait_for(says("Draft: Lumps like stone", "Changed: Title."))
    await ada.edit(choices, "Fat")
    page = await ada.wait_for(says("Draft: Lumps like stone", "Write 2 to 12 choices"))
    page = await pressed(ada, page, "Change a part", "Which part?")
    await pressed(ada, page, "Choices", "A. Fat\nB. Urate")


async def test_editing_references_that_were_taken(ada: Person) -> None:
    """They are shown anew to be confirmed, and come in place of what they were."""
    _, page = await read(ada)
    page = await pressed(ada, page, "Change a part", "Which part?")
    await pressed(ada, page, "References", "Send a DOI", "1. Callen JP")
    sent = await ada.send("Li M. Calcium. Lancet 2001;355:53.")
    page = await ada.wait_for(says("is this so?", "Pages 53"), after=sent["message_id"])
    page = await pressed(ada, page, "Take it", "2. Li M. Calcium. Lancet 2001")
    await answered(ada, "Doe J. Fat. BMJ 2002;1:1-2.", "is this so?")
    page = await ada.wait_for(says("is this so?", "Doe J"))
    page = await pressed(ada, page, "Take it", "3. Doe J. Fat")
    await ada.edit(sent, "Li M. Calcium. Lancet 1999;355:53-57.")
    page = await changed(ada, page, "is this so?", "Pages 53-57")
    page = await pressed(ada, page, "Take it", "2. Li M. Calcium. Lancet 1999", "3. Doe J. Fat")
    assert "2001" not in text_of(page)
    assert "4." not in text_of(page)


async def test_editing_what_was_replaced(ada: Person) -> None:
    """It changes nothing, and is told."""
    begin = await asked(ada, "/write", "Send it now")
    await pressed(ada, begin, "Part by part", "Title.")
    first = await ada.send("Lumps")
    page = await ada.wait_for(says("Vignette."), after=first["message_id"])
    page = await pressed(ada, page, "Back", "Title.")
    await answered(ada, "Stones", "Draft: Stones", "Changed: Title.")
    await ada.edit(first, "Lumps of fat")
    await ada.wait_for(says("Draft: Stones", "no part of the draft any more"))


async def test_messages_of_a_draft_that_is_gone(ada: Person) -> None:
    """A kind sentence, once for a draft; other messages are not spoken of."""
    other = await ada.send("/help")
    sent, page = await read(ada)
    page = await pressed(ada, page, "My drafts", "1 draft")
    page = await pressed(ada, page, "1", "Changed on")
    page = await pressed(ada, page, "Delete", "Delete this draft?")
    await pressed(ada, page, "Delete it", "The draft is deleted.")
    await ada.edit(other, "/help me")
    await ada.edit(sent, ARTICLE + " more")
    await ada.wait_for(says("no longer there: it was published or deleted"))
    await ada.edit(sent, ARTICLE + " and more")
    await answered(ada, "/drafts", "You have no drafts.")
    said = [one for one in await all_said(ada) if "it was published or deleted" in text_of(one)]
    assert len(said) == 1


async def test_an_author_reads_which_reasons_a_reworded_choice_kept(ada: Person) -> None:
    """Whether its message was edited or the choices were sent anew; another choice has none."""
    sent, page = await read(ada)
    page = await pressed(ada, page, "Change a part", "Which part?")
    page = await pressed(ada, page, "Reasons", "Why is each right or wrong?")
    page = await answered(ada, "A. Fat is soft.\nB. It is hard.\nC. In joints.", "Send one or more")
    await ada.edit(sent, ARTICLE.replace("B. Deposits of calcium", "B. Calcium deposits"))
    kept = "Reworded choices kept their reasons. Look whether these still fit:"
    page = await ada.wait_for(says(f"{kept}\nB. Calcium deposits: It is hard."))
    page = await pressed(ada, page, "Change a part", "Which part?")
    page = await pressed(ada, page, "Choices", "Send three to five")
    choices = "Lipomas of the skin\nCalcium deposits\nXanthomas\nNeurofibromas"
    page = await answered(ada, choices, f"{kept}\nA. Lipomas of the skin: Fat is soft.")
    assert "In joints." not in text_of(page)
