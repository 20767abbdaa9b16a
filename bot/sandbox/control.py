"""The side that people, the page and tests see: ``/sandbox/...``, JSON throughout."""

from bisect import bisect_right
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import people, people_messages, poll_votes
from bot.sandbox.api import BotApi
from bot.sandbox.bodies import Edit, NewFault, NewMessage, NewPerson, Press, Vote, number, read
from bot.sandbox.connection import Connections
from bot.sandbox.errors import not_found
from bot.sandbox.faults import Fault
from bot.sandbox.model import Chat, Message, Person, PollCard
from bot.sandbox.profile import Viewer, in_language
from bot.sandbox.render import PERSON_VIEW, poll_json
from bot.sandbox.wire import Json, present
from bot.sandbox.world import World

DONE = {"ok": True}


class Control:
    """The control interface over a world and its Bot API."""

    def __init__(self, world: World, api: BotApi, connections: Connections) -> None:
        self._world = world
        self._api = api
        self._connections = connections

    def routes(self) -> list[Route]:
        """Every address but the stream of events."""
        chat = "/sandbox/chats/{chat}"
        message = chat + "/messages/{message}"
        return [
            Route("/sandbox/healthz", self.health),
            Route("/sandbox/bot", self.bot),
            Route("/sandbox/files/{file_id}", self.file),
            Route("/sandbox/people", self.people),
            Route("/sandbox/people", self.add_person, methods=["POST"]),
            Route("/sandbox/people/{person}/block", self.block, methods=["POST"]),
            Route("/sandbox/people/{person}/unblock", self.unblock, methods=["POST"]),
            Route(f"{chat}/messages", self.messages),
            Route(f"{chat}/messages", self.write, methods=["POST"]),
            Route(f"{chat}/messages", self.clear, methods=["DELETE"]),
            Route(message, self.edit, methods=["PATCH"]),
            Route(message, self.delete, methods=["DELETE"]),
            Route(f"{message}/vote", self.vote, methods=["POST"]),
            Route(f"{message}/press", self.press, methods=["POST"]),
            Route("/sandbox/faults", self.order_fault, methods=["POST"]),
            Route("/sandbox/faults", self.clear_faults, methods=["DELETE"]),
            Route("/sandbox/traffic", self.traffic),
        ]

    # The bot and its files

    async def health(self, _request: Request) -> Response:
        """Says that the sandbox is up."""
        return JSONResponse(DONE)

    async def bot(self, request: Request) -> Response:
        """The bot, with the commands that a person of a language sees."""
        profile = self._world.profile
        language = request.query_params.get("language_code", "").partition("-")[0].lower()
        chat_id = number(request.query_params.get("chat_id"), "chat_id", 0)
        person_id = number(request.query_params.get("person_id"), "person_id", 0) or None
        viewer = Viewer(self._world.chats.get(chat_id), person_id)
        return JSONResponse(
            {
                "user": self._world.json.bot() if profile.id is not None else None,
                "commands": profile.commands_for(viewer, language),
                "description": in_language(profile.descriptions, language),
                "short_description": in_language(profile.short_descriptions, language),
                "clock": {"now": self._world.clock.now(), "speed": self._world.clock.speed},
            }
        )

    async def file(self, request: Request) -> Response:
        """The bytes of a file, so that a page can show it."""
        stored = self._world.files.find(request.path_params["file_id"])
        if stored is None:
            raise not_found()
        headers = {"X-Content-Type-Options": "nosniff"}
        if not stored.content_type.startswith("image/jpeg"):
            headers["Content-Disposition"] = "attachment"
        return Response(stored.data, media_type=stored.content_type, headers=headers)

    # People

    async def people(self, _request: Request) -> Response:
        """Everybody."""
        everybody = [self._person_json(person) for person in self._world.people.values()]
        return JSONResponse({"people": everybody})

    async def add_person(self, request: Request) -> Response:
        """Someone new."""
        body = await read(request, NewPerson)
        person = self._world.add_person(**body.model_dump())
        return JSONResponse(self._person_json(person))

    async def block(self, request: Request) -> Response:
        """The person blocks the bot."""
        return self._set_blocked(request, blocked=True)

    async def unblock(self, request: Request) -> Response:
        """The person lets the bot write again."""
        return self._set_blocked(request, blocked=False)

    def _set_blocked(self, request: Request, *, blocked: bool) -> Response:
        person = self._world.person(number(request.path_params["person"], "person", 0))
        people.set_blocked(self._world, person, blocked=blocked)
        return JSONResponse(self._person_json(person))

    def _person_json(self, person: Person) -> Json:
        chat = self._world.chats[person.id]
        user = self._world.json.user(person.id)
        del user["is_bot"]
        return user | {"blocked": chat.blocked, "started": chat.started}

    # Chats and messages

    async def messages(self, request: Request) -> Response:
        """What was said after a message, as the bot or as one person sees it."""
        chat = self._chat(request)
        after = number(request.query_params.get("after"), "after", 0)
        viewer = number(request.query_params.get("as"), "as", 0) or None
        if viewer is not None:
            people.member(self._world, chat, viewer)
        history = self._world.histories[chat.id].messages
        ids = list(history)
        later = ids[bisect_right(ids, after) :]
        return JSONResponse(
            {"messages": [self._message_json(history[message_id], viewer) for message_id in later]}
        )

    async def write(self, request: Request) -> Response:
        """A person sends something. An album is several messages, and answered so."""
        body = await read(request, NewMessage)
        sent = await people_messages.write(self._world, self._chat(request), body)
        shown = [self._message_json(message, message.sender_id) for message in sent]
        return JSONResponse({"messages": shown} if body.album is not None else shown[0])

    async def edit(self, request: Request) -> Response:
        """A person changes an own message."""
        body = await read(request, Edit)
        message = self._message(request, "message to edit not found")
        author = message.sender_id if body.sender is None else body.sender
        edited = await people_messages.edit(self._world, message, author, body)
        return JSONResponse(self._message_json(edited, author))

    async def delete(self, request: Request) -> Response:
        """A message is deleted for both sides; the bot is not told, as on Telegram."""
        self._world.delete(self._message(request, "message to delete not found"))
        return JSONResponse(DONE)

    async def clear(self, request: Request) -> Response:
        """The whole history of a chat is deleted for both sides; the bot is not told."""
        self._world.clear(self._chat(request))
        return JSONResponse(DONE)

    async def vote(self, request: Request) -> Response:
        """A person votes, votes anew, or takes the vote back."""
        body = await read(request, Vote)
        message = self._message(request, "message poll not found")
        people.member(self._world, self._chat(request), body.sender)
        poll = poll_votes.vote(self._world, message, body.sender, body.options)
        voter = poll_votes.voter(self._chat(request), body.sender)
        view = poll_votes.view_of(poll, voter)
        personal = {"view": poll_votes.personal_json(poll, voter)}
        return JSONResponse(poll_json(poll, view, in_message=True) | personal)

    async def press(self, request: Request) -> Response:
        """A person presses a button, and waits for the bot's answer."""
        body = await read(request, Press)
        message = self._message(request, "message not found")
        chat = self._chat(request)
        person = people.member(self._world, chat, body.sender)
        answer = await self._connections.while_connected(
            request, people.press(self._world, chat, message, person, body.data)
        )
        return JSONResponse({"answer": answer})

    def _chat(self, request: Request) -> Chat:
        return self._world.chat(request.path_params["chat"])

    def _message(self, request: Request, missing: str) -> Message:
        message_id = number(request.path_params["message"], "message", 0)
        return self._world.message(self._chat(request), message_id, missing)

    def _message_json(self, message: Message, viewer: int | None) -> Json:
        """A Message; for a person with what only they see: their side of a poll, and their keys."""
        if viewer is None:
            return self._world.json.message(message)
        keys = present(reply_keyboard=people.keys(self._world, message, viewer))
        if not isinstance(message.content, PollCard):
            return self._world.json.message(message, PERSON_VIEW) | keys
        poll = message.content.poll
        voter = poll_votes.voter(self._world.chats[message.chat_id], viewer)
        result = self._world.json.message(message, poll_votes.view_of(poll, voter)) | keys
        result["poll"]["view"] = poll_votes.personal_json(poll, voter)
        return result

    # Faults and traffic

    async def order_fault(self, request: Request) -> Response:
        """Calls to come go wrong."""
        body = await read(request, NewFault)
        self._api.faults.order(Fault(body.kind, body.times, body.method, body.retry_after))
        return JSONResponse(DONE)

    async def clear_faults(self, _request: Request) -> Response:
        """All is well again."""
        self._api.faults.clear()
        return JSONResponse(DONE)

    async def traffic(self, request: Request) -> Response:
        """What the bot asked for and was told."""
        query: Any = request.query_params
        calls = self._api.traffic.calls(
            number(query.get("after"), "after", 0),
            query.get("method"),
            polling=query.get("all") == "1",
        )
        return JSONResponse({"calls": calls})
