"""What was said in every chat, in order, as people saw it."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.sandbox.live import Live
from bot.sandbox.model import Document, Formatted, Message, Photo, PollCard, Service, Text
from bot.sandbox.world import World


class Line(Struct, frozen=True):
    """Something in a chat at a time (UTC ms): a message, an edit of one, or what a person did.

    ``text`` is what is seen: of an edit only what was not seen before. ``message`` is as it stood
    then; None where a person did something else than write.
    """

    at: int
    chat_id: int
    who: str
    text: str
    message: Message | None = None
    edited: bool = False
    by_bot: bool = False


class Transcript(Live):
    """Writes down every message of a sandbox as it comes, and every edit that shows something."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self.lines: list[Line] = []
        self._shown: dict[tuple[int, int], str] = {}
        world.live = self

    def tell(
        self,
        kind: str,
        chat_id: int | None = None,
        message_id: int | None = None,
        **details: int | str,
    ) -> None:
        """Announce a change, and write it down."""
        super().tell(kind, chat_id, message_id, **details)
        if kind not in {"message", "edit"} or chat_id is None or message_id is None:
            return
        message = self._world.histories[chat_id].messages[message_id]
        text, before = shown(message), self._shown.get((chat_id, message_id), "")
        self._shown[chat_id, message_id] = text
        new = [line for line in text.splitlines() if line not in before.splitlines()]
        if before and not new:
            return
        person = self._world.people.get(message.sender_id)
        self.lines.append(
            Line(
                self._world.clock.now(),
                chat_id,
                "Bot" if person is None else person.first_name,
                "\n".join(new) if before else text,
                message,
                edited=bool(before),
                by_bot=person is None,
            )
        )

    def did(self, chat_id: int, who: str, what: str) -> None:
        """Write down what a person did who wrote nothing."""
        self.lines.append(Line(self._world.clock.now(), chat_id, who, f"({what})"))

    def of(self, chat_id: int) -> list[Line]:
        """All that happened in a chat."""
        return [line for line in self.lines if line.chat_id == chat_id]

    def readable(self, zone: ZoneInfo) -> str:
        """All chats, one after the other."""
        return "\n".join(self._readable(zone))

    def _readable(self, zone: ZoneInfo) -> Iterator[str]:
        for chat_id, chat in self._world.chats.items():
            name = chat.title or f"{self._world.people[chat_id].first_name}, in private"
            yield f"\n{'=' * 80}\n{name}\n{'=' * 80}"
            for line in self.of(chat_id):
                when = datetime.fromtimestamp(line.at / 1000, zone)
                message = line.message
                topic = message.thread_id if message and message.in_topic else None
                where = f" in topic {topic}" if topic else ""
                edited = " (edited)" if line.edited else ""
                yield f"\n[{when:%a %d %b %H:%M}] {line.who}{where}{edited}:"
                yield "\n".join(f"    {each}" for each in line.text.splitlines())


def shown(message: Message) -> str:
    """All that a message shows, its buttons included; what is folded stands after bars."""
    parts = [*_content(message), *_buttons(message)]
    return "\n".join(part for part in parts if part)


def _content(message: Message) -> Iterator[str]:
    match message.content:
        case Text(body):
            yield _folded(body)
        case Photo(caption=caption):
            yield "[picture]"
            yield _folded(caption)
        case Document(caption=caption):
            yield "[file]"
            yield _folded(caption)
        case PollCard(poll):
            yield "[poll]" if poll.media is None else "[poll with a picture]"
            yield _folded(poll.description)
            yield f"? {poll.question}"
            yield from (f"  o {option.text}" for option in poll.options)
        case Service(fields):
            yield f"[{', '.join(fields)}]"


def _folded(body: Formatted) -> str:
    """The text, with a bar before each line that a tap unfolds."""
    units = body.text.encode("utf-16-le")
    pieces, end = [], 0
    for entity in sorted(body.entities, key=lambda one: one.offset):
        if entity.type == "expandable_blockquote":
            begin, stop = entity.offset * 2, (entity.offset + entity.length) * 2
            pieces.append(units[end:begin].decode("utf-16-le"))
            folded = units[begin:stop].decode("utf-16-le")
            pieces.append("\n".join(f"| {line}" for line in folded.splitlines()))
            end = stop
    pieces.append(units[end:].decode("utf-16-le"))
    return "".join(pieces)


def _buttons(message: Message) -> Iterator[str]:
    rows = (message.markup or {}).get("inline_keyboard", [])
    yield from (" ".join(f"[{button['text']}]" for button in row) for row in rows)
