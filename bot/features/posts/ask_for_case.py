"""`/case` in a group: a case for all of them."""

from msgspec import Struct

from bot.features.membership import notices_view
from bot.features.membership.join_chat import SeenChat, known_chat
from bot.features.posts.post_case import Room, enter, in_thread, next_case, post_case
from bot.features.shared.messages import replying
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from bot.telegram.administrators import Administers
from content.model import Case
from storage.outcome import Outcome, OwedCall


class Request(Struct, frozen=True):
    """Somebody asks for a case in a group. ``text`` names a case or a topic, or is empty.

    ``thread_id`` is the topic in which they ask; ``in_its_name``: the chat itself speaks, which
    only its administrators can make it do.
    """

    seen: SeenChat
    visitor: Visitor
    message_id: int
    thread_id: int | None
    text: str
    in_its_name: bool


async def ask(services: Services, request: Request) -> Outcome:
    """Post the case that was asked for, or say in a line why not."""
    words = (await receive(services, request.visitor)).words
    chat, joined = await known_chat(services, request.seen, words)
    room = enter(services, chat)
    room = in_thread(room, request.thread_id or room.settings.thread_id)
    refusal = await _refusal(services, room, request)
    if refusal is None:
        found = await _wanted(services, room, request.text)
        if isinstance(found, Case):
            return joined + await post_case(services, room, found)
        refusal = found
    return joined + Outcome(owed=(replying(refusal, request.message_id),))


async def _refusal(services: Services, room: Room, request: Request) -> OwedCall | None:
    if room.settings.members_may_post or request.in_its_name:
        return None
    match await services.rights.administers(room.chat.id, request.visitor.person_id):
        case Administers.YES:
            return None
        case Administers.NO:
            return notices_view.administrators_only(room.chat.id, room.words)
        case Administers.UNKNOWN:
            return notices_view.rights_unknown(room.chat.id, room.words)


async def _wanted(services: Services, room: Room, text: str) -> Case | OwedCall:
    """A case by its code or id, or the next one: on the topic named, or as the chat chose."""
    library, chat_id = services.library, room.chat.id
    if text and (case := library.find(text)) is not None:
        return case
    among = library.on_topic(text) if text else None
    case = await next_case(services, room, among)
    if case is not None:
        return case
    if text:
        return notices_view.no_such_case(chat_id, room.words)
    return notices_view.nothing_matches(chat_id, room.words)
