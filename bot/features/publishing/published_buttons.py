"""What the buttons about cases that their author published send back."""

from enum import StrEnum
from typing import Self

from bot.base.i18n import Words
from bot.features.shared.buttons import PUBLISHED, ButtonData, read_id
from bot.features.shared.messages import Button, press


class PublishedVerb(StrEnum):
    """What a button does. Old buttons stay: a word once used keeps its meaning."""

    LIST = "list"  # number: a page of them
    CARD = "card"
    CHANGE = "change"
    WITHDRAW = "withdraw"  # asks once
    WITHDRAWN = "withdraw-yes"


class PublishedPress(ButtonData, frozen=True):
    """What a button sends back, ``mine:<verb>:<number>``: which case stands in no button.

    ``number`` is the published case's own; see ``storage.publications``.
    """

    verb: PublishedVerb
    number: int = 0

    def __str__(self) -> str:
        return f"{PUBLISHED}{self.verb}:{self.number:x}"

    @classmethod
    def _read(cls, data: str) -> Self:
        verb, number = data.removeprefix(PUBLISHED).split(":")
        return cls(PublishedVerb(verb), read_id(number))


def published_button(text: str, verb: PublishedVerb, number: int = 0) -> Button:
    """A button about a published case."""
    return press(text, str(PublishedPress(verb, number)))


def own_cases_button(words: Words) -> Button:
    """Lists what one has published."""
    return published_button(words.say("My published cases"), PublishedVerb.LIST)
