"""Telegram's things as values: people, chats, messages and what they carry.

Times are UTC seconds, as in the Bot API, unless a name says milliseconds.
"""

from enum import StrEnum
from typing import Final, TypeAlias

from msgspec import Struct, field

from bot.sandbox.media import Attachment, Picture, PollMedia, StoredFile
from bot.sandbox.membership import NOBODY, Member
from bot.sandbox.wire import Json


class ChatType(StrEnum):
    """The Bot API's chat types."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class Person(Struct, frozen=True):
    """Someone with a Telegram account."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None


class Topic(Struct):
    """A topic of a forum; its id is that of the message that tells of its making."""

    id: int
    name: str
    color: int
    maker_id: int
    closed: bool = False


class Chat(Struct):
    """A conversation. A private chat has the id of its person."""

    id: int
    type: ChatType
    title: str | None = None
    started: bool = False
    """Whether the person of a private chat ever wrote: only then may the bot write."""
    blocked: bool = False
    pinned: list[int] = field(default_factory=list)
    username: str | None = None
    members: dict[int, Member] = field(default_factory=dict)
    """The people of a chat of several, by id; also those who left or were removed."""
    bot: Member = NOBODY
    """The bot's own standing in a chat of several."""
    is_forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    linked_id: int | None = None
    """A channel's discussion group, or a discussion group's channel."""
    brought: dict[int, int] = field(default_factory=dict)
    """A channel's posts, each with its copy in the discussion group."""
    migrated_to: int | None = None
    """The supergroup that a group became."""

    @property
    def shared(self) -> bool:
        """Whether it may have several people in it."""
        return self.type is not ChatType.PRIVATE


class Entity(Struct, frozen=True):
    """A stretch of formatted text; offset and length in UTF-16 units, as Telegram counts."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    user_id: int | None = None
    unix_time: int | None = None
    date_time_format: str = ""


class Formatted(Struct, frozen=True):
    """Text with its entities, parsed and within Telegram's limits."""

    text: str
    entities: tuple[Entity, ...] = ()


NOTHING: Final = Formatted("")


class Text(Struct, frozen=True):
    """A text message."""

    body: Formatted
    link_preview_options: Json | None = None


class Photo(Struct, frozen=True):
    """A photo message."""

    picture: Picture
    caption: Formatted = NOTHING
    above: bool = False
    spoiler: bool = False


class Document(Struct, frozen=True):
    """A file message."""

    file: StoredFile
    caption: Formatted = NOTHING


class Voice(Struct, frozen=True):
    """A voice message."""

    note: Attachment
    caption: Formatted = NOTHING


class PollOption(Struct, frozen=True):
    """One answer of a poll."""

    persistent_id: str
    text: str
    media: PollMedia | None = None


class Poll(Struct):
    """A poll as sent, and the votes so far: person to chosen positions, in rising order."""

    id: str
    question: str
    options: tuple[PollOption, ...]
    quiz: bool
    anonymous: bool
    multiple: bool
    revoting: bool
    shuffled: bool
    results_hidden: bool
    members_only: bool = False
    country_codes: tuple[str, ...] = ()
    correct: tuple[int, ...] = ()
    explanation: Formatted = NOTHING
    explanation_media: PollMedia | None = None
    description: Formatted = NOTHING
    media: PollMedia | None = None
    open_period: int | None = None
    close_date: int | None = None
    closed: bool = False
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)


class PollCard(Struct, frozen=True):
    """A poll message. Forwards share the poll; hence two messages can show one."""

    poll: Poll


class Service(Struct, frozen=True):
    """Something that happened in a chat, as the fields of a Message that tell of it."""

    fields: Json


class Pinned(Service, frozen=True):
    """A message was pinned."""

    message_id: int


Content: TypeAlias = Text | Photo | Document | Voice | PollCard | Service


def words_of(content: Content) -> Formatted:
    """The text of a message, or its caption."""
    match content:
        case Text(body):
            return body
        case Photo(caption=body) | Document(caption=body) | Voice(caption=body):
            return body
        case _:
            return NOTHING


class AccountOrigin(Struct, frozen=True):
    """A forwarded message's author and the time of the original."""

    account_id: int
    date: int


class ChatOrigin(Struct, frozen=True):
    """The chat in whose name a forwarded message was sent: a channel, or a group's own admins."""

    chat_id: int
    message_id: int
    date: int


class HiddenOrigin(Struct, frozen=True):
    """The name of a forwarded message's author who does not let the account be told."""

    name: str
    date: int


Origin: TypeAlias = AccountOrigin | ChatOrigin | HiddenOrigin


class Quote(Struct, frozen=True):
    """The part of a message that an answer is about, and where it begins in UTF-16 units."""

    body: Formatted
    position: int


class Draft(Struct, frozen=True):
    """A message about to be posted."""

    content: Content
    reply_to: int | None = None
    quote: Quote | None = None
    external: Json | None = None
    """What it replies to in another chat, as an ExternalReplyInfo."""
    markup: Json | None = None
    """An inline keyboard, as in the Bot API."""
    keys: Json | None = None
    """Any other reply markup, which changes what people can press below the chat."""
    origin: Origin | None = None
    album_id: str | None = None
    protected: bool = False
    thread_id: int | None = None
    in_topic: bool = False
    """Whether the thread is a topic of a forum, not the comments on something."""
    sender_chat_id: int | None = None
    """The chat in whose name it is sent: a channel, or a group whose admin is anonymous."""
    automatic: bool = False
    """Whether it is a channel's post as it appears in the discussion group."""


class Message(Draft, frozen=True, kw_only=True):
    """A message as it stands now; an edit puts a new value in its place."""

    id: int
    chat_id: int
    sender_id: int
    """A person's id, or the bot's."""
    date: int
    edit_date: int | None = None

    @property
    def source(self) -> Origin:
        """Where a copy of it says that it comes from."""
        if self.origin is not None:
            return self.origin
        if self.sender_chat_id is None:
            return AccountOrigin(self.sender_id, self.date)
        return ChatOrigin(self.sender_chat_id, self.id, self.date)


class History(Struct):
    """The messages of a chat in rising order of their ids, and what was on their buttons."""

    messages: dict[int, Message] = field(default_factory=dict)
    buttons: dict[int, set[str]] = field(default_factory=dict)
    next_id: int = 1
    """For chats that number their messages themselves."""
