"""What the demonstration's people can do: the sandbox's control interface, through their hands."""

import hashlib
from collections.abc import Sequence
from typing import Any, Final

import aiohttp
from msgspec import Struct

from bot.base.clock import Clock

Message = dict[str, Any]

_TIMEOUT: Final = aiohttp.ClientTimeout(total=20)
"""A press is answered within 15 s."""


class Sandbox(Struct, frozen=True):
    """The control interface.

    What it refuses, or has no time for, is let go: a demonstration goes on.
    """

    http: aiohttp.ClientSession
    clock: Clock

    async def person(self, **who: str) -> int:
        """Somebody new; their id. Raises as ``ask``, and so does the next."""
        return int((await self.ask("POST", "people", json=who))["id"])

    async def chat(
        self,
        kind: str,
        title: str,
        members: Sequence[int],
        admin: int,
        bot: str = "administrator",
    ) -> int:
        """A group or channel with its people and the bot, or ``none``; its id."""
        body = {
            "type": kind,
            "title": title,
            "members": [*members],
            "admins": [admin],
            "bot": bot,
        }
        return int((await self.ask("POST", "chats", json=body))["id"])

    async def say(self, person: int, text: str, chat: int | None = None) -> None:
        """Write in a chat; None: in the private chat with the bot."""
        where = person if chat is None else chat
        await self._try("POST", f"{where}/messages", json={"from": person, "text": text})

    async def messages(self, chat: int, person: int, after: int = 0) -> list[Message]:
        """What stands in a chat, as a person sees it."""
        params = {"after": after, "as": person}
        answer = await self._try("GET", f"{chat}/messages", params=params)
        return list(answer["messages"]) if answer else []

    async def vote(
        self, person: int, chat: int, message: Message, options: list[int] | None = None
    ) -> None:
        """Vote in a poll; unless told how, as this person would."""
        options = choices(person, message["poll"]) if options is None else options
        body = {"from": person, "options": options}
        await self._try("POST", f"{chat}/messages/{message['message_id']}/vote", json=body)

    async def press(self, person: int, chat: int, message: Message, data: str) -> None:
        """Press a button."""
        body = {"from": person, "data": data}
        await self._try("POST", f"{chat}/messages/{message['message_id']}/press", json=body)

    async def _try(self, verb: str, path: str, **more: Any) -> dict[str, Any] | None:
        try:
            return await self.ask(verb, f"chats/{path}", **more)
        except (aiohttp.ClientError, TimeoutError):
            return None

    async def ask(self, verb: str, path: str, **more: Any) -> dict[str, Any]:
        """One call of the interface. Raises aiohttp.ClientError (refused, too), TimeoutError."""
        async with self.http.request(
            verb, f"/sandbox/{path}", timeout=_TIMEOUT, raise_for_status=True, **more
        ) as answer:
            return dict(await answer.json())


def choices(person: int, poll: dict[str, Any]) -> list[int]:
    """An answer as people give them: now this, now that, the earlier options more often."""
    digest = throw(person, poll["question"])
    options = len(poll["options"])
    first = options * digest[0] ** 2 // 256**2
    if not poll["allows_multiple_answers"]:
        return [first]
    return sorted({first, digest[1] % options})


def throw(*about: object) -> bytes:
    """Dice that fall the same way for the same things."""
    return hashlib.sha256(":".join(map(str, about)).encode()).digest()


def data_of(message: Message, beginning: str) -> list[str]:
    """What those buttons of a message send back that begins so."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    found = [button.get("callback_data", "") for row in rows for button in row]
    return [data for data in found if data.startswith(beginning)]
