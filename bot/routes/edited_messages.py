"""Messages that people changed after they had sent them.

python-telegram-bot hands these to the handlers of new messages too. Here they are taken before any
other route sees them: a command that is mended is no command again, nor are words an answer again.
"""

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.services import Context
from storage.outcome import NOTHING


async def edited(update: Update, context: Context) -> None:  # noqa: ARG001 - PTB's signature
    """Nothing that was sent is taken back or done anew by an edit."""
    context.leave(NOTHING)


HANDLERS = (MessageHandler(filters.UpdateType.EDITED, edited),)
