"""Leaderboard and results in groups: the commands, and the buttons under a leaderboard."""

from msgspec.structs import replace
from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.features.leaderboard import leaderboard as board
from bot.features.leaderboard import leaderboard_view
from bot.features.membership.join_chat import known_chat
from bot.features.results import results_view as views
from bot.features.results.case_results import results
from bot.features.shared import texts
from bot.features.shared.messages import replying
from bot.features.shared.served_chat import ServedChat, served_chat
from bot.features.shared.texts import only_in_groups
from bot.features.shared.visitors import Visit, said
from bot.routes.reading_updates import seen_chat, speaks_for_chat, topic_of, visit
from bot.services import Context
from bot.telegram.administrators import Administers
from storage.outcome import NOTHING, Outcome


async def leaderboard(update: Update, context: Context) -> None:
    """`/leaderboard`, by anybody."""
    message, user = update.message, update.effective_user
    if message is None or user is None:
        context.leave(NOTHING)
        return
    served, joined = await _served(message, await visit(user, context), context)
    call = await board.leaderboard(context.services, served)
    context.leave(joined + _answering(Outcome(owed=(call,)), message))


async def case_results(update: Update, context: Context) -> None:
    """`/results`, by an administrator; their rights are asked for now."""
    message, user = update.message, update.effective_user
    if message is None or user is None:
        context.leave(NOTHING)
        return
    who = await visit(user, context)
    served, joined = await _served(message, who, context)
    anonymous = speaks_for_chat(message)
    allowed = Administers.YES
    if not anonymous:
        allowed = await context.services.rights.administers(message.chat.id, user.id)
    match allowed:
        case Administers.YES:
            text = " ".join(context.args or ())
            asker = None if anonymous else who
            outcome = await results(context.services, served, asker, text)
        case Administers.NO:
            outcome = Outcome(owed=(views.administrators_only(message.chat.id, served.words),))
        case Administers.UNKNOWN:
            outcome = Outcome(owed=(texts.rights_unknown(message.chat.id, served.words),))
    context.leave(joined + _answering(outcome, message))


async def choose_name(update: Update, context: Context) -> None:
    """A press under a leaderboard: "Show my name", "Hide my name"."""
    query = update.callback_query
    if query is None or not isinstance(query.message, Message):
        context.leave(NOTHING)
        return
    who = await visit(query.from_user, context)
    if query.message.chat.type == ChatType.PRIVATE or not _is_leaderboard(query.message):
        # Somebody made this up: no leaderboard stands there, and none is to take its place.
        context.leave(Outcome(toast=texts.old_button(who.words)))
        return
    served, joined = await _served(query.message, who, context)
    show = query.data == leaderboard_view.BOARD + leaderboard_view.SHOW
    press = board.NamePress(query.message.message_id, query.from_user.first_name, show)
    context.leave(joined + await board.choose_name(context.services, who, served, press))


async def in_private(update: Update, context: Context) -> None:
    """Either of them where there is no group."""
    user = update.effective_user
    if user is None:
        context.leave(NOTHING)
        return
    who = await visit(user, context)
    context.leave(said(who, only_in_groups(who.person_id, who.words)))


def _is_leaderboard(message: Message) -> bool:
    """Whether a message of the bot's has a leaderboard's buttons."""
    rows = () if message.reply_markup is None else message.reply_markup.inline_keyboard
    return any(
        button.callback_data == leaderboard_view.BOARD + leaderboard_view.SHOW
        for row in rows
        for button in row
    )


async def _served(message: Message, who: Visit, context: Context) -> tuple[ServedChat, Outcome]:
    known, joined = await known_chat(context.services, seen_chat(message.chat), who.words)
    return served_chat(context.services, known), joined


def _answering(outcome: Outcome, message: Message) -> Outcome:
    """What goes into the chat goes to where it was asked for, the first as a reply."""
    topic = topic_of(message)
    thread = {} if topic is None else {"message_thread_id": topic}
    calls = [
        replace(call, params={**call.params, **thread}) if call.chat_id == message.chat.id else call
        for call in outcome.owed
    ]
    first = next((n for n, call in enumerate(calls) if call.chat_id == message.chat.id), None)
    if first is not None:
        calls[first] = replying(calls[first], message.message_id)
    return replace(outcome, owed=tuple(calls))


_IN_GROUPS = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE

HANDLERS = (
    CommandHandler("leaderboard", leaderboard, _IN_GROUPS),
    CommandHandler("results", case_results, _IN_GROUPS),
    CommandHandler(("leaderboard", "results"), in_private, filters.ChatType.PRIVATE),
    CallbackQueryHandler(
        choose_name, f"^{leaderboard_view.BOARD}({leaderboard_view.SHOW}|{leaderboard_view.HIDE})$"
    ),
)
