"""Buttons about the cases that somebody published."""

from telegram import CallbackQuery

from bot.features.publishing import own_published
from bot.features.publishing.published_buttons import PublishedPress
from bot.features.shared.buttons import PUBLISHED
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.routes.reading_updates import press
from bot.services import Services
from storage.outcome import Outcome


async def pressed(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Do what the button says, where it stands in the person's own chat."""
    meant, at = PublishedPress.parse(query.data or ""), query.message
    if meant is None or at is None or at.chat.id != who.person_id:
        return Outcome((who.met,), toast=old_button(who.words))
    return await own_published.press(services, who, meant, at.message_id)


HANDLERS = (press(pressed, f"^{PUBLISHED}"),)
