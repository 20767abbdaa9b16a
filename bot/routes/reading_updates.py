"""What routes read from updates, and how a command or a press comes to its route."""

from collections.abc import Awaitable, Callable, Sequence

from msgspec.structs import replace
from telegram import CallbackQuery, Chat, MaybeInaccessibleMessage, Message, Update, User
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.features.membership.join_chat import SeenChat
from bot.features.shared.messages import Rows, replying
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.services import Context, Services
from storage.outcome import NOTHING, Outcome
from storage.sent_file_facts import FileSent

OnCommand = Callable[[Services, Visit, Message, str], Awaitable[Outcome]]
"""A route of a command: who sent it, its message, and what stands after it."""
OnPress = Callable[[Services, Visit, CallbackQuery], Awaitable[Outcome]]
"""A route of a button's press."""
IN_GROUPS = filters.UpdateType.MESSAGE & filters.ChatType.GROUPS


def visitor(user: User) -> Visitor:
    """The person as the update shows them."""
    return Visitor(user.id, user.language_code, user.full_name, user.username)


async def visit(user: User, context: Context) -> Visit:
    """Receive the person who caused the update."""
    return await receive(context.services, visitor(user))


def seen_chat(chat: Chat) -> SeenChat:
    """A group or channel."""
    return SeenChat(chat.id, str(chat.type), chat.title or "")


def topic_of(message: Message) -> int | None:
    """The forum's topic; a thread of replies is none."""
    return message.message_thread_id if message.is_topic_message else None


def speaks_for_chat(message: Message) -> bool:
    """Whether the chat itself speaks: an administrator who chose to be anonymous."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


def rows_under(message: MaybeInaccessibleMessage) -> Rows | None:
    """The buttons that stand under a message; None where that is not known."""
    shown = message.reply_markup if isinstance(message, Message) else None
    return [[b.to_dict() for b in row] for row in shown.inline_keyboard] if shown else None


def file_sent(message: Message, purpose: str, about: str = "{}") -> FileSent | None:
    """A document or a photo in its largest size, to be fetched; None where there is neither.

    Whoever takes it is named by its purpose in ``jobs.fetch_files``, and given ``about``, a JSON
    text. A photo has no name.
    """
    file = message.document or (message.photo[-1] if message.photo else None)
    if file is None or message.from_user is None:
        return None
    name = (message.document.file_name if message.document else None) or ""
    return FileSent(message.from_user.id, message.message_id, file.file_id, name, purpose, about)


def answering(outcome: Outcome, message: Message) -> Outcome:
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


def command(
    names: str | Sequence[str], act: OnCommand, where: filters.BaseFilter
) -> CommandHandler[Context, None]:
    """Takes these commands, in new messages in such chats."""

    async def handle(update: Update, context: Context) -> None:
        message, user = update.message, update.effective_user
        if message is None or user is None:
            context.leave(NOTHING)
            return
        who = await visit(user, context)
        context.leave(await act(context.services, who, message, " ".join(context.args or ())))

    return CommandHandler(names, handle, where)


def press(act: OnPress, pattern: str | None = None) -> CallbackQueryHandler[Context, None]:
    """Takes presses of buttons whose data match; no pattern: of all that are left."""

    async def handle(update: Update, context: Context) -> None:
        query = update.callback_query
        if query is None:
            context.leave(NOTHING)
            return
        who = await visit(query.from_user, context)
        context.leave(await act(context.services, who, query))

    return CallbackQueryHandler(handle, pattern)
