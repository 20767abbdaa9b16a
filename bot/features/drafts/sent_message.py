"""A message of an author's, and what it is waited for as."""

from enum import Enum, auto
from typing import Final

from msgspec import Struct

from bot.base.time_units import DAY_MS
from bot.features.drafts.parts import WantedPart
from bot.features.shared.written_words import written
from bot.services import Services
from storage.flags import AwaitedCommand
from storage.sent_file_facts import FileSent

PART_AWAITED_MS: Final = DAY_MS
"""How long what was asked for is waited for: ms."""
_LONGEST_COMMAND = 64  # characters; what begins with a slash and is longer is text


class MessageKind(Enum):
    """What a message is."""

    WORDS = auto()
    PICTURE = auto()
    OTHER = auto()


class SentMessage(Struct, frozen=True):
    """A message in private: its words, or those below what it shows.

    ``file`` is what is to be fetched of a document, whose ``size`` is in bytes, 0 where unknown.
    ``photo`` is Telegram's name for a picture in its largest size. ``mime`` is what the sender's
    app says of a document, or ``video/`` or ``sticker``.
    """

    message_id: int
    text: str
    kind: MessageKind = MessageKind.WORDS
    file: FileSent | None = None
    size: int = 0
    photo: str = ""
    mime: str = ""

    @property
    def words(self) -> str:
        """The words as they are kept."""
        return written(self.text)

    @property
    def is_command(self) -> bool:
        """Whether it is written as a command, known or not."""
        text = self.text.strip()
        return text.startswith("/") and "\n" not in text and len(text) <= _LONGEST_COMMAND


async def wanted_of(services: Services, person_id: int) -> WantedPart | None:
    """What a person is to send of a case, if anything."""
    awaited = await services.store.flags.awaited(person_id)
    if not isinstance(awaited, AwaitedCommand):
        return None
    recent = services.clock.now() - awaited.asked_at <= PART_AWAITED_MS
    return WantedPart.parse(awaited.command) if recent else None
