"""People who talk to a bot in the sandbox, for tests: send this, press that, see this."""

import asyncio
import base64
import io
import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Self

import aiohttp
from msgspec import Struct

Message = dict[str, Any]
AS_JSON = {"Content-Type": "application/json"}


class RefusedError(Exception):
    """The sandbox said no, in the Bot API's words."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(f"{status}: {description}")
        self.status = status
        self.description = description


class SandboxClient:
    """The control interface of a sandbox at an address; an async context manager."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def __aenter__(self) -> Self:
        # A connection that the sandbox closes just when it is used again loses a call.
        connector = aiohttp.TCPConnector(keepalive_timeout=2)
        self._http = aiohttp.ClientSession(
            self.url, connector=connector, timeout=aiohttp.ClientTimeout(total=30)
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.close()

    async def ask(self, verb: str, path: str, body: object = None, /, **query: object) -> Any:
        """One call of the control interface. Raises RefusedError."""
        params = {
            name.rstrip("_"): str(value) for name, value in query.items() if value is not None
        }
        # As a stream: of a file's worth of bytes aiohttp warns.
        data = None if body is None else io.BytesIO(json.dumps(body).encode())
        async with self._http.request(
            verb, f"/sandbox{path}", data=data, headers=AS_JSON, params=params
        ) as response:
            answer = await response.json()
        if not response.ok:
            raise RefusedError(response.status, answer["description"])
        return answer

    async def file(self, file_id: str) -> bytes:
        """The bytes of a file that was sent."""
        async with self._http.get(f"/sandbox/files/{file_id}") as response:
            return await response.read()

    async def person(self, first_name: str, **details: str) -> "Person":
        """Someone new."""
        made = await self.ask("POST", "/people", {"first_name": first_name, **details})
        return Person(self, made["id"], made)

    async def people(self) -> list[dict[str, Any]]:
        """Everybody, as the sandbox lists them."""
        return list((await self.ask("GET", "/people"))["people"])

    async def chat(
        self,
        type_: str,
        title: str,
        members: Iterable["Person"] = (),
        admins: Iterable["Person"] = (),
        **more: Any,
    ) -> "Chat":
        """A new group, supergroup or channel; the first of the admins is its creator.

        More: ``bot`` (administrator, member or none), ``is_forum``, ``linked_chat``, ``username``.
        """
        body = {
            "type": type_,
            "title": title,
            "members": [person.id for person in members],
            "admins": [person.id for person in admins],
            **more,
        }
        made = await self.ask("POST", "/chats", body)
        return Chat(self, made["id"], made)

    async def chats(self) -> list[dict[str, Any]]:
        """The chats of several people, as the sandbox lists them."""
        return list((await self.ask("GET", "/chats"))["chats"])

    async def fault(
        self,
        kind: str,
        method: str | None = None,
        *,
        times: int = 1,
        retry_after: int | None = None,
    ) -> None:
        """The next calls (of a method, or any) go wrong."""
        body: dict[str, Any] = {"kind": kind, "times": times}
        if method is not None:
            body["method"] = method
        if retry_after is not None:
            body["retry_after"] = retry_after
        await self.ask("POST", "/faults", body)

    async def clear_faults(self) -> None:
        """All is well again."""
        await self.ask("DELETE", "/faults")

    async def traffic(
        self, *, after: int = 0, method: str | None = None, polling: bool = False
    ) -> list[dict[str, Any]]:
        """What the bot asked for and was told."""
        answer = await self.ask(
            "GET", "/traffic", after=after, method=method, all=1 if polling else None
        )
        return list(answer["calls"])


class Person(Struct, frozen=True):
    """Someone in their private chat with the bot."""

    client: SandboxClient
    id: int
    made: dict[str, Any]

    @property
    def _chat(self) -> str:
        return f"/chats/{self.id}/messages"

    async def send(self, text: str) -> Message:
        """Write to the bot."""
        return dict(await self.client.ask("POST", self._chat, {"from": self.id, "text": text}))

    async def say(self, **fields: Any) -> Any:
        """Send whatever the control interface takes."""
        return await self.client.ask("POST", self._chat, {"from": self.id, **fields})

    async def send_photo(self, photo: bytes | str, caption: str = "", **more: Any) -> Message:
        """Send an image's bytes, or a file_id."""
        return dict(await self.say(photo=_encoded(photo), caption=caption, **more))

    async def send_document(
        self,
        name: str,
        content: bytes,
        caption: str = "",
        *,
        mime_type: str | None = None,
        **more: Any,
    ) -> Message:
        """Send a file under any name."""
        sent = document(name, content, mime_type)
        return dict(await self.say(document=sent, caption=caption, **more))

    async def send_album(self, *items: dict[str, Any], **more: Any) -> list[Message]:
        """Send photos or documents as one: ``{"photo": ..., "caption": ...}``, see ``document``."""
        album = [
            {**item, "photo": _encoded(item["photo"])} if "photo" in item else item
            for item in items
        ]
        return list((await self.say(album=album, **more))["messages"])

    async def send_voice(self, content: bytes = b"OggS", duration: int = 3) -> Message:
        """Speak."""
        voice = {"content": _encoded(content), "duration": duration}
        return dict(await self.say(voice=voice))

    async def forward(self, text: str, origin: dict[str, Any] | None = None) -> Message:
        """Pass on somebody else's words: by default of one whose account is not told.

        ``origin`` is a MessageOrigin with ids, such as {"type": "user", "sender_user": 7}.
        """
        hidden = {"type": "hidden_user", "sender_user_name": "Somebody"}
        return dict(await self.say(text=text, forward_origin=origin or hidden))

    async def messages(self, after: int = 0) -> list[Message]:
        """What was said, as this person sees it, oldest first."""
        answer = await self.client.ask("GET", self._chat, after=after, as_=self.id)
        return list(answer["messages"])

    async def edit(
        self, message: Message, text: str | None = None, *, photo: bytes | None = None, **more: Any
    ) -> Message:
        """Change an own message: its text, or ``caption``, ``photo`` or ``document``."""
        path = f"{self._chat}/{message['message_id']}"
        changes: dict[str, Any] = {"text": text, "photo": photo and _encoded(photo), **more}
        return dict(await self.client.ask("PATCH", path, {"from": self.id, **changes}))

    async def delete(self, message: Message) -> None:
        """Take a message away."""
        await self.client.ask("DELETE", f"{self._chat}/{message['message_id']}")

    async def vote(self, message: Message, options: list[int]) -> dict[str, Any]:
        """Choose positions of a poll as sent; none takes the vote back. Returns the Poll."""
        path = f"{self._chat}/{message['message_id']}/vote"
        return dict(await self.client.ask("POST", path, {"from": self.id, "options": options}))

    async def press(self, message: Message, data: str) -> dict[str, Any] | None:
        """Press the button with this data; the bot's answer, None if it gave none in 15 s."""
        path = f"{self._chat}/{message['message_id']}/press"
        answer = await self.client.ask("POST", path, {"from": self.id, "data": data})
        pressed: dict[str, Any] | None = answer["answer"]
        return pressed

    async def block(self) -> None:
        """Block the bot."""
        await self.client.ask("POST", f"/people/{self.id}/block")

    async def unblock(self) -> None:
        """Let the bot write again."""
        await self.client.ask("POST", f"/people/{self.id}/unblock")

    async def wait_for(
        self,
        predicate: Callable[[Message], object],
        *,
        after: int = 0,
        timeout: float = 60,  # noqa: ASYNC109 - reads as asyncio.wait_for does
    ) -> Message:
        """The first message that satisfies the predicate, as soon as there is one."""
        return await _first(lambda: self.messages(after), predicate, timeout)


class Chat(Struct, frozen=True):
    """A group, supergroup or channel, and what people do in it."""

    client: SandboxClient
    id: int
    made: dict[str, Any]

    @property
    def _path(self) -> str:
        return f"/chats/{self.id}"

    def _message(self, message: Message) -> str:
        return f"{self._path}/messages/{message['message_id']}"

    async def send(
        self, person: Person, text: str, thread: int | None = None, *, reply_to: int | None = None
    ) -> Message:
        """A person writes, in a topic or under a post if ``thread`` names one."""
        body = {"from": person.id, "text": text, "thread": thread, "reply_to": reply_to}
        return dict(await self.client.ask("POST", f"{self._path}/messages", body))

    async def messages(self, as_: Person | None = None, after: int = 0) -> list[Message]:
        """What was said, as this person sees it (None: as the bot does), oldest first."""
        viewer = as_.id if as_ is not None else None
        answer = await self.client.ask("GET", f"{self._path}/messages", after=after, as_=viewer)
        return list(answer["messages"])

    async def wait_for(
        self,
        person: Person | None,
        predicate: Callable[[Message], object],
        *,
        after: int = 0,
        timeout: float = 60,  # noqa: ASYNC109 - reads as asyncio.wait_for does
    ) -> Message:
        """The first message, as this person sees it, that satisfies the predicate."""
        return await _first(lambda: self.messages(person, after), predicate, timeout)

    async def edit(self, person: Person, message: Message, text: str) -> Message:
        """A person changes an own message."""
        body = {"from": person.id, "text": text}
        return dict(await self.client.ask("PATCH", self._message(message), body))

    async def delete(self, message: Message) -> None:
        """Take a message away."""
        await self.client.ask("DELETE", self._message(message))

    async def vote(self, person: Person, message: Message, options: list[int]) -> dict[str, Any]:
        """A person chooses positions of a poll as sent; none takes the vote back."""
        body = {"from": person.id, "options": options}
        return dict(await self.client.ask("POST", f"{self._message(message)}/vote", body))

    async def press(self, person: Person, message: Message, data: str) -> dict[str, Any] | None:
        """A person presses a button; the bot's answer, None if it gave none in 15 s."""
        body = {"from": person.id, "data": data}
        answer = await self.client.ask("POST", f"{self._message(message)}/press", body)
        pressed: dict[str, Any] | None = answer["answer"]
        return pressed

    async def set_member(self, who: Person | int, status: str, **rights: bool) -> dict[str, Any]:
        """Give a person, or the bot by its id, a status and rights. Returns the ChatMember."""
        account_id = who if isinstance(who, int) else who.id
        body = {"status": status, "rights": rights}
        return dict(await self.client.ask("PUT", f"{self._path}/members/{account_id}", body))

    async def members(self) -> list[dict[str, Any]]:
        """ChatMembers: everybody who is or was there, the bot last."""
        return list((await self.client.ask("GET", f"{self._path}/members"))["members"])

    async def topic(self, name: str) -> int:
        """A new topic; its message_thread_id."""
        made = await self.client.ask("POST", f"{self._path}/topics", {"name": name})
        return int(made["message_thread_id"])

    async def close_topic(self, thread: int) -> None:
        """Nobody but who manages topics may write there."""
        await self.client.ask("POST", f"{self._path}/topics/{thread}/close")

    async def reopen_topic(self, thread: int) -> None:
        """All may write there again."""
        await self.client.ask("POST", f"{self._path}/topics/{thread}/reopen")

    async def delete_topic(self, thread: int) -> None:
        """The topic goes, with its messages."""
        await self.client.ask("DELETE", f"{self._path}/topics/{thread}")

    async def migrate(self) -> "Chat":
        """The group becomes a supergroup, which is returned."""
        made = await self.client.ask("POST", f"{self._path}/migrate")
        return Chat(self.client, made["id"], made)


def document(name: str, content: bytes, mime_type: str | None = None) -> dict[str, Any]:
    """A file, as the control interface takes one."""
    return {"name": name, "content": _encoded(content), "mime_type": mime_type}


def _encoded(given: bytes | str) -> str:
    return base64.b64encode(given).decode() if isinstance(given, bytes) else given


async def _first(
    read: Callable[[], Awaitable[list[Message]]],
    predicate: Callable[[Message], object],
    seconds: float,
) -> Message:
    async with asyncio.timeout(seconds):
        pause = 0.01
        while True:
            for message in await read():
                if predicate(message):
                    return message
            await asyncio.sleep(pause)
            # Ever longer, since each look costs the machine that is waited for.
            pause = min(0.12, pause * 1.4)
