"""How sure a learner is, before they vote."""

from telegram import CallbackQuery

from bot.features.cases.confidence_view import SURE
from bot.features.cases.say_confidence import say_confidence
from bot.features.shared import texts
from bot.features.shared.visitors import Visit
from bot.routes.reading_updates import press
from bot.services import Services
from storage.outcome import Outcome


async def sure(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """A button under a poll that is not answered yet."""
    at = query.message
    if at is None or at.chat.id != who.person_id:
        return Outcome(toast=texts.old_button(who.words))
    data = (query.data or "").removeprefix(SURE)
    return await say_confidence(services, who, data, at.message_id)


HANDLERS = (press(sure, f"^{SURE}"),)
