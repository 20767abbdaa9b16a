"""From an article as it stands to a published case, in the chat alone."""

from tests.conversations.writing.conftest import ARTICLE, answered, press, pressed
from tests.support.sandbox import Person
from tests.support.seeing import asked, is_poll, says


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
