"""What people of a month do by plan and not by dice: they write, press what comes, and go on."""

from collections.abc import Callable, Coroutine, Sequence

from msgspec import Struct

from tests.soak.transcript import Transcript
from tests.support.sandbox import Message, Person
from tests.support.seeing import buttons

Scene = Callable[[], Coroutine[object, object, None]]


class Actor(Struct, frozen=True):
    """Somebody in their private chat; what they press is written down."""

    person: Person
    name: str
    transcript: Transcript

    async def say(self, text: str, *words: str) -> Message:
        """Write; the bot's message that comes then and shows these words."""
        sent = await self.person.send(text)
        return await self.sees(*words, after=sent["message_id"])

    async def sees(self, *words: str, after: int = 0) -> Message:
        """The first message later than that which shows these words, on its buttons too."""
        return await self.person.wait_for(showing(*words), after=after)

    async def either(self, *words: str, other: str, after: Message) -> Message:
        """The first message behind that which shows all these words, or the other."""
        return await self.person.wait_for(
            lambda m: showing(*words)(m) or showing(other)(m), after=after["message_id"]
        )

    async def press(self, message: Message, label: str) -> str:
        """Press the first button whose label begins so; what is said briefly, if anything."""
        found = buttons(message)
        data = next((data for text, data in found.items() if text.startswith(label)), None)
        assert data is not None, f"{label} is not among {list(found)}"
        answer = await self.person.press(message, data)
        said = "" if answer is None else str(answer.get("text", ""))
        told = f"presses {label}{said and f' → {said}'}"
        self.transcript.did(self.person.id, self.name, told)
        return said

    async def turn(self, message: Message, label: str, *words: str) -> Message:
        """Press it; the message that shows these words then, the same one or a later one."""
        await self.press(message, label)
        return await self.sees(*words, after=message["message_id"] - 1)

    async def vote(self, poll: Message, options: Sequence[int]) -> None:
        """Vote in a poll."""
        await self.person.vote(poll, list(options))
        texts = [poll["poll"]["options"][place]["text"] for place in options]
        self.transcript.did(self.person.id, self.name, f"votes: {'; '.join(texts)}")


def showing(*words: str) -> Callable[[Message], bool]:
    """Whether the bot's message shows all these words, wherever they stand."""

    def shows(message: Message) -> bool:
        poll = message.get("poll", {})
        parts = (message.get("text"), message.get("caption"), poll.get("question"))
        seen = "\n".join([*(part for part in parts if part), *buttons(message)])
        return message["from"]["is_bot"] and all(word in seen for word in words)

    return shows
