"""Who lives through the month: what each does with what comes, by dice."""

import random
from collections.abc import Mapping

from msgspec import Struct, field

from bot.sandbox.model import Message, PollCard
from bot.sandbox.world import World
from tests.soak.transcript import Line, Transcript
from tests.support.sandbox import Chat, Person, RefusedError

_WAYS_ON = ("Start", "Go on with the session", "Go on", "Next case")


class Diligence(Struct, frozen=True):
    """How likely somebody answers in a chat, in private, and wants more than came."""

    in_chats: float = 0.7
    in_private: float = 0.0
    more: float = 0.0
    reads: float = 0.3


PEOPLE = {
    "Ada": Diligence(0.95, 0.97, 0.45, 0.6),
    "Ben": Diligence(0.3, 0.12, 0.0, 0.1),
    "Dora": Diligence(0.6),
    "Eli": Diligence(),
    "Femi": Diligence(),
    "Grace": Diligence(0.85),
    "Hugo": Diligence(0.5),
    "Rosa": Diligence(0.0, reads=0.0),
    "Ann": Diligence(0.0, reads=0.0),
}
"""Ada is busy, Ben is lazy, Dora directs and teaches, Rosa runs the bot, and Ann signs cases."""
SAID: dict[tuple[int, int], tuple[str, str, str]] = {
    (0, 0): ("Ada", "private", "/daily berlin 07:45"),
    (0, 1): ("Ben", "private", "/daily weekdays 07:45 berlin"),
    (4, 0): ("Eli", "group", "/leaderboard"),
    (7, 1): ("Dora", "group", "/results"),
    (9, 1): ("Dora", "group", "/settings skip"),
    (12, 1): ("Ben", "private", "/daily on"),
    (15, 0): ("Grace", "group", "/leaderboard"),
    (16, 1): ("Dora", "group", "/settings pause"),
    (17, 1): ("Dora", "group", "/settings resume"),
    (19, 1): ("Ada", "private", "/saved"),
    (20, 1): ("Ada", "private", "next"),
    (23, 1): ("Ben", "private", "/case"),
}
"""By day and window: who says what, and where."""


class MonthPerson(Struct):
    """Somebody in their chats; sees what came since they looked last, and does something now."""

    person: Person
    name: str
    diligence: Diligence
    chats: Mapping[int, Chat]
    dice: random.Random
    seen: int = 0
    pending: list[Line] = field(default_factory=list)

    async def look(self, world: World, transcript: Transcript) -> None:
        """Take in what is new, and answer at most one thing."""
        new, self.seen = transcript.lines[self.seen :], len(transcript.lines)
        self.pending += [line for line in new if self._concerns(line)]
        if self.pending and self.dice.random() < 0.2:
            line = self.pending.pop(0)
            if line.message is not None:
                await self._answer(world, transcript, line.message)

    def _concerns(self, line: Line) -> bool:
        """Whether they will do something about it."""
        if line.message is None or not line.by_bot or line.edited:
            return False
        if line.chat_id == self.person.id:
            return self.dice.random() < self._in_private(line.message)
        return line.chat_id in self.chats and self.dice.random() < self.diligence.in_chats

    def _in_private(self, message: Message) -> float:
        diligence = self.diligence
        return diligence.in_private if isinstance(message.content, PollCard) else diligence.more

    async def _answer(self, world: World, transcript: Transcript, message: Message) -> None:
        labels = buttons(message)
        choices = [label for label in labels if labels[label].startswith("a:")]
        try:
            if isinstance(message.content, PollCard):
                await self._vote(transcript, message)
            elif choices:
                await self._press(transcript, message, self.dice.choice(choices))
                if "Submit" in labels:
                    await self._press(transcript, message, "Submit")
            private = message.chat_id == self.person.id
            for label in _WAYS_ON if private else ("Show my name",):
                if label in labels:
                    await self._press(transcript, message, label)
                    return
            if "Explanation" in labels and self.dice.random() < self.diligence.reads:
                await self._press(transcript, message, "Explanation")
        except RefusedError as error:
            transcript.did(message.chat_id, self.name, f"was refused: {error.description}")

    async def _vote(self, transcript: Transcript, message: Message) -> None:
        assert isinstance(message.content, PollCard)
        poll = message.content.poll
        wanted = 2 if poll.multiple else 1
        right = list(poll.correct) if self.dice.random() < 0.55 else None
        places = right or sorted(self.dice.sample(range(len(poll.options)), wanted))
        raw = {"message_id": message.id}
        chat = self.chats.get(message.chat_id)
        # People see the options in an order of their own; the sandbox takes the places as sent.
        if chat is None:
            await self.person.vote(raw, places)
        else:
            await chat.vote(self.person, raw, places)
        chosen = "; ".join(poll.options[place].text for place in places)
        point = poll.explanation.text if right is None else ""
        then = f"; the poll shows: {point}" if point else ""
        transcript.did(message.chat_id, self.name, f"votes: {chosen}{then}")

    async def _press(self, transcript: Transcript, message: Message, label: str) -> None:
        data, raw = buttons(message)[label], {"message_id": message.id}
        if data.startswith("http"):
            answer: dict[str, str] | None = {"url": data}
        elif message.chat_id == self.person.id:
            answer = await self.person.press(raw, data)
        else:
            answer = await self.chats[message.chat_id].press(self.person, raw, data)
        said = "" if not answer else answer.get("text", "") or "a link into private"
        transcript.did(message.chat_id, self.name, f"presses {label}{said and f' → {said}'}")
        if answer and "url" in answer:
            await self.person.send(f"/start {answer['url'].partition('?start=')[2]}")


def buttons(message: Message) -> dict[str, str]:
    """The labels of a message's buttons, with what each sends back or opens."""
    rows = (message.markup or {}).get("inline_keyboard", [])
    return {
        button["text"]: button.get("callback_data") or button.get("url", "")
        for row in rows
        for button in row
    }
