"""What a message of the bot's replies to: in its chat or another one, as a whole or in part."""

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from bot.sandbox.access import reachable
from bot.sandbox.entities.formatted import formatted
from bot.sandbox.entities.tidy import STYLES
from bot.sandbox.entities.utf16 import utf16_length, utf16_offsets
from bot.sandbox.errors import bad_request
from bot.sandbox.model import (
    Chat,
    Entity,
    Formatted,
    Message,
    PollCard,
    Quote,
    words_of,
)
from bot.sandbox.params import Params
from bot.sandbox.wire import Json
from bot.sandbox.world import World

MAX_QUOTE: Final = 1024
_KEPT: Final = STYLES | {"custom_emoji", "date_time"}
"""The entities that a quote has; it must have all that stand in the original there."""


class Reply(Struct, frozen=True):
    """``message_id`` is of the same chat, ``external`` tells of a message elsewhere."""

    message_id: int | None = None
    external: Json | None = None
    quote: Quote | None = None


def read_reply(world: World, params: Params, chat: Chat) -> Reply:
    """The reply that a call for a message in a chat asks for. Raises ApiError."""
    wanted = Params(
        params.mapping("reply_parameters")
        or {
            "message_id": params.integer("reply_to_message_id"),
            "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
        }
    )
    message_id = wanted.integer("message_id")
    if not message_id or message_id < 0:
        return Reply()
    there = chat
    if wanted.has("chat_id"):
        there = reachable(world.chat(wanted.values["chat_id"]))
    message = world.histories[there.id].messages.get(message_id)
    if message is None:
        if wanted.flag("allow_sending_without_reply"):
            return Reply()
        raise bad_request("message to be replied not found")
    quote = _quote(wanted, message)
    if there is chat:
        return Reply(message_id, quote=quote)
    return Reply(external=world.json.external(message), quote=quote)


def _quote(wanted: Params, message: Message) -> Quote | None:
    """The quoted part of a message. Raises ApiError where it does not stand there."""
    body = formatted(
        wanted.text("quote"), wanted.text("quote_parse_mode"), wanted.sequence("quote_entities")
    )
    if not body.text:
        return None
    kept = _kept(body, 0, utf16_length(body.text))
    places = _places(body.text, kept, _quotable(message))
    if len(body.text) > MAX_QUOTE or not places:
        raise bad_request("QUOTE_TEXT_INVALID")
    near = wanted.integer("quote_position") or 0
    return Quote(Formatted(body.text, kept), min(places, key=lambda place: abs(place - near)))


def _quotable(message: Message) -> Formatted:
    if isinstance(message.content, PollCard):
        return message.content.poll.description
    return words_of(message.content)


def _kept(body: Formatted, begin: int, end: int) -> tuple[Entity, ...]:
    """The entities of a stretch that a quote keeps, as if the stretch were all."""
    cut = (
        (entity, max(entity.offset, begin), min(entity.offset + entity.length, end))
        for entity in body.entities
        if entity.type in _KEPT
    )
    return tuple(
        replace(entity, offset=start - begin, length=stop - start)
        for entity, start, stop in cut
        if start < stop
    )


def _places(text: str, kept: tuple[Entity, ...], original: Formatted) -> list[int]:
    """Where the original says the same in the same way, in UTF-16 units."""
    offsets = utf16_offsets(original.text)
    found = []
    at = original.text.find(text)
    while at >= 0:
        begin, end = offsets[at], offsets[at + len(text)]
        # A stretch may cut outer ones to be inner ones: the order says nothing.
        if set(_kept(original, begin, end)) == set(kept):
            found.append(begin)
        at = original.text.find(text, at + 1)
    return found
