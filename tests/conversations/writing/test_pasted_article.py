"""From an article as it stands to a published case, in the chat alone."""

from tests.conversations.writing.conftest import ARTICLE, all_said, answered, press, pressed, until
from tests.support.sandbox import Message, Person
from tests.support.seeing import asked, is_poll, says, text_of


async def test_from_a_pasted_article_to_its_publication(ada: Person) -> None:
    """In 12 messages and presses; the case is shown as learners will meet it, closed."""
    before = (await ada.messages())[-1]["message_id"]
    presses_before = len(await ada.client.traffic(method="answerCallbackQuery"))
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
    page = await pressed(ada, page, "Publish it now", "It is being published")
    await ada.wait_for(says("Published and in use"), after=page["message_id"])
    presses = len(await ada.client.traffic(method="answerCallbackQuery")) - presses_before
    hers = [one for one in await ada.messages(before) if not one["from"]["is_bot"]]
    assert len(hers) + presses <= 12


async def test_an_article_whose_references_are_numbers_is_published_within_bounds(
    ada: Person,
) -> None:
    """Pasted in two parts, with all that is asked for: at most 25 messages and presses in all."""
    first, second = ARTICLE.split("Key point:")
    listed = second.split("References\n")[0].split("Discussion\n")[1]
    before = (await ada.messages())[-1]["message_id"]
    presses_before = len(await ada.client.traffic(method="answerCallbackQuery"))
    await asked(ada, "/write", "Send it now as it stands")
    await answered(ada, first.replace("Answer: B", "The correct answer is B."), "1 message taken")
    text = f"Discussion\n\n{listed}\nReferences\n\n1. PMID: 7\n2. doi:10.1000/182"
    page = await answered(ada, text, "2 messages taken")
    await press(ada, page, "Done")
    page = await ada.wait_for(says("Draft: Stone-hard lumps", "reference 1"))
    page = await pressed(ada, page, "Go on: what is missing", "Why is each", "B. Deposits")
    whys = "A. They are soft.\nB. As hard as stone [1].\nC. They are elsewhere.\nD. Soft too [2]."
    await answered(ada, whys, "Key point.")
    await answered(
        ada, "Stone-hard is calcium.", "1. PMID 7", "2. doi:10.1000/182", "missing: 1, 2"
    )
    numbered = (
        "1. Callen JP. Dermatomyositis. Lancet 2000;355:53-57. PMID: 7\n"
        "2. Cho B. Hard lumps. Lancet 2001;356:54-58. doi:10.1000/182"
    )
    page = await answered(ada, numbered, "2 references: is this so?")
    page = await pressed(ada, page, "Take it", "1. Callen JP", "2. Cho B. Hard lumps")
    assert not says("missing")(page)
    page = await pressed(ada, page, "Go on", "Send one or more")
    page = await answered(ada, "rheumatology", "Whom is it written for?")
    page = await pressed(ada, page, "Residents", "By which name")
    page = await pressed(ada, page, "As Ada", "Under which licence")
    await press(ada, page, "CC-BY-4.0")
    page = await ada.wait_for(says("It can be published"), after=page["message_id"])
    page = await pressed(ada, page, "Publish", "What stays:", "Author: Ada", "English")
    page = await pressed(ada, page, "Publish it now", "It is being published")
    await ada.wait_for(says("Published and in use"), after=page["message_id"])
    presses = len(await ada.client.traffic(method="answerCallbackQuery")) - presses_before
    hers = [one for one in await ada.messages(before) if not one["from"]["is_bot"]]
    assert len(hers) + presses <= 25


async def test_a_text_in_several_messages_is_one(ada: Person) -> None:
    """The page moves below the last of them; “next” and “done” are words of the text."""
    await asked(ada, "/write", "Send it now")
    first, second = ARTICLE.split("References\n")
    await answered(ada, first, "1 message taken")
    await answered(ada, "next", "2 messages taken")
    await answered(ada, "stop and done.", "3 messages taken")
    page = await answered(ada, f"References\n{second}", "4 messages taken")
    await until(ada, lambda said: [*map(taken, said)].count(True) == 1)
    await press(ada, page, "Done")
    explanation = await ada.wait_for(says("Key point:", "next", "stop and done.", "References"))
    await ada.wait_for(says("Draft: Stone-hard lumps"), after=explanation["message_id"])
    await until(ada, lambda said: not any(map(taken, said)))


def taken(message: Message) -> bool:
    """Whether it is a page that says how much of a text was taken."""
    return says("taken,")(message)


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
