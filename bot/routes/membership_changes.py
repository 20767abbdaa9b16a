"""The bot blocked, unblocked, added or removed, raised or restricted."""

from telegram import (
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Update,
)
from telegram.constants import ChatType
from telegram.ext import ChatMemberHandler

from bot.features.membership import join_chat
from bot.features.membership.notices_view import ChatProblem
from bot.routes.reading_updates import seen_chat, visit, visitor
from bot.services import Context
from storage.facts import PersonLeft
from storage.outcome import NOTHING, Outcome


async def changed(update: Update, context: Context) -> None:
    """In a private chat: the person blocked the bot, or let it back in. Else: see ``_in_chat``."""
    change = update.my_chat_member
    if change is None:
        context.leave(NOTHING)
    elif change.chat.type != ChatType.PRIVATE:
        context.leave(await _in_chat(change, context))
    elif change.new_chat_member.status == ChatMember.BANNED:
        now = context.services.clock.now()
        context.leave(Outcome((PersonLeft(change.from_user.id, now),)))
    else:
        who = await visit(change.from_user, context)
        context.leave(Outcome((who.met,)))


async def _in_chat(change: ChatMemberUpdated, context: Context) -> Outcome:
    """The bot came into a group or channel, or left it, or may do less there than before."""
    services, new = context.services, change.new_chat_member
    by = change.from_user
    if not _inside(new):
        return await join_chat.leave(services, change.chat.id, by.id)
    outcome = NOTHING
    if not _inside(change.old_chat_member):
        # An anonymous administrator comes as a bot, whom nobody can write to.
        added_by = None if by.is_bot else by.id
        outcome = await join_chat.added_to_chat(
            services, seen_chat(change.chat), visitor(by), added_by
        )
    lacking = _lacking(change)
    if lacking is not None:
        outcome += await join_chat.lose_rights(services, change.chat.id, lacking)
    if lacking is not ChatProblem.NO_MESSAGES:
        outcome += join_chat.may_write_again(services, change.chat.id)
    return outcome


def _inside(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in {ChatMember.LEFT, ChatMember.BANNED}


def _lacking(change: ChatMemberUpdated) -> ChatProblem | None:
    """What keeps the bot from its work, the worst first."""
    new = change.new_chat_member
    if isinstance(new, ChatMemberRestricted):
        needs = (
            (new.can_send_messages, ChatProblem.NO_MESSAGES),
            (new.can_send_polls, ChatProblem.NO_POLLS),
            (new.can_send_photos, ChatProblem.NO_PHOTOS),
        )
        return next((problem for allowed, problem in needs if not allowed), None)
    if isinstance(new, ChatMemberAdministrator) and change.chat.type == ChatType.CHANNEL:
        if not new.can_post_messages:
            return ChatProblem.NO_MESSAGES
        return None if new.can_edit_messages else ChatProblem.NO_EDITS
    demoted = change.old_chat_member.status == ChatMember.ADMINISTRATOR
    if demoted and new.status == ChatMember.MEMBER:
        return ChatProblem.DEMOTED
    return None


HANDLERS = (ChatMemberHandler(changed, ChatMemberHandler.MY_CHAT_MEMBER),)
