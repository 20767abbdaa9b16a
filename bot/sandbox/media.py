"""Files, photos and places as values: what messages and polls carry beside text."""

from dataclasses import dataclass, field
from typing import TypeAlias

from bot.sandbox.wire import Json


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Bytes that Telegram keeps, under an id that can be sent again."""

    file_id: str
    unique_id: str
    path: str
    data: bytes = field(repr=False)
    content_type: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class PictureSize:
    """One of the sizes in which Telegram keeps a photo, in pixels."""

    width: int
    height: int
    file: StoredFile


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo in all its sizes, smallest first."""

    sizes: tuple[PictureSize, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A web page attached to a poll's option."""

    url: str


@dataclass(frozen=True, slots=True)
class Place:
    """A location, or a venue when ``venue`` holds what else the Bot API tells of one."""

    location: Json
    venue: Json | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is more than a document: an animation, audio, live photo, sticker or video.

    ``details`` are the Bot API's fields for its kind, beside those that every file has.
    """

    kind: str
    file: StoredFile
    details: Json
    still: Picture | None = None
    """The static side of a live photo."""


PollMedia: TypeAlias = Picture | StoredFile | Attachment | Link | Place
