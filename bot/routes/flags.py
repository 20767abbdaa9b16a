"""Buttons by which learners flag questions, and those of the administrators who see to it."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.features.flags import flag_question, handle_flags
from bot.features.flags.administrator_view import FLAG_LIST, FlagPress
from bot.features.flags.awaited_text import press_cancel
from bot.features.flags.learner_view import CANCEL
from bot.features.flags.reasons import Reason
from bot.features.shared import texts
from bot.features.shared.question_buttons import FLAG, QuestionRef
from bot.routes.reading_updates import visit
from bot.services import Context
from storage.outcome import NOTHING, Outcome


async def flag(update: Update, context: Context) -> None:
    """A learner's press: under an explanation, or on a reason."""
    query = update.callback_query
    if query is None or query.message is None:
        context.leave(NOTHING)
        return
    who = await visit(query.from_user, context)
    text, colon, reason = (query.data or "").removeprefix(FLAG).partition(":")
    ref = QuestionRef.parse(text)
    if ref is None or (colon and reason not in set(Reason)):
        context.leave(Outcome(toast=texts.old_button(who.words)))
        return
    pressed = flag_question.ReasonPress(
        ref, Reason(reason) if colon else None, query.message.message_id
    )
    context.leave(await flag_question.press(context.services, who, pressed))


async def at_desk(update: Update, context: Context) -> None:
    """An administrator's press: under a flag, or in the list."""
    query = update.callback_query
    if query is None or query.message is None:
        context.leave(NOTHING)
        return
    who = await visit(query.from_user, context)
    pressed = FlagPress.parse(query.data or "")
    if pressed is None:
        context.leave(Outcome(toast=texts.old_button(who.words)))
        return
    at = query.message.message_id
    context.leave(await handle_flags.press(context.services, who, pressed, at))


async def cancel(update: Update, context: Context) -> None:
    """The button beside what somebody was asked to write."""
    query = update.callback_query
    if query is None or query.message is None:
        context.leave(NOTHING)
        return
    who = await visit(query.from_user, context)
    context.leave(await press_cancel(context.services, who, query.message.message_id))


HANDLERS = (
    CallbackQueryHandler(flag, f"^{FLAG}"),
    CallbackQueryHandler(at_desk, f"^{FLAG_LIST}"),
    CallbackQueryHandler(cancel, f"^{CANCEL}$"),
)
