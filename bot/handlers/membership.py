"""The bot blocked, unblocked, added or removed."""

from telegram import ChatMember, Update
from telegram.constants import ChatType
from telegram.ext import ChatMemberHandler

from bot.context import Context
from bot.handlers.parsing import visit
from storage.facts import PersonLeft
from storage.outcome import NOTHING, Outcome


async def changed(update: Update, context: Context) -> None:
    """In a private chat: the person blocked the bot, or let it back in."""
    change = update.my_chat_member
    if change is None or change.chat.type != ChatType.PRIVATE:
        context.deposit(NOTHING)
    elif change.new_chat_member.status == ChatMember.BANNED:
        now = context.services.clock.now()
        context.deposit(Outcome((PersonLeft(change.from_user.id, now),)))
    else:
        who = await visit(change.from_user, context)
        context.deposit(Outcome((who.met,)))


HANDLERS = (ChatMemberHandler(changed, ChatMemberHandler.MY_CHAT_MEMBER),)
