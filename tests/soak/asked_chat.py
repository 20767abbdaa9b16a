"""A group or channel whose members answer each question that is put there, once or twice."""

import asyncio
import random
import re
from collections.abc import Sequence
from contextlib import suppress

from bot.base.clock import Clock
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.features.shared.question_buttons import ANSWER, SUBMIT
from tests.soak.campaign_checks import Votes
from tests.support.bot import TOKEN
from tests.support.chats import whole
from tests.support.sandbox import Chat, Message, Person, RefusedError
from tests.support.seeing import buttons

OPEN_FOR_S = 150  # of the clock
BOT = int(TOKEN.partition(":")[0])
_SHARE = 0.9  # of the members answer
_AGAIN = 0.3  # of those who tapped tap once more, on another choice
_LAST_MOMENT_MS = 10_000  # of the clock: who taps later may come too late
_ON_ITS_WAY_MS = 60_000  # of the clock: for so long a removed bot may not have heard of it
_QUESTION = re.compile(r"Made question \S+\?")


class AskedChat:
    """``votes`` is what Telegram took, or was tapped in time: it must count, and nothing else.

    Only what is in ``perhaps`` may, since it was tapped when the question was about to close.
    """

    def __init__(
        self,
        chat: Chat,
        settings: ChatSettings,
        members: Sequence[Person],
        dice: random.Random,
        clock: Clock,
    ) -> None:
        self.chat, self.settings = chat, settings
        self.votes, self.perhaps = Votes(), Votes()
        self.contradicted = 0
        self.removed_at: list[int] = []
        self._members, self._dice, self._clock = members, dice, clock
        self._asked: set[str] = set()
        self._last = 0

    @property
    def by_buttons(self) -> bool:
        """Whether choices are buttons here."""
        return self.settings.layout is Layout.BUTTONS

    async def live(self, enough: asyncio.Event) -> None:
        """Look at what comes; each member answers the first message of each question."""
        async with asyncio.TaskGroup() as acts:
            while not enough.is_set():
                for message in await self.chat.messages(after=self._last):
                    self._last = message["message_id"]
                    found = _QUESTION.search(whole(message))
                    if found is not None and found[0] not in self._asked:
                        self._asked.add(found[0])
                        for person in self._members:
                            if self._dice.random() < _SHARE:
                                acts.create_task(self._later(person, message, found[0], enough))
                await asyncio.sleep(0.1)

    async def _later(
        self, person: Person, message: Message, question: str, enough: asyncio.Event
    ) -> None:
        wait = self._clock.real(self._dice.uniform(1, OPEN_FOR_S))
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await enough.wait()
                return
        if "poll" in message:
            await self._vote(person, message, question)
        else:
            await self._tap(person, message, question)

    async def _vote(self, person: Person, message: Message, question: str) -> None:
        poll = message["poll"]
        most = 2 if poll["allows_multiple_answers"] else 1
        chosen = self._dice.sample(range(len(poll["options"])), most)
        texts = sorted(poll["options"][place]["text"] for place in chosen)
        try:
            await self.chat.vote(person, message, chosen)
        except RefusedError:
            return  # it has closed
        if poll["is_anonymous"]:
            # Of a channel that it is out of, Telegram tells the bot no more.
            kept = self.perhaps if self.was_out(message) else self.votes
            kept.update((0, question, (text,)) for text in texts)
        else:
            self.votes[person.id, question, tuple(texts)] += 1

    async def _tap(self, person: Person, message: Message, question: str) -> None:
        """Press one choice, or mark several and submit them; whatever was answered, or not."""
        found = buttons(message)
        choices = [(label, data) for label, data in found.items() if data.startswith(ANSWER)]
        submit = [data for data in found.values() if data.startswith(SUBMIT)]
        self._dice.shuffle(choices)
        chosen = choices[: 1 + len(submit)]
        closes = (message["date"] + OPEN_FOR_S) * 1000
        for data in [*(data for _, data in chosen), *submit]:
            tapped_at = self._clock.now()
            answer = await self.chat.press(person, message, data)
        vote = (person.id, question, tuple(sorted(label for label, _ in chosen)))
        if tapped_at < closes - _LAST_MOMENT_MS and not self.was_out(message):
            self.votes[vote] += 1
        else:
            self.perhaps[vote] += 1
            return
        if answer is not None and self._dice.random() < _AGAIN:
            again = await self.chat.press(person, message, choices[-1][1])
            told = "" if again is None else str(again.get("text"))
            self.contradicted += bool(told) and not told.startswith("Your first answer counts")

    def was_out(self, message: Message) -> bool:
        """Whether the bot was removed while this question was open: that ended it.

        It ended as well what was on its way just then, and arrived once the bot was let in again.
        """
        put = message["date"] * 1000
        first, last = put - _ON_ITS_WAY_MS, put + 2 * OPEN_FOR_S * 1000
        return any(first <= at <= last for at in self.removed_at)

    async def mute(self) -> None:
        """The bot may not write any more."""
        if self.chat.made["type"] == "channel":
            await self.chat.set_member(BOT, "administrator", can_post_messages=False)
        else:
            await self.chat.set_member(BOT, "restricted")

    async def remove(self) -> None:
        """The bot is out."""
        self.removed_at.append(self._clock.now())
        await self.chat.set_member(BOT, "left")

    async def restore(self) -> None:
        """The bot is what it was."""
        channel = self.chat.made["type"] == "channel"
        await self.chat.set_member(BOT, "administrator" if channel else "member")
