"""People who talk to a bot in the sandbox, for tests: send this, press that, see this."""

import asyncio
import base64
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import httpx

Message = dict[str, Any]
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""The sandbox speaks plain HTTP; reading the machine's certificates for each client is slow."""


class RefusedError(Exception):
    """The sandbox said no, in the Bot API's words."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(f"{status}: {description}")
        self.status = status
        self.description = description


class SandboxClient:
    """The control interface of a sandbox at an address; an async context manager."""

    def __init__(self, url: str) -> None:
        self.http = httpx.AsyncClient(base_url=url, timeout=30, verify=NO_TLS, trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of the connections."""
        await self.http.aclose()

    async def ask(self, verb: str, path: str, body: object = None, /, **query: object) -> Any:
        """One call of the control interface. Raises RefusedError."""
        params = {
            name.rstrip("_"): str(value) for name, value in query.items() if value is not None
        }
        response = await self.http.request(verb, f"/sandbox{path}", json=body, params=params)
        answer = response.json()
        if response.is_error:
            raise RefusedError(response.status_code, answer["description"])
        return answer

    async def person(self, first_name: str, **details: str) -> "Person":
        """Someone new."""
        made = await self.ask("POST", "/people", {"first_name": first_name, **details})
        return Person(self, made["id"], made)

    async def people(self) -> list[dict[str, Any]]:
        """Everybody, as the sandbox lists them."""
        return (await self.ask("GET", "/people"))["people"]

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
        return answer["calls"]


@dataclass(frozen=True)
class Person:
    """Someone in their private chat with the bot."""

    client: SandboxClient
    id: int
    made: dict[str, Any]

    @property
    def _chat(self) -> str:
        return f"/chats/{self.id}/messages"

    async def send(self, text: str) -> Message:
        """Write to the bot."""
        return await self.client.ask("POST", self._chat, {"from": self.id, "text": text})

    async def send_photo(self, photo: bytes | str) -> Message:
        """Send an image's bytes, or a file_id."""
        if isinstance(photo, bytes):
            photo = base64.b64encode(photo).decode()
        return await self.client.ask("POST", self._chat, {"from": self.id, "photo": photo})

    async def messages(self, after: int = 0) -> list[Message]:
        """What was said, as this person sees it, oldest first."""
        answer = await self.client.ask("GET", self._chat, after=after, as_=self.id)
        return answer["messages"]

    async def edit(self, message: Message, text: str) -> Message:
        """Change an own message."""
        path = f"{self._chat}/{message['message_id']}"
        return await self.client.ask("PATCH", path, {"from": self.id, "text": text})

    async def delete(self, message: Message) -> None:
        """Take a message away."""
        await self.client.ask("DELETE", f"{self._chat}/{message['message_id']}")

    async def vote(self, message: Message, options: list[int]) -> dict[str, Any]:
        """Choose positions of a poll as sent; none takes the vote back. Returns the Poll."""
        path = f"{self._chat}/{message['message_id']}/vote"
        return await self.client.ask("POST", path, {"from": self.id, "options": options})

    async def press(self, message: Message, data: str) -> dict[str, Any] | None:
        """Press the button with this data; the bot's answer, None if it gave none in 15 s."""
        path = f"{self._chat}/{message['message_id']}/press"
        answer = await self.client.ask("POST", path, {"from": self.id, "data": data})
        return answer["answer"]

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
        timeout: float = 10,  # noqa: ASYNC109 - reads as asyncio.wait_for does
    ) -> Message:
        """The first message that satisfies the predicate, as soon as there is one."""
        async with asyncio.timeout(timeout):
            while True:
                for message in await self.messages(after):
                    if predicate(message):
                        return message
                await asyncio.sleep(0.02)
