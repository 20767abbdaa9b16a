"""`/settings` in groups, and the buttons of settings messages wherever they stand."""

from telegram import Message, Update, User
from telegram.constants import ChatType
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.context import Context
from bot.handlers.parsing import visit
from bot.usecases.chats import setup
from bot.usecases.chats.joining import SeenChat, known_chat
from bot.usecases.chats.setup import Asker
from bot.usecases.greeting import said
from bot.views.chats.settings import Desk
from bot.views.chats.settings_answers import old_button, settings_in_private
from bot.views.chats.settings_data import SETTINGS, Press
from storage.outcome import NOTHING, Outcome, Toast


async def settings(update: Update, context: Context) -> None:
    """`/settings`, with or without a wish in words."""
    message, user = update.message, update.effective_user
    if message is None or user is None:
        context.deposit(NOTHING)
        return
    who = await visit(user, context)
    if message.chat.type == ChatType.PRIVATE:
        context.deposit(said(who, settings_in_private(who.person_id, who.words)))
        return
    chat = message.chat
    seen = SeenChat(chat.id, chat.type, chat.title or "")
    known, joined = await known_chat(context.services, seen, who.words)
    desk = Desk(chat.id, chat.id, None, _thread(message), bool(chat.is_forum))
    anonymous = message.sender_chat is not None and message.sender_chat.id == chat.id
    asker = Asker(None if anonymous else user.id, who.words)
    argument = " ".join(context.args or ())
    outcome = await setup.written(context.services, asker, desk, known, argument)
    context.deposit(joined + outcome)


async def pressed(update: Update, context: Context) -> None:
    """A button of a settings message."""
    query = update.callback_query
    if query is None:
        context.deposit(NOTHING)
        return
    asker = await _asker(query.from_user, context)
    press = Press.parse(query.data or "")
    message = query.message
    if press is None or message is None:
        toast = Toast(old_button(asker.words), alert=True)
        context.deposit(Outcome(toast=toast))
        return
    at = message.chat
    thread_id = _thread(message) if isinstance(message, Message) else None
    desk = Desk(
        at.id if press.chat_id is None else press.chat_id,
        at.id,
        message.message_id,
        thread_id,
        bool(at.is_forum),
    )
    context.deposit(await setup.pressed(context.services, asker, desk, press.change))


async def _asker(user: User, context: Context) -> Asker:
    """Who presses: under their own id even where they administer anonymously."""
    who = await visit(user, context)
    return Asker(who.person_id, who.words)


def _thread(message: Message) -> int | None:
    """The forum's topic; a thread of replies is none."""
    return message.message_thread_id if message.is_topic_message else None


HANDLERS = (
    CommandHandler(
        "settings",
        settings,
        filters.UpdateType.MESSAGE & (filters.ChatType.PRIVATE | filters.ChatType.GROUPS),
    ),
    CallbackQueryHandler(pressed, f"^{SETTINGS}"),
)
