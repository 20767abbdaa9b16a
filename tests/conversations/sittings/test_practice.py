"""Practice sessions and exams, as a learner meets them."""

from collections.abc import Callable

from tests.support.sandbox import Message, Person
from tests.support.seeing import asked, buttons, is_poll, says, text_of


def caption_of(message: Message) -> str:
    """What a message says, under a picture or by itself."""
    return str(message.get("caption") or message.get("text") or "")


def shows(words: str) -> Callable[[Message], bool]:
    """Whether the bot's message says so and has buttons."""
    return lambda m: m["from"]["is_bot"] and words in caption_of(m) and "reply_markup" in m


async def press(person: Person, message: Message, label: str) -> dict[str, object] | None:
    """Press the button whose label holds these words."""
    (data,) = (data for text, data in buttons(message).items() if label in text)
    return await person.press(message, data)


async def begun(person: Person, mode: str) -> Message:
    """A session or an exam of all that there is, begun; the message that shows its first."""
    page = await asked(person, "/practice", "What do you want to practise?")
    await press(person, page, mode)
    chosen = await person.wait_for(lambda m: f"✓ {mode}" in buttons(m))
    await press(person, chosen, "Begin")
    if mode == "Study":
        return await person.wait_for(is_poll, after=page["message_id"])
    return await person.wait_for(shows("Question 1 of"), after=page["message_id"])


async def test_an_exam(learner: Person) -> None:
    """Look."""
    first = await begun(learner, "Exam")
    for m in await learner.messages():
        print(m["message_id"], m["from"]["is_bot"], caption_of(m)[:300], list(buttons(m)))
    await press(learner, first, "Next")
    second = await learner.wait_for(shows("Question 2 of"))
    await press(learner, second, "All questions")
    over = await learner.wait_for(shows("answered"))
    for m in await learner.messages():
        print(m["message_id"], m["from"]["is_bot"], caption_of(m)[:300], list(buttons(m)))
    await press(learner, over, "Hand in")
    result = await learner.wait_for(says("handed in"))
    print(text_of(result), list(buttons(result)))
    await press(learner, result, next(iter(buttons(result))))
    await learner.wait_for(says("Not yet reviewed"))
    for m in await learner.messages():
        print(m["message_id"], m["from"]["is_bot"], caption_of(m)[:300], list(buttons(m)))
    assert False
