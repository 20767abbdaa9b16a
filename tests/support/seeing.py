"""What a person looks for in a chat."""

import json
from collections.abc import Callable
from typing import Any

from tests.support.sandbox import Message, Person


def is_poll(message: Message) -> bool:
    """Whether the message puts a question."""
    return "poll" in message


def text_of(message: Message) -> str:
    """What a text message says."""
    return str(message.get("text", ""))


def says(*words: str) -> Callable[[Message], bool]:
    """Whether the bot's message holds all these words."""
    return lambda message: (
        message["from"]["is_bot"] and all(word in text_of(message) for word in words)
    )


def buttons(message: Message) -> dict[str, str]:
    """The labels of a message's buttons, with what each sends back."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button.get("callback_data", "") for row in rows for button in row}


def place(poll_message: Message, option: str) -> int:
    """The place of an option in the poll as sent."""
    return [o["text"] for o in poll_message["poll"]["options"]].index(option)


async def asked(person: Person, text: str, *words: str) -> Message:
    """Send a text; the bot's answer with these words in it."""
    sent = await person.send(text)
    return await person.wait_for(says(*words), after=sent["message_id"])


async def changed(person: Person, message: Message, *words: str) -> Message:
    """The same message, once it says something else."""
    return await person.wait_for(
        lambda m: m["message_id"] == message["message_id"] and says(*words)(m)
    )


async def given(person: Person, text: str) -> Message:
    """Send a text; the poll that it brings."""
    sent = await person.send(text)
    return await person.wait_for(is_poll, after=sent["message_id"])


async def my_data(person: Person) -> dict[str, Any]:
    """What `/mydata` sends."""
    sent = await person.send("/mydata")
    message = await person.wait_for(lambda m: "document" in m, after=sent["message_id"])
    return dict(json.loads(await person.client.file(message["document"]["file_id"])))
