"""Messages that people changed after they had sent them.

python-telegram-bot hands these to the handlers of new messages too. Here they are taken before any
other route sees them: a command that is mended is no command again, nor are words an answer again.
"""

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import MessageHandler, filters

from bot.features.writing.edit_message import edit_message
from bot.routes.reading_updates import visit
from bot.routes.writing import sent_message
from bot.services import Context
from storage.outcome import NOTHING


async def edited(update: Update, context: Context) -> None:
    """Nothing that was sent is taken back or done anew by an edit; but a draft of a case follows
    the messages that gave something to it.
    """
    message, user = update.edited_message, update.effective_user
    if message is None or user is None or message.chat.type != ChatType.PRIVATE:
        context.leave(NOTHING)
        return
    who = await visit(user, context)
    context.leave(await edit_message(context.services, who, sent_message(message)))


HANDLERS = (MessageHandler(filters.UpdateType.EDITED, edited),)
