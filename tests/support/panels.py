"""Messages whose buttons edit them in place, as their users read them."""

from collections.abc import Callable

from tests.support.sandbox import Message
from tests.support.seeing import buttons, text_of


def shows(*words: str) -> Callable[[Message], bool]:
    """Whether the bot's message holds all these words, in its text or on its buttons."""
    return lambda message: (
        message["from"]["is_bot"]
        and all(word in "\n".join((text_of(message), *buttons(message))) for word in words)
    )


def becomes(before: Message, *words: str) -> Callable[[Message], bool]:
    """Whether the message was edited since, and holds these words now."""
    return lambda message: (
        message["message_id"] == before["message_id"]
        and (text_of(message), buttons(message)) != (text_of(before), buttons(before))
        and shows(*words)(message)
    )


def data_behind(message: Message, label: str) -> str:
    """What the one button whose label begins so sends back."""
    (data,) = [data for text, data in buttons(message).items() if text.startswith(label)]
    return data
