"""`/settings` in groups, and the buttons of settings messages wherever they stand."""

from telegram import Chat, Message, Update
from telegram.constants import ChatType
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.features.membership.join_chat import known_chat
from bot.features.settings import change_settings
from bot.features.settings.answers_view import old_button, settings_in_private
from bot.features.settings.button_data import SETTINGS, SettingsPress
from bot.features.settings.change_settings import Asker
from bot.features.settings.settings_view import SettingsMessage
from bot.features.shared.visitors import said
from bot.routes.reading_updates import seen_chat, speaks_for_chat, topic_of, visit
from bot.services import Context
from storage.outcome import NOTHING, Outcome, Toast


async def settings(update: Update, context: Context) -> None:
    """`/settings`, with or without a wish in words."""
    message, user = update.message, update.effective_user
    if message is None or user is None:
        context.leave(NOTHING)
        return
    who = await visit(user, context)
    if message.chat.type == ChatType.PRIVATE:
        context.leave(said(who, settings_in_private(who.person_id, who.words)))
        return
    chat = message.chat
    known, joined = await known_chat(context.services, seen_chat(chat), who.words)
    where = SettingsMessage(chat.id, chat.id, None, topic_of(message), bool(chat.is_forum))
    asker = Asker(None if speaks_for_chat(message) else user.id, who.words)
    argument = " ".join(context.args or ())
    outcome = await change_settings.written(context.services, asker, where, known, argument)
    context.leave(joined + outcome)


async def pressed(update: Update, context: Context) -> None:
    """A button of a settings message."""
    query = update.callback_query
    if query is None:
        context.leave(NOTHING)
        return
    # People press under their own id, even where they administer anonymously.
    who = await visit(query.from_user, context)
    asker = Asker(who.person_id, who.words)
    press = SettingsPress.parse(query.data or "")
    message = query.message
    if press is None or message is None or _overwrites(press, message.chat):
        toast = Toast(old_button(asker.words), alert=True)
        context.leave(Outcome(toast=toast))
        return
    at = message.chat
    thread_id = topic_of(message) if isinstance(message, Message) else None
    where = SettingsMessage(
        at.id if press.chat_id is None else press.chat_id,
        at.id,
        message.message_id,
        thread_id,
        bool(at.is_forum),
    )
    context.leave(await change_settings.pressed(context.services, asker, where, press.change))


def _overwrites(press: SettingsPress, at: Chat) -> bool:
    """Whether a chat's settings would stand in another chat, in place of what others read there.

    Only in private does a button name the chat that it sets up.
    """
    return at.type != ChatType.PRIVATE and press.chat_id not in {None, at.id}


HANDLERS = (
    CommandHandler(
        "settings",
        settings,
        filters.UpdateType.MESSAGE & (filters.ChatType.PRIVATE | filters.ChatType.GROUPS),
    ),
    CallbackQueryHandler(pressed, f"^{SETTINGS}"),
)
