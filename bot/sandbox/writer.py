"""Writes people, chats, members and messages as the Bot API does."""

from collections.abc import Mapping
from typing import Final

from bot.sandbox.membership import Member, member_json
from bot.sandbox.model import (
    AccountOrigin,
    Chat,
    ChatOrigin,
    ChatType,
    HiddenOrigin,
    History,
    Message,
    Origin,
    Person,
    Pinned,
    Quote,
    words_of,
)
from bot.sandbox.profile import Profile, in_language
from bot.sandbox.render import (
    BOT_VIEW,
    View,
    chat_json,
    content_json,
    entities_json,
    person_json,
)
from bot.sandbox.wire import Json, present

TELEGRAM: Final = 777000
"""The account that brings a channel's posts into its discussion group."""
GROUP_BOT: Final = 1087968824
"""The account that stands for a group's anonymous administrators."""
CHANNEL_BOT: Final = 136817688
"""The account that stands for a chat where Telegram must name a user."""
_OF_TELEGRAM: Final[Mapping[int, Json]] = {
    TELEGRAM: {"id": TELEGRAM, "is_bot": False, "first_name": "Telegram"},
    GROUP_BOT: {
        "id": GROUP_BOT,
        "is_bot": True,
        "first_name": "Group",
        "username": "GroupAnonymousBot",
    },
    CHANNEL_BOT: {
        "id": CHANNEL_BOT,
        "is_bot": True,
        "first_name": "Channel",
        "username": "Channel_Bot",
    },
}

_EXTERNAL: Final = (
    "link_preview_options", "photo", "document", "voice", "poll", "has_media_spoiler",
)  # fmt: skip
"""What an ExternalReplyInfo tells of a message."""


class Writer:
    """Knows the names behind the ids."""

    def __init__(
        self,
        profile: Profile,
        people: Mapping[int, Person],
        chats: Mapping[int, Chat],
        histories: Mapping[int, History],
    ) -> None:
        self._profile = profile
        self._people = people
        self._chats = chats
        self._histories = histories
        self._bot: Json = {"is_bot": True, "username": profile.username}

    def bot(self) -> Json:
        """The bot as a User.

        One and the same object, so that updates queued before the first token name it rightly.
        """
        name = in_language(self._profile.names, "")
        self._bot.update(id=self._profile.id or 0, first_name=name)
        return self._bot

    def user(self, account_id: int) -> Json:
        """The bot, a person or one of Telegram's own accounts as a User."""
        if account_id in self._people:
            return person_json(self._people[account_id])
        return dict(_OF_TELEGRAM[account_id]) if account_id in _OF_TELEGRAM else self.bot()

    def chat(self, chat: Chat) -> Json:
        """A Chat."""
        return chat_json(chat, self._people.get(chat.id))

    def member(self, account_id: int, member: Member) -> Json:
        """A ChatMember."""
        return member_json(member, self.user(account_id))

    def message(self, message: Message, view: View = BOT_VIEW, *, nested: bool = True) -> Json:
        """A Message. ``nested`` ones quote what they reply to, but not what that replied to."""
        mentioned = {person.id: person_json(person) for person in self._mentioned(message)}
        result: Json = {
            "message_id": message.id,
            "chat": self.chat(self._chats[message.chat_id]),
            "date": message.date,
        }
        result |= present(
            edit_date=message.edit_date,
            media_group_id=message.album_id,
            has_protected_content=message.protected,
            reply_markup=message.markup,
            message_thread_id=message.thread_id,
            is_topic_message=message.in_topic,
            is_automatic_forward=message.automatic,
            forward_origin=self._origin(message.origin) if message.origin else None,
        )
        if nested:
            result |= self._quoted(message, view)
        if isinstance(message.content, Pinned):
            result["pinned_message"] = self._pinned(message, message.content.message_id, view)
        return result | self._sender(message) | content_json(message, mentioned, view)

    def external(self, message: Message) -> Json:
        """An ExternalReplyInfo: of what is in another chat, what may be told here."""
        chat = self._chats[message.chat_id]
        result: Json = {"origin": self._origin(message.source)}
        if chat.type in {ChatType.SUPERGROUP, ChatType.CHANNEL}:
            result |= {"chat": self.chat(chat), "message_id": message.id}
        content = content_json(message, {}, BOT_VIEW)
        return result | {name: content[name] for name in _EXTERNAL if name in content}

    def _sender(self, message: Message) -> Json:
        if message.sender_chat_id is None:
            return {"from": self.user(message.sender_id)}
        name: Json = {"sender_chat": self.chat(self._chats[message.sender_chat_id])}
        if message.automatic:
            return name | {"from": self.user(TELEGRAM)}
        if self._chats[message.chat_id].type is ChatType.CHANNEL:
            return name
        return name | {"from": self.user(GROUP_BOT)}

    def _origin(self, origin: Origin) -> Json:
        match origin:
            case AccountOrigin(account_id, date):
                return {"type": "user", "sender_user": self.user(account_id), "date": date}
            case HiddenOrigin(name, date):
                return {"type": "hidden_user", "sender_user_name": name, "date": date}
            case ChatOrigin(chat_id, message_id, date):
                chat = self._chats[chat_id]
                if chat.type is not ChatType.CHANNEL:
                    return {"type": "chat", "sender_chat": self.chat(chat), "date": date}
                return {
                    "type": "channel",
                    "chat": self.chat(chat),
                    "message_id": message_id,
                    "date": date,
                }

    def _quoted(self, message: Message, view: View) -> Json:
        reply_to = message.reply_to
        if reply_to is None and view.topic_start and message.in_topic:
            reply_to = message.thread_id if message.thread_id != message.id else None
        quoted = self._histories[message.chat_id].messages.get(reply_to or 0)
        return present(
            reply_to_message=self.message(quoted, view, nested=False) if quoted else None,
            external_reply=message.external,
            quote=_quote_json(message.quote) if message.quote else None,
        )

    def _pinned(self, message: Message, message_id: int, view: View) -> Json:
        pinned = self._histories[message.chat_id].messages.get(message_id)
        if pinned is not None:
            return self.message(pinned, view, nested=False)
        gone = {"message_id": message_id, "date": 0}
        return {"chat": self.chat(self._chats[message.chat_id])} | gone

    def _mentioned(self, message: Message) -> list[Person]:
        ids = [entity.user_id or 0 for entity in words_of(message.content).entities]
        return [self._people[user_id] for user_id in ids if user_id in self._people]


def _quote_json(quote: Quote) -> Json:
    """A TextQuote."""
    entities = present(entities=entities_json(quote.body.entities, {}))
    return {"text": quote.body.text, "position": quote.position, "is_manual": True} | entities
