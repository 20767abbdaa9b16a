"""Topics of a forum: made, renamed, closed, opened again, deleted; and other threads."""

from typing import Final

from msgspec.structs import replace

from bot.sandbox.errors import bad_request
from bot.sandbox.membership import Member
from bot.sandbox.model import Chat, ChatType, Draft, Message, Service, Topic
from bot.sandbox.posting import publish
from bot.sandbox.wire import Json
from bot.sandbox.world import World

COLORS: Final = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
"""Those that a topic's icon may have, as RGB; the first is the usual one."""
MAX_NAME: Final = 128


def create(world: World, chat: Chat, maker_id: int, name: str, color: int = COLORS[0]) -> Topic:
    """A new topic, with the message that tells of it. Raises ApiError."""
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    name = name.strip()
    if not 0 < len(name) <= MAX_NAME:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    if color not in COLORS:
        raise bad_request("invalid icon color specified")
    told = Service({"forum_topic_created": {"name": name, "icon_color": color}})
    topic_id = world.histories[chat.id].next_id
    topic = chat.topics[topic_id] = Topic(topic_id, name, color, maker_id)
    publish(world, chat, maker_id, Draft(told, thread_id=topic_id, in_topic=True))
    world.live.tell("chat", chat.id)
    return topic


def find(chat: Chat, thread_id: int | None) -> Topic:
    """A topic that is there. Raises ApiError."""
    try:
        return chat.topics[thread_id or 0]
    except KeyError:
        raise bad_request("message thread not found") from None


def rename(world: World, chat: Chat, actor_id: int, topic: Topic, name: str) -> None:
    """Give it another name. Raises ApiError."""
    if name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    _tell(world, chat, actor_id, topic, {"forum_topic_edited": {"name": name}})


def set_closed(world: World, chat: Chat, actor_id: int, topic: Topic, *, closed: bool) -> None:
    """Close it to all who may not manage topics, or open it again. Raises ApiError."""
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    _tell(world, chat, actor_id, topic, {f"forum_topic_{'closed' if closed else 'reopened'}": {}})


def delete(world: World, chat: Chat, topic: Topic) -> None:
    """Take it away with all its messages."""
    del chat.topics[topic.id]
    for message in [*world.histories[chat.id].messages.values()]:
        if message.thread_id == topic.id:
            world.delete(message)
    world.live.tell("chat", chat.id)


def _tell(world: World, chat: Chat, actor_id: int, topic: Topic, fields: Json) -> None:
    draft = Draft(Service(fields), thread_id=topic.id, in_topic=True)
    publish(world, chat, actor_id, draft)
    world.live.tell("chat", chat.id)


def placed(
    chat: Chat, author_id: int, author: Member | None, draft: Draft, replied: Message | None
) -> Draft:
    """The draft in the thread where it belongs: the one named, else that of what it replies to.

    Raises ApiError for a topic that is closed or gone.
    """
    if chat.type is not ChatType.SUPERGROUP:
        return replace(draft, thread_id=None)
    if not chat.is_forum:
        return _in_comments(draft, replied)
    if draft.thread_id is None and (replied is None or not replied.in_topic):
        return draft
    topic = find(chat, draft.thread_id or (replied.thread_id if replied else None))
    may_manage = author is not None and author.can("can_manage_topics")
    if topic.closed and not may_manage and topic.maker_id != author_id:
        raise bad_request("TOPIC_CLOSED")
    return replace(draft, thread_id=topic.id, in_topic=True)


def _in_comments(draft: Draft, replied: Message | None) -> Draft:
    if replied is None:
        if draft.thread_id is not None:
            raise bad_request("message thread not found")
        return draft
    return replace(draft, thread_id=replied.thread_id or replied.id)
