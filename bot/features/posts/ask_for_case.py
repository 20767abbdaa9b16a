"""`/case` in a group: a case for all of them."""

from msgspec import Struct

from bot.base.time_units import DAY_MS
from bot.features.finding.search import topic_called
from bot.features.membership.join_chat import SeenChat, known_chat
from bot.features.posts import post_replies_view
from bot.features.posts.make_way import under_way
from bot.features.posts.post_case import next_case, post_case
from bot.features.shared import texts
from bot.features.shared.messages import replying
from bot.features.shared.served_chat import ServedChat, in_thread, served_chat
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
    served = served_chat(services, chat)
    served = in_thread(served, request.thread_id or served.settings.thread_id)
    asked_by = _member(services, served, request)
    answer = await _refusal(services, served, asked_by)
    if answer is None:
        found = await _wanted(services, served, request.text)
        if isinstance(found, Case):
            return joined + await post_case(services, served, found, asked_by=asked_by)
        answer = found
    if "reply_parameters" not in answer.params:
        answer = replying(answer, request.message_id)
    return joined + Outcome(owed=(answer,))


def _member(services: Services, served: ServedChat, request: Request) -> int | None:
    """Who asks, where that is a member who is not known to administer the chat."""
    person_id = request.visitor.person_id
    if request.in_its_name:
        return None
    known = services.rights.administers(served.chat.id, person_id)
    return None if known is Administers.YES else person_id


async def _refusal(
    services: Services, served: ServedChat, member_id: int | None
) -> OwedCall | None:
    """Why no case comes; one that is open is shown. Administrators cut none of several questions.

    Members may not use up what belongs to all.
    """
    chat_id, words = served.chat.id, served.words
    if member_id is None:
        amid = await under_way(services, served)
        return None if amid is None else post_replies_view.case_under_way(chat_id, amid, words)
    if not served.settings.members_may_post:
        if services.rights.administers(chat_id, member_id) is Administers.UNKNOWN:
            return texts.rights_unknown(chat_id, words)
        return post_replies_view.administrators_only(chat_id, words)
    open_now = await services.store.questions.open_question(chat_id)
    if open_now is not None:
        return post_replies_view.one_is_open(chat_id, open_now, words)
    most, since = served.settings.member_cases_a_day, services.clock.now() - DAY_MS
    if await services.store.chats.asked_since(chat_id, member_id, since) >= most:
        return post_replies_view.enough_for_today(chat_id, most, words)
    return None


async def _wanted(services: Services, served: ServedChat, text: str) -> Case | OwedCall:
    """A case by its code or id, or the next one: on the topic named, or as the chat chose.

    A topic goes by its synonyms too.
    """
    library, chat_id = services.library, served.chat.id
    if text and (case := library.find(text)) is not None:
        return case
    topic = topic_called(text, library, served.words) if text else None
    among = library.on_topic(topic or "") if text else None
    case = await next_case(services, served, among)
    if case is not None:
        return case
    if text:
        return post_replies_view.no_such_case(chat_id, served.words)
    return post_replies_view.nothing_matches(chat_id, served.words)
