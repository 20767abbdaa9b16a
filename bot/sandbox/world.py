"""The state of the sandbox: who there is, what was said, and what the bot is yet to hear."""

import asyncio
import secrets
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict

from bot.base.clock import Clock
from bot.sandbox.errors import bad_request
from bot.sandbox.files import Files
from bot.sandbox.live import Live
from bot.sandbox.membership import NOBODY, Member
from bot.sandbox.model import Chat, ChatType, Draft, History, Message, Person, Poll, PollCard
from bot.sandbox.profile import Profile
from bot.sandbox.timers import Timers
from bot.sandbox.updates import Updates
from bot.sandbox.webhook_delivery import WebhookDelivery
from bot.sandbox.wire import Json
from bot.sandbox.writer import Writer

ANSWER_WITHIN_S: Final = 15.0
"""How long a press waits for the bot's answer: the system's seconds, however fast the clock is.
What takes long then is the program.
"""


class Callback(Struct):
    """A button press that waits for the bot's answer; ``at_s`` by the system's monotonic clock."""

    id: str
    person_id: int
    chat_id: int
    at_s: float
    answer: "asyncio.Future[Json]"


_GROUPS: Final = 3 * 10**9
_SUPERGROUPS: Final = 10**12
"""Which numbers chats have, as Telegram's: those of supergroups and channels begin with -100."""


class World:
    """People, chats and messages. Everything that the bot should hear goes into ``updates``."""

    def __init__(self, clock: Clock, profile: Profile) -> None:
        self.clock = clock
        self.profile = profile
        self.updates = Updates(clock)
        self.webhook = WebhookDelivery(self.updates, clock)
        self.files = Files()
        self.live = Live()
        self.timers = Timers(clock)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.histories: dict[int, History] = {}
        self.callbacks: dict[str, Callback] = {}
        self.json = Writer(profile, self.people, self.chats, self.histories)
        self._showing: dict[str, list[tuple[int, int]]] = {}
        self._next_person = 100_000_001
        self._next_message = 1
        self._next_chat = 1_000_000_001 + secrets.randbelow(900_000_000)

    def now(self) -> int:
        """UTC seconds, as the Bot API dates things."""
        return self.clock.now() // 1000

    # People and chats

    def add_person(
        self,
        first_name: str,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
    ) -> Person:
        """Someone new, with an empty private chat."""
        person = Person(self._next_person, first_name, last_name, username, language_code)
        self._next_person += 1
        self.people[person.id] = person
        self.chats[person.id] = Chat(person.id, ChatType.PRIVATE)
        self.histories[person.id] = History()
        self.live.tell("person", person.id, person_id=person.id)
        return person

    def add_chat(self, kind: ChatType, title: str) -> Chat:
        """A new chat for several people, with nobody in it."""
        number = self._next_chat + (_GROUPS if kind is ChatType.GROUP else _SUPERGROUPS)
        self._next_chat += 1
        chat = self.chats[-number] = Chat(-number, kind, title)
        self.histories[chat.id] = History()
        return chat

    def recognise(self, bot_id: int) -> None:
        """The bot has shown its token."""
        self.profile.id = bot_id
        self.json.bot()
        self.live.tell("chat")

    def person(self, person_id: int) -> Person:
        """Raises ApiError when there is none."""
        try:
            return self.people[person_id]
        except KeyError:
            raise bad_request("user not found") from None

    def chat(self, chat_id: object) -> Chat:
        """The chat with an id, in digits or as a number, or with an @username. Raises ApiError."""
        if chat_id is None or chat_id == "":
            raise bad_request("chat_id is empty")
        if not isinstance(chat_id, int | str):
            raise bad_request("chat not found")
        if isinstance(chat_id, str) and chat_id.startswith("@"):
            return self._named(chat_id.removeprefix("@"))
        try:
            return self.chats[int(chat_id)]
        except (KeyError, ValueError):
            raise bad_request("chat not found") from None

    def _named(self, username: str) -> Chat:
        for chat in self.chats.values():
            if chat.username is not None and chat.username.lower() == username.lower():
                return chat
        raise bad_request("chat not found")

    def membership(self, chat: Chat, account_id: int) -> Member:
        """A person's or the bot's standing in a chat of several."""
        if account_id == self.profile.id:
            return chat.bot
        return chat.members.get(account_id, NOBODY)

    # Messages

    def message(self, chat: Chat, message_id: int | None, missing: str) -> Message:
        """A message of a chat. Raises ApiError with the words for a missing one."""
        found = self.histories[chat.id].messages.get(message_id or 0)
        if found is None:
            raise bad_request(missing)
        return found

    def post(self, chat: Chat, sender_id: int, draft: Draft) -> Message:
        """Put a new message into a chat."""
        given: Json = asdict(draft)
        if chat.type is ChatType.CHANNEL:
            given["sender_chat_id"] = chat.id
        message = Message(
            **given,
            id=self._new_message_id(chat),
            chat_id=chat.id,
            sender_id=sender_id,
            date=self.now(),
        )
        self.histories[chat.id].messages[message.id] = message
        if isinstance(draft.content, PollCard):
            self._showing.setdefault(draft.content.poll.id, []).append((chat.id, message.id))
        self._remember_buttons(message)
        self.live.tell("message", chat.id, message.id)
        return message

    def _new_message_id(self, chat: Chat) -> int:
        """Supergroups and channels number their messages themselves; other chats share numbers."""
        if chat.type in {ChatType.SUPERGROUP, ChatType.CHANNEL}:
            history = self.histories[chat.id]
            history.next_id += 1
            return history.next_id - 1
        self._next_message += 1
        return self._next_message - 1

    def put(self, message: Message) -> Message:
        """Replace a message by its edited self."""
        self.histories[message.chat_id].messages[message.id] = message
        self._remember_buttons(message)
        self.live.tell("edit", message.chat_id, message.id)
        return message

    def delete(self, message: Message) -> None:
        """Take a message away for everyone."""
        del self.histories[message.chat_id].messages[message.id]
        chat = self.chats[message.chat_id]
        chat.pinned = [pinned for pinned in chat.pinned if pinned != message.id]
        self.live.tell("delete", message.chat_id, message.id)

    def clear(self, chat: Chat) -> None:
        """Take all messages of a chat away for everyone, which is told in one event."""
        self.histories[chat.id].messages.clear()
        chat.pinned.clear()
        self.live.tell("delete", chat.id)

    def _remember_buttons(self, message: Message) -> None:
        rows = (message.markup or {}).get("inline_keyboard", [])
        data = {
            button["callback_data"] for row in rows for button in row if "callback_data" in button
        }
        self.histories[message.chat_id].buttons.setdefault(message.id, set()).update(data)

    def showing(self, poll: Poll) -> list[tuple[int, int]]:
        """Chat and message of every place where this poll stands or stood."""
        return self._showing.get(poll.id, [])

    def close(self) -> None:
        """Call off what was to come, and let every watcher go."""
        self.webhook.close()
        self.timers.close()
        self.live.close()


def new_id() -> str:
    """A random id in digits, such as polls and callback queries have."""
    return str(secrets.randbelow(2**62) + 2**61)
