"""What the buttons of a settings message send back: ``s:<chat>:<field>:<value>``.

``<chat>`` is empty where the message stands in the chat that it sets up. A value says what shall
be, not what shall change, so that a press counts the same however often it comes.
"""

import hashlib
from enum import StrEnum

from msgspec import Struct

from bot.features.shared.messages import Button, press

SETTINGS = "s:"


class Page(StrEnum):
    """The faces of a settings message."""

    MAIN = "main"
    LAYOUT = "layout"
    OPEN = "open"
    RESULTS = "results"
    MEMBERS = "members"
    TOPICS = "topics"
    LEVELS = "levels"
    SCHEDULE = "times"
    HOUR = "hour"
    MINUTE = "minute"
    ZONE = "zone"
    QUEUE = "preview"
    QUEUED = "queued"  # its part is a case's code
    PICK = "pick"  # its part: what for, a topic's key, and the number of a page
    OPEN_NOW = "asked"
    LATEST = "latest"
    POST = "post"  # its part is a case's code, or nothing
    LANGUAGE = "lang"
    DONE = "done"


class Field(StrEnum):
    """What a press can set, or do."""

    GO = "go"  # show a page; the value is its name, and after a colon which part of it
    LAYOUT = "lay"
    OPEN = "open"  # seconds
    EXPLANATION = "exp"
    RESULTS = "res"
    HIDE = "hide"  # 0 or 1, as in the following
    MEMBERS = "mem"
    CASES_A_DAY = "aday"  # that each member may ask for; 0: administrators alone
    LEADERBOARD = "board"
    DIGEST = "dig"
    PAUSED = "pause"
    THREAD = "thr"  # here or any
    TOPICS = "tops"  # their names, comma between; written, on no button
    TOPIC = "top"  # a topic's key, and after a colon 0 or 1; nothing: all topics
    LEVELS = "levs"  # as with topics
    LEVEL = "lev"  # the same with a level
    ZONE = "zone"  # a name of the zone database
    LANGUAGE = "lang"  # a code
    DAY = "day"  # 0 (Monday) to 6, and after a colon 0 or 1
    DAYS = "days"  # all, work or none
    TIME = "time"  # minutes after midnight
    START = "from"  # an ISO date, or nothing
    END = "til"
    SKIP = "skip"  # how many of the next due times
    POST = "post"  # how many cases the chat had when the button was made, and perhaps a code
    QUEUE = "queue"  # a case's code, and after a colon its place in the queue; 0: none
    SHOW = "show"  # a case's code
    CLOSE = "close"  # a question; nothing: the one that is open
    REVEAL = "reveal"  # the same
    HAD = "had"  # the code of a case whose results are asked for
    REPORT = "report"  # the chat's report is asked for; no value


_FIELDS = frozenset(field.value for field in Field)


class Change(Struct, frozen=True):
    """One field and its new value, as text from a button or a command."""

    field: Field
    value: str


class SettingsPress(Struct, frozen=True):
    """A button's meaning; ``chat_id`` None: the chat where it stands."""

    chat_id: int | None
    change: Change

    @classmethod
    def parse(cls, data: str) -> "SettingsPress | None":
        """Read what ``data`` wrote; None for anything else, since people can send anything."""
        if not data.startswith(SETTINGS):
            return None
        chat, _, rest = data.removeprefix(SETTINGS).partition(":")
        name, _, value = rest.partition(":")
        if name not in _FIELDS or not (chat == "" or _is_chat_id(chat)):
            return None
        return cls(int(chat) if chat else None, Change(Field(name), value))


class Buttons(Struct, frozen=True):
    """Makes the buttons of one settings message."""

    chat_id: int | None

    def data(self, field: Field, value: object) -> str:
        """What a button that sets a field sends back."""
        return f"{SETTINGS}{self.chat_id or ''}:{field}:{value}"

    def set(self, label: str, field: Field, value: object) -> Button:
        """A button that sets a field."""
        return press(label, self.data(field, value))

    def go(self, label: str, page: Page, part: object = None) -> Button:
        """A button that shows a page, or a part of it."""
        return self.set(label, Field.GO, page if part is None else f"{page}:{part}")


def topic_key(topic: str) -> str:
    """A short name of a topic: a button cannot hold the longest topics."""
    return hashlib.sha256(topic.encode()).hexdigest()[:10]


def _is_chat_id(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and 0 < len(digits) <= 18
