"""Files, photos and places as values: what messages and polls carry beside text."""

from typing import Final, TypeAlias

from msgspec import Struct

from bot.sandbox.wire import Json

ALBUM: Final = range(2, 11)
"""How many photos or documents an album may have."""


class StoredFile(Struct, frozen=True):
    """Bytes that Telegram keeps, under an id that can be sent again."""

    file_id: str
    unique_id: str
    path: str
    data: bytes
    content_type: str
    name: str | None = None

    def __repr__(self) -> str:
        return f"StoredFile({self.path!r}, {len(self.data)} bytes)"


class PictureSize(Struct, frozen=True):
    """One of the sizes in which Telegram keeps a photo, in pixels."""

    width: int
    height: int
    file: StoredFile


class Picture(Struct, frozen=True):
    """A photo in all its sizes, smallest first."""

    sizes: tuple[PictureSize, ...]


class Link(Struct, frozen=True):
    """A web page attached to a poll's option."""

    url: str


class Place(Struct, frozen=True):
    """A location, or a venue when ``venue`` holds what else the Bot API tells of one."""

    location: Json
    venue: Json | None = None


class Attachment(Struct, frozen=True):
    """More than a document: an animation, audio, a live photo, sticker, video or voice message.

    ``details`` are the Bot API's fields for its kind, beside those that every file has.
    """

    kind: str
    file: StoredFile
    details: Json
    still: Picture | None = None
    """The static side of a live photo."""


PollMedia: TypeAlias = Picture | StoredFile | Attachment | Link | Place
