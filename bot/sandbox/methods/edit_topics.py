"""The topics of a forum, for bots that may manage them."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from bot.sandbox import forum_topics
from bot.sandbox.errors import bad_request
from bot.sandbox.model import Chat, Topic
from bot.sandbox.params import Params
from bot.sandbox.sending import chat_of
from bot.sandbox.wire import Json
from bot.sandbox.world import World


def _forum(world: World, params: Params, doing: str) -> Chat:
    chat = chat_of(world, params)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.bot.can("can_manage_topics"):
        raise bad_request(f"not enough rights to {doing} the topic")
    return chat


def _topic(chat: Chat, params: Params) -> Topic:
    return forum_topics.find(chat, params.integer("message_thread_id"))


async def create(world: World, params: Params) -> Json:
    """A ForumTopic."""
    chat = chat_of(world, params)
    if chat.is_forum and not chat.bot.can("can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    color = params.integer("icon_color") or forum_topics.COLORS[0]
    topic = forum_topics.create(world, chat, world.profile.id or 0, params.text("name"), color)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.color}


async def edit(world: World, params: Params) -> bool:
    """Another name; icons are taken and not shown."""
    chat = _forum(world, params, "edit")
    topic = _topic(chat, params)
    if name := params.text("name").strip():
        forum_topics.rename(world, chat, world.profile.id or 0, topic, name)
    return True


def _setter(*, closed: bool) -> Callable[[World, Params], Awaitable[Any]]:
    async def set_closed(world: World, params: Params) -> bool:
        chat = _forum(world, params, "close or reopen")
        topic = _topic(chat, params)
        forum_topics.set_closed(world, chat, world.profile.id or 0, topic, closed=closed)
        return True

    return set_closed


async def delete(world: World, params: Params) -> bool:
    """The topic with all its messages; needs the right to delete messages."""
    chat = chat_of(world, params)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.bot.can("can_delete_messages"):
        raise bad_request("not enough rights to delete the topic")
    forum_topics.delete(world, chat, _topic(chat, params))
    return True


METHODS: Final[dict[str, Callable[[World, Params], Awaitable[Any]]]] = {
    "createForumTopic": create,
    "editForumTopic": edit,
    "closeForumTopic": _setter(closed=True),
    "reopenForumTopic": _setter(closed=False),
    "deleteForumTopic": delete,
}
