"""Forwarding and copying."""

from typing import Final

from msgspec.structs import replace

from bot.sandbox.access import allow_content, writable
from bot.sandbox.entities.formatted import caption_argument
from bot.sandbox.errors import bad_request
from bot.sandbox.model import (
    Content,
    Document,
    Draft,
    Message,
    Photo,
    Poll,
    PollCard,
    Service,
    Voice,
)
from bot.sandbox.params import Params
from bot.sandbox.sending import chat_of, post, send
from bot.sandbox.wire import Json
from bot.sandbox.world import World, new_id

AT_ONCE: Final = range(1, 101)


def _originals(world: World, params: Params, action: str) -> list[Message]:
    source = chat_of(world, params, "from_chat_id")
    ids = params.integers("message_ids") or []
    if len(ids) not in AT_ONCE or ids != sorted(set(ids)):
        raise bad_request("message identifiers must be 1-100 numbers in strictly increasing order")
    messages = world.histories[source.id].messages
    found = [messages[message_id] for message_id in ids if message_id in messages]
    if not found:
        raise bad_request(f"message to {action} not found")
    return found


def _original(world: World, params: Params, action: str) -> Message:
    source = chat_of(world, params, "from_chat_id")
    return world.message(source, params.integer("message_id"), f"message to {action} not found")


def _forward(world: World, params: Params, original: Message) -> Message:
    chat = writable(world, params.values.get("chat_id"))
    allow_content(chat, original.content)
    if original.protected or isinstance(original.content, Service):
        raise bad_request("message can't be forwarded")
    draft = Draft(
        original.content, origin=original.source, protected=params.flag("protect_content")
    )
    return post(world, params, chat, draft)


def _copy(world: World, params: Params, content: Content) -> Json:
    return {"message_id": send(world, params, content).id}


def _copied(params: Params, original: Message) -> Content:
    if original.protected or isinstance(original.content, Service):
        raise bad_request("message can't be copied")
    match original.content:
        case PollCard(poll):
            return PollCard(_afresh(poll))
        case (Photo() | Document() | Voice()) as captioned if "caption" in params.values:
            return replace(captioned, caption=caption_argument(params))
        case content:
            return content


def _afresh(poll: Poll) -> Poll:
    """The same poll without votes and without an end."""
    return replace(poll, id=new_id(), votes={}, closed=False, open_period=None, close_date=None)


async def forward_message(world: World, params: Params) -> Json:
    """One message, with its origin named. A poll stays the same poll."""
    return world.json.message(_forward(world, params, _original(world, params, "forward")))


async def forward_messages(world: World, params: Params) -> list[Json]:
    """Several; those that are not there are skipped."""
    originals = _originals(world, params, "forward")
    return [{"message_id": _forward(world, params, message).id} for message in originals]


async def copy_message(world: World, params: Params) -> Json:
    """The content of a message as a new one of the bot's."""
    original = _original(world, params, "copy")
    return _copy(world, params, _copied(params, original))


async def copy_messages(world: World, params: Params) -> list[Json]:
    """The contents of several; those that are not there are skipped."""
    originals = _originals(world, params, "copy")
    return [_copy(world, params, _copied(Params({}), message)) for message in originals]


METHODS: Final = {
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
}
