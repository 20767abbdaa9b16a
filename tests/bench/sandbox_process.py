"""A sandbox in a process of its own, which takes orders.

It takes orders as lines of JSON, and answers each with one. What its control interface would do
one by one over HTTP is done here at once: thousands of people, and votes at a steady rate.
"""

import asyncio
import json
import sys
import time
from typing import Any

from bot.sandbox import groups
from bot.sandbox.membership import Status, standing
from bot.sandbox.model import ChatType
from bot.sandbox.people import press
from bot.sandbox.server import SandboxServer

Vote = dict[str, Any]


class SandboxOrders:
    """Does what it is ordered to. Times are the system's, in seconds since the epoch."""

    def __init__(self, server: SandboxServer) -> None:
        self._world = server._world
        self._traffic = server._api.traffic
        self._first_poll: asyncio.Future[float] | None = None
        self._listen_for_polls()

    def people(self, count: int) -> list[int]:
        """New people, who have pressed Start some time ago."""
        return [self._person() for _ in range(count)]

    def _person(self) -> int:
        person = self._world.add_person("Ada", language_code="en")
        self._world.chats[person.id].started = True
        return person.id

    def groups(self, count: int) -> list[int]:
        """New supergroups with the bot in each."""
        (creator,) = self.people(1)
        made = []
        for number in range(count):
            chat = self._world.add_chat(ChatType.SUPERGROUP, f"Ward {number}")
            groups.settle(self._world, chat, [creator], [creator])
            groups.set_bot(self._world, chat, standing(Status("member"), {}, channel=False))
            made.append(chat.id)
        self._world.updates.drop_pending()
        return made

    def votes(self, votes: list[Vote]) -> None:
        """All these votes wait for the bot at once, and nothing else does."""
        self._world.updates.drop_pending()
        for vote in votes:
            self._vote(vote)

    async def stream(self, votes: list[Vote], rate: float) -> list[float]:
        """Votes at so many a second; when each was cast."""
        began, cast = time.time(), []
        for number, vote in enumerate(votes):
            await asyncio.sleep(max(0.0, began + number / rate - time.time()))
            cast.append(time.time())
            self._vote(vote)
        return cast

    def _vote(self, vote: Vote) -> None:
        user = self._world.json.user(vote["person"])
        answer = {
            "poll_id": vote["poll"],
            "user": user,
            "option_ids": [vote["option"]],
            "option_persistent_ids": [str(vote["option"])],
        }
        self._world.updates.push("poll_answer", answer)

    async def presses(self, people: list[int], begins: str, seconds: float) -> list[float | None]:
        """Each of these people presses a button of the latest message whose data begin so, all of
        them within so many seconds; after how many each was answered, if within the sandbox's time.
        """
        began = time.time()
        pressing = []
        for number, person_id in enumerate(people):
            await asyncio.sleep(max(0.0, began + seconds * number / len(people) - time.time()))
            pressing.append(asyncio.create_task(self._press(person_id, begins, number)))
        return list(await asyncio.gather(*pressing))

    async def _press(self, person_id: int, begins: str, number: int) -> float | None:
        chat, history = self._world.chats[person_id], self._world.histories[person_id]
        found = {
            message_id: [one for one in data if one.startswith(begins)]
            for message_id, data in history.buttons.items()
        }
        message_id = max(one for one, data in found.items() if data)
        data = sorted(found[message_id])[number % len(found[message_id])]
        began = time.time()
        message, person = history.messages[message_id], self._world.people[person_id]
        answer = await press(self._world, chat, message, person, data)
        return None if answer is None else time.time() - began

    def calls(self, after: int) -> list[list[Any]]:
        """Calls made since: number, method, chat, status, and when."""
        return [
            [
                call["seq"],
                call["method"],
                int(call["params"].get("chat_id", 0)),
                call["status"],
                call["time"] / 1000,
            ]
            for call in self._traffic.calls(after)
        ]

    async def first_poll(self) -> float:
        """When the first getUpdates came since this was last asked; it is awaited."""
        self._first_poll = asyncio.get_running_loop().create_future()
        return await asyncio.wait_for(self._first_poll, 300)

    def _listen_for_polls(self) -> None:
        updates = self._world.updates
        get = updates.get

        async def heard(offset: int, limit: int, wait: float) -> Any:
            if self._first_poll is not None and not self._first_poll.done():
                self._first_poll.set_result(time.time())
            return await get(offset, limit, wait)

        updates.get = heard  # type: ignore[method-assign]  # to hear of a call before its answer


async def main() -> None:
    """Serve until the orders end."""
    server = SandboxServer(limits="limits" in sys.argv)
    await server.start()
    orders = SandboxOrders(server)
    try:
        _say(server.url)
        while line := await asyncio.to_thread(sys.stdin.readline):
            name, arguments = json.loads(line)
            result = getattr(orders, name)(*arguments)
            if asyncio.iscoroutine(result):
                result = await result
            _say(result)
    finally:
        await server.stop()


def _say(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
