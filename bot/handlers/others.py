"""Everything else that people send: a short, helpful answer to each, and silence to nobody."""

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import MessageHandler, TypeHandler, filters

from bot.context import Context
from bot.handlers.parsing import visit
from bot.i18n import Words
from bot.usecases.greeting import said
from bot.views import texts
from storage.outcome import NOTHING, Outcome


async def unexpected(update: Update, context: Context) -> None:
    """A message that no command handler took."""
    message, user = update.message, update.effective_user
    if message is None or user is None or filters.StatusUpdate.ALL.check_update(update):
        # Telegram's own notices (something was pinned, a timer set) are nobody's words.
        context.deposit(NOTHING)
        return
    who = await visit(user, context)
    if message.chat.type != ChatType.PRIVATE:
        context.deposit(_in_group(message, context, who.words))
    elif message.text is None:
        context.deposit(said(who, texts.no_pictures(who.person_id, who.words)))
    elif message.text.startswith("/"):
        context.deposit(said(who, texts.unknown_command(who.person_id, who.words)))
    else:
        context.deposit(said(who, texts.not_understood(who.person_id, who.words)))


def _in_group(message: Message, context: Context, words: Words) -> Outcome:
    """A command in a group gets an answer; what people say to others there does not."""
    name = context.services.bot_username
    command, at, addressee = next(iter((message.text or "").split()), "").partition("@")
    if not command.startswith("/") or (at and addressee.lower() != name.lower()):
        return NOTHING
    return Outcome(owed=(texts.only_private(message.chat.id, name, words),))


async def ignore(update: object, context: Context) -> None:  # noqa: ARG001 - PTB's signature
    """An update of a kind that means nothing to us is done all the same."""
    context.deposit(NOTHING)


HANDLERS = (
    MessageHandler(filters.ALL, unexpected),
    TypeHandler(object, ignore),
)
