"""Buttons about cohorts: of educators, of members, of whoever is invited or asks."""

from telegram import CallbackQuery

from bot.features.cohorts.cohort_buttons import CohortPress, JoinPress
from bot.features.cohorts.cohort_presses import press as press_cohort
from bot.features.shared.buttons import COHORT
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.routes.reading_updates import press
from bot.services import Services
from storage.outcome import Outcome


async def pressed(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Do what the button says, where it stands in the person's own chat."""
    data, at = query.data or "", query.message
    meant = CohortPress.parse(data) or JoinPress.parse(data)
    if meant is None or at is None or at.chat.id != who.person_id:
        return Outcome(toast=old_button(who.words))
    return await press_cohort(services, who, meant, at.message_id)


HANDLERS = (press(pressed, f"^{COHORT}"),)
