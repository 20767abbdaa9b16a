"""What the tests of faults share: a fast clock, one learner's way, and what to count in the end."""

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from bot.sandbox.updates import Queued
from bot.settings import Settings
from tests.support.crowd import fingerprint
from tests.support.database import query
from tests.support.sandbox import Message, Person, SandboxClient

PATIENCE_S = 2.5
"""The system's seconds that an answer may take: enough on a busy machine, and yet soon over."""
CASE = "calcinosis-cutis"
CHOICE = 2
"""The place of a choice of its question; any will do."""
_FORGED = itertools.count(5_000_000_000, 1000)  # real updates go on from each
EXPLAINED = "Not yet reviewed by a clinician."


def fast_clock(speed: float = 20) -> Clock:
    """Today, but faster: pauses between tries are over soon."""
    now = time.time()
    return Clock(now, speed, now)


def is_poll(message: Message) -> bool:
    """Whether the message puts a question."""
    return "poll" in message


def says(words: str) -> Any:
    """Whether a message of the bot's has these words."""
    return lambda message: message["from"]["is_bot"] and words in message.get("text", "")


async def arrive(sandbox: SandboxClient, name: str = "Ada") -> Person:
    """Someone new, welcomed by the bot."""
    person = await sandbox.person(name, language_code="en")
    await person.send("/start")
    await person.wait_for(says("Good morning"), timeout=60)
    return person


async def ask(person: Person, after: int = 0) -> Message:
    """Ask for the case and wait for its poll."""
    asked = await person.send(f"/case {CASE}")
    return await person.wait_for(is_poll, after=max(after, asked["message_id"]))


async def explained(person: Person, after: int = 0) -> Message:
    """Wait for the end of the explanation."""
    return await person.wait_for(says(EXPLAINED), after=after, timeout=60)


async def repeats(person: Person) -> int:
    """How many messages the person got beyond the first of each."""
    sent = [message for message in await person.messages() if message["from"]["is_bot"]]
    return Counter(map(fingerprint, sent)).total() - len({*map(fingerprint, sent)})


def answers(database: Path) -> list[tuple[int, str, str]]:
    """Who answered which question, and what, in the order recorded."""
    return query(database, "SELECT person_id, question_id, choices FROM answers ORDER BY id")


async def settled(database: Path) -> None:
    """Wait until nothing is owed."""

    async def nothing_owed() -> bool:
        return query(database, "SELECT count(*) FROM outbox") == [(0,)]

    await until(nothing_owed)


def inject(server: SandboxServer, *updates: dict[str, Any]) -> None:
    """Queue updates exactly as they are, as a Telegram of another year might send them."""
    queue = server._world.updates
    for update in updates:
        queue._next_id = update["update_id"] + 1
        queue._queue.append(Queued(update["update_id"], server._world.clock.now(), update))
    if queue._poller is not None and not queue._poller.done():
        queue._poller.set_result(None)


async def forge(
    server: SandboxServer, settings: Settings, person: Person, message: Message, data: str
) -> None:
    """What a changed app sends, once it was dealt with: any data, from any message."""
    user = {"id": person.id, "is_bot": False, "first_name": "Mal", "language_code": "en"}
    pressed: dict[str, Any] = {"id": "1", "from": user, "chat_instance": "1", "message": message}
    inject(server, {"update_id": next(_FORGED), "callback_query": {**pressed, "data": data}})

    async def confirmed() -> bool:
        return unconfirmed(server) == 0

    await until(confirmed)
    await settled(settings.database)


def unconfirmed(server: SandboxServer) -> int:
    """How many updates the bot has not confirmed."""
    return len(server._world.updates)


async def sends(sandbox: SandboxClient, person: Person, after: int = 0) -> list[dict[str, Any]]:
    """The calls made for this person's chat."""
    calls = await sandbox.traffic(after=after)
    return [call for call in calls if str(call["params"].get("chat_id")) == str(person.id)]


async def until(condition: Callable[[], Awaitable[bool]], within: float = 60) -> None:
    """Wait for a condition, with a bound in seconds."""
    async with asyncio.timeout(within):
        while True:
            if await condition():
                return
            await asyncio.sleep(0.02)
