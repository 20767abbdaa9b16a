"""The control interface's side of chats of several people: making, members, topics, migration."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import forum_topics, groups
from bot.sandbox.bodies import NewChat, NewStanding, NewTopic, number, read
from bot.sandbox.errors import bad_request
from bot.sandbox.membership import Status, standing
from bot.sandbox.model import Chat, ChatType, Topic
from bot.sandbox.wire import Json, present
from bot.sandbox.world import World

DONE = {"ok": True}


class ChatControl:
    """Lets outside hands arrange groups and channels."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """Every address of this side."""
        chat = "/sandbox/chats/{chat}"
        topic = chat + "/topics/{thread}"
        return [
            Route("/sandbox/chats", self.chats),
            Route("/sandbox/chats", self.add, methods=["POST"]),
            Route(f"{chat}/members", self.members),
            Route(f"{chat}/members/{{member}}", self.set_member, methods=["PUT"]),
            Route(f"{chat}/migrate", self.migrate, methods=["POST"]),
            Route(f"{chat}/topics", self.add_topic, methods=["POST"]),
            Route(topic, self.delete_topic, methods=["DELETE"]),
            Route(f"{topic}/close", self.close_topic, methods=["POST"]),
            Route(f"{topic}/reopen", self.reopen_topic, methods=["POST"]),
        ]

    async def chats(self, _request: Request) -> Response:
        """The chats of several people; private ones need no making and are not listed."""
        shared = [self._json(chat) for chat in self._world.chats.values() if chat.shared]
        return JSONResponse({"chats": shared})

    async def add(self, request: Request) -> Response:
        """A new chat with its first people, and the bot added last."""
        body = await read(request, NewChat)
        world, channel = self._world, body.type is ChatType.CHANNEL
        linked = None
        if body.linked_chat is not None:
            linked = groups.linkable(world, body.type, body.linked_chat)
        if body.is_forum and body.type is not ChatType.SUPERGROUP:
            raise bad_request("only a supergroup can be a forum")
        for person_id in (*body.members, *body.admins):
            world.person(person_id)
        chat = world.add_chat(body.type, body.title)
        chat.username, chat.is_forum = body.username, body.is_forum
        groups.settle(world, chat, body.members, body.admins)
        if linked is not None:
            groups.link(world, chat, linked)
        status = body.bot or ("administrator" if channel else "member")
        if status != "none":
            groups.set_bot(world, chat, standing(Status(status), {}, channel=channel))
        return JSONResponse(self._json(chat))

    async def members(self, request: Request) -> Response:
        """Everybody who is or was in the chat, as ChatMembers; the bot comes last."""
        chat = self._chat(request)
        world = self._world
        found = [world.json.member(one, member) for one, member in chat.members.items()]
        found.append(world.json.member(world.profile.id or 0, chat.bot))
        return JSONResponse({"members": found})

    async def set_member(self, request: Request) -> Response:
        """Somebody comes, goes, rises, falls or is restricted; the bot too, by its id."""
        body = await read(request, NewStanding)
        chat = self._chat(request)
        account_id = number(request.path_params["member"], "member", 0)
        member = standing(body.status, body.rights, channel=chat.type is ChatType.CHANNEL)
        if account_id == self._world.profile.id:
            groups.set_bot(self._world, chat, member)
        else:
            groups.set_person(self._world, chat, account_id, member)
        return JSONResponse(self._world.json.member(account_id, member))

    async def migrate(self, request: Request) -> Response:
        """The group becomes a supergroup, which is returned."""
        return JSONResponse(self._json(groups.migrate(self._world, self._chat(request))))

    async def add_topic(self, request: Request) -> Response:
        """The creator makes a topic."""
        body = await read(request, NewTopic)
        chat = self._chat(request)
        return JSONResponse(
            _topic_json(forum_topics.create(self._world, chat, groups.ruler(chat), body.name))
        )

    async def delete_topic(self, request: Request) -> Response:
        """A topic goes with all its messages; the bot is not told, as on Telegram."""
        chat, topic = self._topic(request)
        forum_topics.delete(self._world, chat, topic)
        return JSONResponse(DONE)

    async def close_topic(self, request: Request) -> Response:
        """Nobody but who manages topics may write there."""
        return self._set_closed(request, closed=True)

    async def reopen_topic(self, request: Request) -> Response:
        """All may write there again."""
        return self._set_closed(request, closed=False)

    def _set_closed(self, request: Request, *, closed: bool) -> Response:
        chat, topic = self._topic(request)
        forum_topics.set_closed(self._world, chat, groups.ruler(chat), topic, closed=closed)
        return JSONResponse(_topic_json(topic))

    def _chat(self, request: Request) -> Chat:
        chat = self._world.chat(request.path_params["chat"])
        if not chat.shared:
            raise bad_request("a private chat has no members to arrange")
        return chat

    def _topic(self, request: Request) -> tuple[Chat, Topic]:
        chat = self._chat(request)
        return chat, forum_topics.find(chat, number(request.path_params["thread"], "thread", 0))

    def _json(self, chat: Chat) -> Json:
        return {
            "id": chat.id,
            "type": chat.type.value,
            "title": chat.title,
            "is_forum": chat.is_forum,
            "members": [one for one, member in chat.members.items() if member.inside],
            "admins": [one for one, member in chat.members.items() if member.administers],
            "bot": chat.bot.status.value,
            "topics": [_topic_json(topic) for topic in chat.topics.values()],
        } | present(
            username=chat.username, linked_chat=chat.linked_id, migrated_to=chat.migrated_to
        )


def _topic_json(topic: Topic) -> Json:
    return {"message_thread_id": topic.id, "name": topic.name, "closed": topic.closed}
