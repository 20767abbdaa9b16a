"""Looking at chats; chat actions, reactions, pins; files."""

from typing import Any, Final

from bot.sandbox.access import allow_pin, writable
from bot.sandbox.errors import bad_request
from bot.sandbox.membership import PERMISSIONS
from bot.sandbox.model import Chat, ChatType, Draft, Pinned, Service
from bot.sandbox.params import Params
from bot.sandbox.posting import publish
from bot.sandbox.render_media import file_json
from bot.sandbox.sending import chat_of
from bot.sandbox.wire import Json
from bot.sandbox.world import World

ACTIONS: Final = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
})  # fmt: skip
REACTIONS: Final = frozenset({
    "❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩",
    "🤮", "💩", "🙏", "👌", "🕊", "🤡", "🥱", "🥴", "😍", "🐳", "❤‍🔥", "🌚", "🌭", "💯",
    "🤣", "⚡", "🍌", "🏆", "💔", "🤨", "😐", "🍓", "🍾", "💋", "🖕", "😈", "😴", "😭",
    "🤓", "👻", "👨‍💻", "👀", "🎃", "🙈", "😇", "😨", "🤝", "✍", "🤗", "🫡", "🎅", "🎄",
    "☃", "💅", "🤪", "🗿", "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷‍♂",
    "🤷", "🤷‍♀", "😡",
})  # fmt: skip
"""Without the sign that makes some of them colourful, which may stand or not."""
_REACTION_FIELDS: Final = {"emoji": ("emoji",), "custom_emoji": ("custom_emoji_id",)}
MAX_DOWNLOAD: Final = 20 * 1024 * 1024
"""Bots may fetch files of up to 20 MB."""


async def get_chat(world: World, params: Params) -> Json:
    """A ChatFullInfo."""
    chat = chat_of(world, params)
    result = world.json.chat(chat) | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    if chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
        result["permissions"] = dict(PERMISSIONS)
    if chat.linked_id is not None:
        result["linked_chat_id"] = chat.linked_id
    if "username" in result:
        result["active_usernames"] = [result["username"]]
    if chat.pinned:
        pinned = world.message(chat, chat.pinned[-1], "message not found")
        result["pinned_message"] = world.json.message(pinned)
    return result


async def send_chat_action(world: World, params: Params) -> bool:
    """Show the person that the bot is at it."""
    chat = writable(world, params.values.get("chat_id"))
    action = params.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.live.tell("action", chat.id, action=action)
    return True


async def set_message_reaction(world: World, params: Params) -> bool:
    """Taken, but not shown: one emoji of a fixed list at most."""
    chat = chat_of(world, params)
    wanted = [_reaction(item) for item in _reactions(params)]
    world.message(chat, params.integer("message_id"), "message to react not found")
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    # Other emoji could be chosen only where somebody chose them before, or the chat allows them.
    if any(emoji is None or emoji.replace("\ufe0f", "") not in REACTIONS for emoji in wanted):
        raise bad_request("REACTION_INVALID")
    return True


def _reactions(params: Params) -> list[Any]:
    given = params.values.get("reaction")
    if given is None or given == "":
        return []
    if isinstance(given, str):
        raise bad_request("can't parse reaction types JSON object")
    if not isinstance(given, list):
        raise bad_request("expected an Array of ReactionType")
    return given


def _reaction(item: Any) -> str | None:
    """An emoji as a reaction, None for a custom one. Raises ApiError."""
    if not isinstance(item, dict):
        raise bad_request("can't parse ReactionType: expected an Object")
    for name in ("type", *_REACTION_FIELDS.get(str(item.get("type")), ())):
        if item.get(name) is None:
            raise bad_request(f"can't parse ReactionType: Can't find field \"{name}\"")
    if item["type"] not in _REACTION_FIELDS:
        raise bad_request("can't parse ReactionType: invalid reaction type specified")
    return str(item["emoji"]) if item["type"] == "emoji" else None


async def pin_chat_message(world: World, params: Params) -> bool:
    """Pin a message on top of the others, which a service message tells."""
    chat = _pinnable(world, params)
    message = world.message(chat, params.integer("message_id"), "message to pin not found")
    if isinstance(message.content, Service):
        raise bad_request("a service message can't be pinned")
    if message.id not in chat.pinned:
        told = Draft(Pinned({}, message.id), thread_id=message.thread_id, in_topic=message.in_topic)
        publish(world, chat, world.profile.id or 0, told)
    chat.pinned = [*_unpinned(chat, message.id), message.id]
    world.live.tell("chat", chat.id)
    return True


async def unpin_chat_message(world: World, params: Params) -> bool:
    """Unpin a message, the latest if none is named."""
    chat = _pinnable(world, params)
    message_id = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else None)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned = _unpinned(chat, message_id)
    world.live.tell("chat", chat.id)
    return True


async def unpin_all_chat_messages(world: World, params: Params) -> bool:
    """Unpin everything."""
    chat = _pinnable(world, params)
    chat.pinned = []
    world.live.tell("chat", chat.id)
    return True


def _pinnable(world: World, params: Params) -> Chat:
    chat = chat_of(world, params)
    allow_pin(chat)
    return chat


def _unpinned(chat: Chat, message_id: int) -> list[int]:
    return [pinned for pinned in chat.pinned if pinned != message_id]


async def get_file(world: World, params: Params) -> Json:
    """A File with the path to download it from."""
    stored = world.files.find(params.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.data) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return file_json(stored) | {"file_path": stored.path}


async def get_user_profile_photos(world: World, params: Params) -> Json:
    """Nobody has any here."""
    world.person(params.integer("user_id") or 0)
    return {"total_count": 0, "photos": []}


METHODS: Final = {
    "getChat": get_chat,
    "sendChatAction": send_chat_action,
    "setMessageReaction": set_message_reaction,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "getFile": get_file,
    "getUserProfilePhotos": get_user_profile_photos,
}
