"""Topics, saved cases and preferences: buttons that change their own message."""

from telegram import CallbackQuery

from bot.features.finding import saved, topics
from bot.features.finding.saved import SavePress
from bot.features.preferences import set_preferences
from bot.features.shared import buttons, texts
from bot.features.shared.question_buttons import SAVE, SHARE, UNSAVE
from bot.features.shared.visitors import Visit
from bot.routes.reading_updates import press, rows_under
from bot.services import Services
from storage.outcome import Outcome


async def topics_of(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """A specialty's topics, or the way back to all."""
    if query.message is None:
        return Outcome(toast=texts.old_button(who.words))
    specialty = (query.data or "").removeprefix(buttons.TOPICS_OF)
    return await topics.topics_of(services, who, specialty, query.message.message_id)


async def save(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """A case is to be found again, or no longer."""
    data, at = query.data or "", query.message
    if at is None or at.chat.id != who.person_id:
        return Outcome(toast=texts.old_button(who.words))
    saves = data.startswith(SAVE)
    code = data.removeprefix(SAVE if saves else UNSAVE)
    return saved.save(services, who, SavePress(data, code, saves, at.message_id, rows_under(at)))


async def share(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """A case is to be passed on."""
    return saved.share(services, who, (query.data or "").removeprefix(SHARE))


async def prefer(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """A preference changes, or another page of them is turned to."""
    if query.message is None:
        return Outcome(toast=texts.old_button(who.words))
    wish = (query.data or "").removeprefix(buttons.PREFERENCES)
    return await set_preferences.change(services, who, wish, query.message.message_id)


HANDLERS = (
    press(topics_of, f"^{buttons.TOPICS_OF}"),
    press(save, f"^({SAVE}|{UNSAVE})"),
    press(prefer, f"^{buttons.PREFERENCES}"),
    press(share, f"^{SHARE}"),
)
