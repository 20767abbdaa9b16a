"""Everything else that people send: a short, helpful answer to each, and silence to nobody."""

from functools import partial

from telegram import Message, MessageOriginChannel, Update
from telegram.constants import ChatType
from telegram.ext import MessageHandler, TypeHandler, filters

from bot.features.settings.channels import post_forwarded
from bot.features.shared import texts
from bot.features.shared.visitors import Visit, said
from bot.features.start.typed_text import take_text, unknown_command
from bot.features.writing.take_message import take_message
from bot.routes.private_commands import COMMANDS, run
from bot.routes.reading_updates import visit
from bot.routes.writing import sent_message
from bot.services import Context
from storage.outcome import NOTHING, Outcome


async def unexpected(update: Update, context: Context) -> None:
    """A message that is no known command."""
    message, user = update.message, update.effective_user
    if message is None or user is None or filters.StatusUpdate.ALL.check_update(update):
        # Telegram's own notices (something was pinned, a timer set) are nobody's words.
        context.leave(NOTHING)
        return
    who = await visit(user, context)
    if message.chat.type != ChatType.PRIVATE:
        # What people say to each other there is none of the bot's business.
        context.leave(NOTHING)
    elif (taken := await take_message(context.services, who, sent_message(message))) is not None:
        context.leave(taken)
    elif (forwarded := await _forwarded(context, who, message)) is not None:
        context.leave(forwarded)
    elif message.text is None:
        context.leave(said(who, texts.no_pictures(who.person_id, who.words)))
    elif message.text.startswith("/"):
        context.leave(unknown_command(who, message.text, [one.name for one in COMMANDS]))
    else:
        act = partial(run, context.services, who)
        context.leave(await take_text(context.services, who, message.text, act))


async def _forwarded(context: Context, who: Visit, message: Message) -> Outcome | None:
    origin = message.forward_origin
    if not isinstance(origin, MessageOriginChannel):
        return None
    return await post_forwarded(context.services, who, origin.chat.id)


async def ignore(update: object, context: Context) -> None:  # noqa: ARG001 - PTB's signature
    """An update of a kind that means nothing to us is done all the same."""
    context.leave(NOTHING)


HANDLERS = (
    MessageHandler(filters.ALL, unexpected),
    TypeHandler(object, ignore),
)
