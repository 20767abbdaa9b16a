"""Buttons on the phones of a live round."""

from telegram import CallbackQuery

from bot.features.live.phone_buttons import OnPhone, PhonePress
from bot.features.live.read_in_round import explanation, see_case
from bot.features.live.vote import vote
from bot.features.shared.buttons import PHONE
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.routes.reading_updates import press
from bot.services import Services
from storage.outcome import Outcome

_ACTS = {OnPhone.VOTE: vote, OnPhone.CASE: see_case, OnPhone.EXPLAIN: explanation}


async def pressed(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Do what the button says, where it stands in the person's own chat."""
    meant, at = PhonePress.parse(query.data or ""), query.message
    if meant is None or at is None or at.chat.id != who.person_id:
        return Outcome(toast=old_button(who.words))
    return await _ACTS[meant.what](services, who, meant)


HANDLERS = (press(pressed, f"^{PHONE}"),)
