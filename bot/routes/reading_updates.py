"""What routes read from updates."""

from telegram import Chat, Message, User

from bot.features.membership.join_chat import SeenChat
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.services import Context


def visitor(user: User) -> Visitor:
    """The person, without the name."""
    return Visitor(user.id, user.language_code)


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
