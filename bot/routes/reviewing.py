"""The buttons of reviewers."""

from telegram import CallbackQuery

from bot.features.reviewing import review_cases
from bot.features.reviewing.reviewer_buttons import ReviewerPress
from bot.features.shared.buttons import SIGNING
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.routes.reading_updates import press
from bot.services import Services
from storage.outcome import Outcome


async def _pressed(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """A reviewer's press, in their own chat."""
    meant, at = ReviewerPress.parse(query.data or ""), query.message
    if meant is None or at is None or at.chat.id != who.person_id:
        return Outcome(toast=old_button(who.words))
    return await review_cases.press(services, who, meant, at.message_id)


HANDLERS = (press(_pressed, f"^{SIGNING}"),)
