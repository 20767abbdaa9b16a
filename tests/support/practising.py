"""A learner at practice, as they see it in their chat."""

from collections.abc import Callable

from tests.support.sandbox import Message, Person
from tests.support.seeing import asked, buttons, is_poll


def worded(message: Message) -> str:
    """What a message says, under a picture or by itself."""
    return str(message.get("caption") or message.get("text") or "")


def shows(*words: str) -> Callable[[Message], bool]:
    """Whether the bot's message says so, and has buttons."""
    return lambda m: (
        m["from"]["is_bot"] and all(one in worded(m) for one in words) and bool(buttons(m))
    )


def has(label: str) -> Callable[[Message], bool]:
    """Whether the message has a button of this label."""
    return lambda m: label in buttons(m)


def button(message: Message, label: str) -> str:
    """What the first button sends back whose label holds these words."""
    return next(data for text, data in buttons(message).items() if label in text)


async def press(person: Person, message: Message, label: str) -> dict[str, object] | None:
    """Press the first button whose label holds these words."""
    return await person.press(message, button(message, label))


async def plan(person: Person, mode: str, source: str = "Unseen") -> Message:
    """The page on which everything is chosen but to begin."""
    page = await asked(person, "/practice", "What do you want to practise?")
    for label in (source, mode):
        await person.press(page, button(page, label))
        page = await person.wait_for(has(f"✓ {label}"), after=page["message_id"] - 1)
    return page


async def exam(person: Person) -> Message:
    """An exam of all that there is has begun; what shows its first question."""
    page = await plan(person, "Exam")
    await press(person, page, "Begin")
    return await person.wait_for(shows("Question 1 of"), after=page["message_id"])


async def study(person: Person, source: str = "Unseen") -> Message:
    """A session of all that there is has begun; its first poll."""
    page = await plan(person, "Study", source)
    await press(person, page, "Begin")
    return await person.wait_for(is_poll, after=page["message_id"])
