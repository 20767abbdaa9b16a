"""What the bot and the people may do in a chat, and how Telegram says no."""

from typing import Final

from bot.sandbox.errors import ApiError, bad_request, forbidden
from bot.sandbox.membership import Member, Status
from bot.sandbox.model import (
    Chat,
    ChatType,
    Content,
    Document,
    Message,
    Photo,
    PollCard,
    Text,
    Voice,
)
from bot.sandbox.world import World

_RIGHTS: Final = {
    Text: ("can_send_messages", "text messages"),
    Photo: ("can_send_photos", "photos"),
    Document: ("can_send_documents", "documents"),
    Voice: ("can_send_voice_notes", "voice notes"),
    PollCard: ("can_send_polls", "polls"),
}
"""The right that each content needs in a group, and what Telegram calls the content."""


def upgraded(chat: Chat) -> ApiError:
    """The refusal of a group that is a supergroup now."""
    return ApiError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": chat.migrated_to or 0},
    )


def reachable(chat: Chat) -> Chat:
    """The chat, if the bot has anything to do with it. Raises ApiError."""
    if not chat.shared:
        return chat
    if chat.migrated_to is not None:
        raise upgraded(chat)
    if chat.bot.status is Status.KICKED:
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if not chat.bot.inside:
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


def writable(world: World, chat_id: object) -> Chat:
    """The chat, if the bot may write there at all. Raises ApiError."""
    chat = reachable(world.chat(chat_id))
    if chat.type is ChatType.CHANNEL and not chat.bot.can("can_post_messages"):
        raise bad_request("need administrator rights in the channel chat")
    if not chat.shared and not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    return chat


def allow_content(chat: Chat, content: Content) -> None:
    """Let the bot send such content into a group. Raises ApiError."""
    needed = _RIGHTS.get(type(content))
    if chat.type in {ChatType.PRIVATE, ChatType.CHANNEL} or needed is None:
        return
    right, name = needed
    if not chat.bot.can(right):
        raise bad_request(f"not enough rights to send {name} to the chat")


def allow_delete(world: World, chat: Chat, message: Message) -> None:
    """Let the bot delete a message: its own, or anybody's with the right. Raises ApiError."""
    own = message.sender_id == world.profile.id and not message.automatic
    if chat.shared and not own and not chat.bot.can("can_delete_messages"):
        raise bad_request("message can't be deleted")


def allow_pin(chat: Chat) -> None:
    """Let the bot pin and unpin. Raises ApiError."""
    right = "can_edit_messages" if chat.type is ChatType.CHANNEL else "can_pin_messages"
    if chat.shared and not chat.bot.can(right):
        raise bad_request("not enough rights to manage pinned messages in the chat")


def person_inside(chat: Chat, person_id: int) -> Member | None:
    """A person's standing in a chat of several, None in their private one. Raises ApiError."""
    if not chat.shared:
        if chat.id != person_id:
            raise bad_request("user is not a member of the chat")
        return None
    member = chat.members.get(person_id)
    if member is None or not member.inside:
        raise forbidden(f"user is not a member of the {chat.type} chat")
    return member


def allow_person(chat: Chat, person_id: int, content: Content) -> None:
    """Let a person send such content. Raises ApiError."""
    member = person_inside(chat, person_id)
    if chat.migrated_to is not None:
        raise upgraded(chat)
    if chat.blocked:
        raise bad_request("YOU_BLOCKED_USER")
    if member is None:
        return
    if chat.type is ChatType.CHANNEL:
        if not member.can("can_post_messages"):
            raise bad_request("CHAT_ADMIN_REQUIRED")
    elif not member.can(_RIGHTS[type(content)][0]):
        raise forbidden("CHAT_WRITE_FORBIDDEN")
