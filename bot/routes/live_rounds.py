"""Buttons of whoever presents a live round, or is about to."""

from telegram import CallbackQuery

from bot.features.live import direct_round, present
from bot.features.live.live_buttons import PICK, RoundPress
from bot.features.shared.buttons import LIVE
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.routes.reading_updates import press
from bot.services import Services
from storage.outcome import Outcome


async def picked(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Something on the way to a case, or the case."""
    at = query.message
    if at is None or at.chat.id != who.person_id:
        return Outcome(toast=old_button(who.words))
    data = (query.data or "").removeprefix(PICK)
    return await present.press(services, who, data, at.message_id)


async def pressed(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Something on the panel."""
    meant, at = RoundPress.parse(query.data or ""), query.message
    if meant is None or at is None or at.chat.id != who.person_id:
        return Outcome(toast=old_button(who.words))
    return await direct_round.press(services, who, meant, at.message_id)


HANDLERS = (press(picked, f"^{PICK}"), press(pressed, f"^{LIVE}"))
