"""Practice: how sure a learner is before they vote, and reviews of what they answered."""

from telegram import CallbackQuery

from bot.features.cases.confidence_view import SURE
from bot.features.cases.recall_view import KNEW, RECOGNISED
from bot.features.cases.say_confidence import say_confidence
from bot.features.practice.send_review import next_review
from bot.features.practice.tell_review import ReviewPress, tell_review
from bot.features.practice.welcome_back import review_of
from bot.features.shared import buttons, texts
from bot.features.shared.question_buttons import ASK_AGAIN, NOT_AGAIN
from bot.features.shared.visitors import Visit
from bot.routes.reading_updates import press, rows_under
from bot.services import Services
from storage.outcome import Outcome


async def sure(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """A button under a poll that is not answered yet."""
    at = query.message
    if at is None or at.chat.id != who.person_id:
        return Outcome(toast=texts.old_button(who.words))
    data = (query.data or "").removeprefix(SURE)
    return await say_confidence(services, who, data, at.message_id)


async def another(services: Services, who: Visit, _query: CallbackQuery) -> Outcome:
    """The next review, wanted by a button."""
    return await next_review(services, who)


async def tell(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """What is said of a review."""
    at = query.message
    if at is None or at.chat.id != who.person_id:
        return Outcome(toast=texts.old_button(who.words))
    verb, _, question = (query.data or "").partition(":")
    pressed = ReviewPress(f"{verb}:", question, at.message_id, rows_under(at))
    return await tell_review(services, who, pressed)


async def one(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """A review chosen from those worth doing."""
    return await review_of(services, who, (query.data or "").removeprefix(buttons.REVIEW_OF))


HANDLERS = (
    press(sure, f"^{SURE}"),
    press(another, f"^{buttons.REVIEW}$"),
    press(one, f"^{buttons.REVIEW_OF}"),
    press(tell, f"^({NOT_AGAIN}|{ASK_AGAIN}|{KNEW}|{RECOGNISED})"),
)
