"""A group in full swing, and a channel: members who answer by themselves, and ask for more."""

import asyncio
import itertools
from collections.abc import Sequence

from msgspec import Struct

from bot.demo.sandbox_client import Message, Sandbox, data_of, throw
from bot.features.leaderboard.leaderboard_view import BOARD, SHOW
from bot.features.shared.question_buttons import ANSWER, SUBMIT

_LOOK_EVERY_S = 1.0  # seconds between two looks into a chat
_THINK_S = (4, 45)  # seconds that a member takes for an answer, at least and at most
_SILENCE_S = 90.0  # seconds without a word from the bot, after which someone speaks up
_LAZY = 2  # of so many members of the channel one lets a case pass


class _Watch(Struct):
    """One chat, watched, and its members moved to answer what is put there."""

    sandbox: Sandbox
    chat: int
    members: Sequence[int]
    tasks: asyncio.TaskGroup
    last: int = 0

    async def news(self) -> list[Message]:
        """What the bot has said since the last look; of people one sees enough elsewhere."""
        await self.sandbox.clock.sleep(_LOOK_EVERY_S)
        found = await self.sandbox.messages(self.chat, self.members[0], self.last)
        self.last = max((message["message_id"] for message in found), default=self.last)
        return [message for message in found if message.get("from", {"is_bot": True})["is_bot"]]

    def answer(self, message: Message) -> None:
        """Each member answers a question in their own time."""
        if "poll" in message or data_of(message, ANSWER):
            for member in self.members:
                self.tasks.create_task(self._answer(member, message))

    async def _answer(self, member: int, message: Message) -> None:
        least, most = _THINK_S
        dice = throw(member, self.chat, message["message_id"])
        await self.sandbox.clock.sleep(least + (most - least) * dice[0] / 256)
        if "poll" in message:
            await self.sandbox.vote(member, self.chat, message)
        else:
            taps, submit = data_of(message, ANSWER), data_of(message, SUBMIT)
            # Where several are right, two are marked and then submitted.
            start, several = dice[1] % len(taps), 1 + len(submit)
            for data in [*(taps + taps)[start : start + several], *submit]:
                await self.sandbox.press(member, self.chat, message, data)


async def live_in_group(sandbox: Sandbox, chat: int, members: Sequence[int]) -> None:
    """Members answer every case, look at the leaderboard once, and ask for the next case."""
    async with asyncio.TaskGroup() as tasks:
        watch = _Watch(sandbox, chat, members, tasks)
        await sandbox.say(members[0], "Good morning! Who is ready for a case?", chat)
        await sandbox.say(members[1], "/case", chat)
        wishes = ["/leaderboard"]
        last_contact_s = sandbox.clock.monotonic()
        for turn in itertools.count(2):
            while sandbox.clock.monotonic() - last_contact_s < _SILENCE_S:
                for message in await watch.news():
                    last_contact_s = sandbox.clock.monotonic()
                    watch.answer(message)
                    await _agree_to_names(watch, message)
            # Quiet for so long: the last case has closed and been read.
            wish = wishes.pop() if wishes else "/case"
            await sandbox.say(members[turn % len(members)], wish, chat)
            last_contact_s = sandbox.clock.monotonic()


async def live_in_channel(sandbox: Sandbox, chat: int, members: Sequence[int]) -> None:
    """Some of the members tap a choice under each post."""
    async with asyncio.TaskGroup() as tasks:
        watch = _Watch(sandbox, chat, members[::_LAZY], tasks)
        while True:
            for message in await watch.news():
                watch.answer(message)


async def _agree_to_names(watch: _Watch, message: Message) -> None:
    """Half of the members want to be named on a leaderboard."""
    if data_of(message, BOARD + SHOW):
        for member in watch.members[::2]:
            await watch.sandbox.press(member, watch.chat, message, BOARD + SHOW)
