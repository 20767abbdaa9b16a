"""What the buttons of an item's card send back."""

from enum import StrEnum
from typing import Self

from bot.features.shared.buttons import ITEM_CARD, ButtonData, read_id
from bot.features.shared.messages import Button, press


class ItemCardVerb(StrEnum):
    """What a press is to do about a card."""

    SHOW = "show"
    EXPLAIN = "explain"
    KEEP = "keep"
    RETIRE = "retire"
    BRING_BACK = "back"


class ItemCardPress(ButtonData, frozen=True):
    """What a button sends back: ``card:<verb>:<the card's number>``."""

    verb: ItemCardVerb
    card_id: int

    def __str__(self) -> str:
        return f"{ITEM_CARD}{self.verb}:{self.card_id:x}"

    @classmethod
    def _read(cls, data: str) -> Self:
        verb, number = data.removeprefix(ITEM_CARD).split(":")
        return cls(ItemCardVerb(verb), read_id(number))


def button(text: str, verb: ItemCardVerb, card_id: int) -> Button:
    """A button of a card."""
    return press(text, str(ItemCardPress(verb, card_id)))
