"""Buttons by which learners flag questions, and those of the administrators who see to it."""

from telegram import CallbackQuery

from bot.features.flags import flag_question, handle_flags
from bot.features.flags.administrator_view import FLAG_LIST, FlagPress
from bot.features.flags.awaited_text import press_cancel
from bot.features.flags.reasons import FlagReason
from bot.features.shared import texts
from bot.features.shared.buttons import CANCEL
from bot.features.shared.question_buttons import FLAG, QuestionRef
from bot.features.shared.visitors import Visit
from bot.routes.reading_updates import press
from bot.services import Services
from storage.outcome import Outcome


async def flag(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """A learner's press: under an explanation, or on a reason."""
    text, colon, reason = (query.data or "").removeprefix(FLAG).partition(":")
    ref = QuestionRef.parse(text)
    if ref is None or query.message is None or (colon and reason not in set(FlagReason)):
        return Outcome(toast=texts.old_button(who.words))
    chosen = FlagReason(reason) if colon else None
    pressed = flag_question.ReasonPress(ref, chosen, query.message.message_id)
    return await flag_question.press(services, who, pressed)


async def answer_flag(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """An administrator's press: under a flag, or in the list."""
    pressed = FlagPress.parse(query.data or "")
    if pressed is None or query.message is None:
        return Outcome(toast=texts.old_button(who.words))
    return await handle_flags.press(services, who, pressed, query.message.message_id)


async def cancel(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """The button beside what somebody was asked to write."""
    if query.message is None:
        return Outcome(toast=texts.old_button(who.words))
    return await press_cancel(services, who, query.message.message_id)


HANDLERS = (
    press(flag, f"^{FLAG}"),
    press(answer_flag, f"^{FLAG_LIST}"),
    press(cancel, f"^{CANCEL}$"),
)
