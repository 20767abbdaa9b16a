"""The state of the sandbox: who there is, what was said, and what the bot is yet to hear."""

import asyncio
import secrets
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.files import Files
from bot.sandbox.live import Live
from bot.sandbox.model import Chat, ChatType, Draft, Message, Person, Poll, PollCard
from bot.sandbox.profile import Profile, in_language
from bot.sandbox.render import PollView, chat_json, content_json, person_json
from bot.sandbox.timers import Timers
from bot.sandbox.updates import Updates
from bot.sandbox.wire import Json, present

FULL_VIEW = PollView()


@dataclass(slots=True)
class Callback:
    """A button press that waits for the bot's answer; ``at_ms`` in clock milliseconds."""

    id: str
    person_id: int
    chat_id: int
    at_ms: int
    answer: "asyncio.Future[Json]"


@dataclass(slots=True)
class History:
    """The messages of a chat in rising order of their ids, and what was on their buttons."""

    messages: dict[int, Message] = field(default_factory=dict)
    buttons: dict[int, set[str]] = field(default_factory=dict)


class World:
    """People, chats and messages. Everything that the bot should hear goes into ``updates``."""

    def __init__(self, clock: Clock, profile: Profile) -> None:
        self.clock = clock
        self.profile = profile
        self.updates = Updates(clock)
        self.files = Files()
        self.live = Live()
        self.timers = Timers(clock)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.histories: dict[int, History] = {}
        self.callbacks: dict[str, Callback] = {}
        self._showing: dict[str, list[tuple[int, int]]] = {}
        self._next_person = 100_000_001
        self._next_message = 1

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

    def person(self, person_id: int) -> Person:
        """Raises ApiError when there is none."""
        try:
            return self.people[person_id]
        except KeyError:
            raise bad_request("user not found") from None

    def chat(self, chat_id: object) -> Chat:
        """The chat with an id, in digits or as a number. Raises ApiError."""
        if chat_id is None or chat_id == "":
            raise bad_request("chat_id is empty")
        if not isinstance(chat_id, int | str):
            raise bad_request("chat not found")
        try:
            return self.chats[int(chat_id)]
        except (KeyError, ValueError):
            raise bad_request("chat not found") from None

    def writable(self, chat_id: object) -> Chat:
        """The chat, if the bot may write there. Raises ApiError."""
        chat = self.chat(chat_id)
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    # Messages

    def message(self, chat: Chat, message_id: int | None, missing: str) -> Message:
        """A message of a chat. Raises ApiError with the words for a missing one."""
        found = self.histories[chat.id].messages.get(message_id or 0)
        if found is None:
            raise bad_request(missing)
        return found

    def post(self, chat: Chat, sender_id: int, draft: Draft) -> Message:
        """Put a new message into a chat."""
        message = Message(
            id=self._next_message,
            chat_id=chat.id,
            sender_id=sender_id,
            date=self.now(),
            content=draft.content,
            reply_to=draft.reply_to,
            markup=draft.markup,
            origin=draft.origin,
            album_id=draft.album_id,
            protected=draft.protected,
        )
        self._next_message += 1
        self.histories[chat.id].messages[message.id] = message
        if isinstance(draft.content, PollCard):
            self._showing.setdefault(draft.content.poll.id, []).append((chat.id, message.id))
        self._remember_buttons(message)
        self.live.tell("message", chat.id, message.id)
        return message

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

    def _remember_buttons(self, message: Message) -> None:
        rows = (message.markup or {}).get("inline_keyboard", [])
        data = {
            button["callback_data"] for row in rows for button in row if "callback_data" in button
        }
        self.histories[message.chat_id].buttons.setdefault(message.id, set()).update(data)

    def showing(self, poll: Poll) -> list[tuple[int, int]]:
        """Chat and message of every place where this poll stands or stood."""
        return self._showing.get(poll.id, [])

    # As the Bot API writes it

    def bot_json(self) -> Json:
        """The bot as a User."""
        return {
            "id": self.profile.id or 0,
            "is_bot": True,
            "first_name": in_language(self.profile.names, ""),
            "username": self.profile.username,
        }

    def user_json(self, account_id: int) -> Json:
        """The bot or a person as a User."""
        if account_id == self.profile.id:
            return self.bot_json()
        return person_json(self.people[account_id])

    def chat_json(self, chat: Chat) -> Json:
        """A Chat."""
        return chat_json(chat, self.people.get(chat.id))

    def message_json(
        self, message: Message, view: PollView = FULL_VIEW, *, nested: bool = True
    ) -> Json:
        """A Message. ``nested`` ones quote what they reply to, but not what that replied to."""
        chat = self.chats[message.chat_id]
        mentioned = {person.id: person_json(person) for person in self._mentioned(message)}
        result: Json = {
            "message_id": message.id,
            "from": self.user_json(message.sender_id),
            "chat": self.chat_json(chat),
            "date": message.date,
        }
        result |= present(
            edit_date=message.edit_date,
            media_group_id=message.album_id,
            has_protected_content=message.protected,
            reply_markup=message.markup,
        )
        if message.origin is not None:
            result["forward_origin"] = {
                "type": "user",
                "sender_user": self.user_json(message.origin.account_id),
                "date": message.origin.date,
            }
        if nested:
            result |= self._quoted_json(message, view)
        return result | content_json(message, mentioned, view)

    def _quoted_json(self, message: Message, view: PollView) -> Json:
        quoted = self.histories[message.chat_id].messages.get(message.reply_to or 0)
        if quoted is None:
            return {}
        return {"reply_to_message": self.message_json(quoted, view, nested=False)}

    def _mentioned(self, message: Message) -> list[Person]:
        body = getattr(message.content, "body", None) or getattr(message.content, "caption", None)
        ids = [entity.user_id for entity in body.entities] if body else []
        return [self.people[user_id] for user_id in ids if user_id in self.people]

    def close(self) -> None:
        """Call off what was to come, and let every watcher go."""
        self.timers.close()
        self.live.close()


def new_id() -> str:
    """A random id in digits, such as polls and callback queries have."""
    return str(secrets.randbelow(2**62) + 2**61)
