"""`/settings` in groups, and the buttons of settings messages wherever they stand."""

from telegram import CallbackQuery, Chat, Message
from telegram.constants import ChatType
from telegram.ext import filters

from bot.features.membership.join_chat import known_chat
from bot.features.settings import set_up_chat
from bot.features.settings.answers_view import old_button, settings_in_private
from bot.features.settings.button_data import SETTINGS, SettingsPress
from bot.features.settings.settings_session import Asker
from bot.features.settings.settings_view import SettingsMessage
from bot.features.shared.visitors import Visit, said
from bot.routes.reading_updates import (
    IN_GROUPS,
    command,
    press,
    seen_chat,
    speaks_for_chat,
    topic_of,
)
from bot.services import Services
from storage.outcome import Outcome, Toast


async def settings(services: Services, who: Visit, message: Message, argument: str) -> Outcome:
    """`/settings`, with or without a wish in words."""
    chat = message.chat
    if chat.type == ChatType.PRIVATE:
        return said(who, settings_in_private(who.person_id, who.words))
    known, joined = await known_chat(services, seen_chat(chat), who.words)
    where = SettingsMessage(chat.id, chat.id, None, topic_of(message), bool(chat.is_forum))
    asker = Asker(None if speaks_for_chat(message) else who.person_id, who.words)
    return joined + await set_up_chat.written(services, asker, where, known, argument)


async def pressed(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """A button of a settings message."""
    # People press under their own id, even where they administer anonymously.
    asker = Asker(who.person_id, who.words)
    chosen = SettingsPress.parse(query.data or "")
    message = query.message
    if chosen is None or message is None or _overwrites(chosen, message.chat):
        return Outcome(toast=Toast(old_button(asker.words), alert=True))
    at = message.chat
    where = SettingsMessage(
        at.id if chosen.chat_id is None else chosen.chat_id,
        at.id,
        message.message_id,
        topic_of(message) if isinstance(message, Message) else None,
        bool(at.is_forum),
    )
    return await set_up_chat.pressed(services, asker, where, chosen.change)


def _overwrites(press: SettingsPress, at: Chat) -> bool:
    """Whether a chat's settings would stand in another chat, in place of what others read there.

    Only in private does a button name the chat that it sets up.
    """
    return at.type != ChatType.PRIVATE and press.chat_id not in {None, at.id}


HANDLERS = (
    command("settings", settings, IN_GROUPS),
    command("settings", settings, filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE),
    press(pressed, f"^{SETTINGS}"),
)
