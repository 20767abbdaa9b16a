"""Buttons of items' cards, for the bot's administrators."""

from telegram import CallbackQuery

from bot.features.items import decide
from bot.features.items.item_card_buttons import ItemCardPress
from bot.features.shared import texts
from bot.features.shared.buttons import ITEM_CARD
from bot.features.shared.visitors import Visit
from bot.routes.reading_updates import press
from bot.services import Services
from storage.outcome import Outcome


async def card(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """An administrator's press under a card."""
    pressed = ItemCardPress.parse(query.data or "")
    if pressed is None or query.message is None:
        return Outcome(toast=texts.old_button(who.words))
    return await decide.press(services, who, pressed, query.message.message_id)


HANDLERS = (press(card, f"^{ITEM_CARD}"),)
