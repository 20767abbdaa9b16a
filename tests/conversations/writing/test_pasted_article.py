"""From an article as it stands to a published case, in the chat alone."""

from tests.conversations.writing.conftest import ARTICLE, all_said, answered, press, pressed
from tests.support.sandbox import Person
from tests.support.seeing import asked, is_poll, says, text_of


async def test_from_a_pasted_article_to_its_publication(ada: Person) -> None:
    """At most 25 messages and presses; the case is shown as learners will meet it, closed."""
    begun = await asked(ada, "/write", "Send it now as it stands")
    page = await answered(ada, ARTICLE, "1 message taken")
    await press(ada, page, "Done")
    poll = await ada.wait_for(is_poll, after=begun["message_id"])
    assert poll["poll"]["is_closed"]
    assert poll["poll"]["question"] == "What are these nodules most likely to be?"
    explanation = await ada.wait_for(says("Key point:", "Calcium is deposited"))
    assert explanation["message_id"] > poll["message_id"]
    page = await ada.wait_for(says("Draft: Stone-hard lumps", "4 things are still needed"))
    page = await pressed(ada, page, "Go on: what is missing", "Why is each right or wrong?")
    page = await pressed(ada, page, "Skip", "Send one or more")
    page = await answered(ada, "rheumatology, dermatology", "Whom is it written for?")
    page = await pressed(ada, page, "Residents", "By which name")
    page = await pressed(ada, page, "As Ada", "Under which licence")
    await press(ada, page, "CC-BY-4.0")
    page = await ada.wait_for(says("It can be published"), after=page["message_id"])
    page = await pressed(ada, page, "Publish", "What stays:", "Author: Ada", "English")
    await press(ada, page, "Publish it now")
    await ada.wait_for(lambda message: "document" in message, after=begun["message_id"])
    done = [call for call in await presses_and_messages(ada) if call > begun["message_id"] - 2]
    assert len(done) <= 25


async def presses_and_messages(person: Person) -> list[int]:
    """Her own messages."""
    return [one["message_id"] for one in await person.messages() if not one["from"]["is_bot"]]


async def test_a_text_in_several_messages_is_one(ada: Person) -> None:
    """The page moves below the last of them; words such as next and done are words of the text."""
    await asked(ada, "/write", "Send it now")
    first, second = ARTICLE.split("Key point")
    await answered(ada, first, "1 message taken")
    await answered(ada, "next", "2 messages taken")
    await answered(ada, "done", "3 messages taken")
    page = await answered(ada, f"Key point{second}", "4 messages taken")
    assert [text_of(one)[:1] for one in await all_said(ada) if "taken" in text_of(one)] == ["4"]
    await press(ada, page, "Done")
    await ada.wait_for(says("Draft: Stone-hard lumps"))
    (explanation,) = [one for one in await all_said(ada) if says("Key point:")(one)]
    assert "dystrophic calcification" in text_of(explanation)


async def test_a_message_of_4096_characters_and_what_follows_it_are_one_text(ada: Person) -> None:
    """Apps cut long pastes between words."""
    await asked(ada, "/write", "Send it now")
    lead, rest = ARTICLE.split("Discussion\n")
    words = " ".join(["Calcium", "is", "deposited"] * 200)
    whole = f"{lead}Discussion\n{words}\n\n{rest}"
    cut = whole.rindex(" ", 0, 4096)
    assert cut > 3500
    await answered(ada, whole[:cut], "1 message taken")
    page = await answered(ada, whole[cut + 1 :], "2 messages taken")
    await press(ada, page, "Done")
    await ada.wait_for(says("Draft: Stone-hard lumps"))
    said = " ".join(text_of(one) for one in await all_said(ada))
    assert said.count("deposited") >= 200
