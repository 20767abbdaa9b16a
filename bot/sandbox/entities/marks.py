"""What the markup modes have in common: links, emoji and times, and how they are refused."""

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.entities.links import checked_url, mentioned_user
from bot.sandbox.model import Entity

_IDENTIFIER: Final = re.compile(r"0*[1-9][0-9]{0,18}")
_WRONG_TARGET: Final = "Invalid tg://emoji or tg://time URL specified"
_PARTS: Final = {"w": 0, "W": 0, "d": 1, "D": 1, "t": 2, "T": 2}
"""The letters of a time's format, each with its place in the format as Telegram writes it."""


class MarkupError(ValueError):
    """Markup that Telegram refuses; the message is Telegram's."""


def linked(target: str, offset: int, length: int) -> list[Entity]:
    """A link or a mention, nothing where Telegram would drop the link."""
    if (user := mentioned_user(target)) is not None:
        return [Entity("text_mention", offset, length, user_id=user)]
    url = checked_url(target)
    return [] if url is None else [Entity("text_link", offset, length, url=url)]


def custom_emoji(identifier: str, offset: int, length: int) -> Entity:
    """An emoji that stands for another one. Raises MarkupError."""
    if not _IDENTIFIER.fullmatch(identifier):
        raise MarkupError("Invalid custom emoji identifier specified")
    return Entity("custom_emoji", offset, length, custom_emoji_id=identifier.lstrip("0"))


def date_time(unix: str, wanted: str, offset: int, length: int) -> list[Entity]:
    """A time for the reader's own zone, nothing where there is no such time. Raises MarkupError."""
    form = date_time_format(wanted)
    number = re.match(r"[0-9]*", unix)
    seconds = int(number[0]) if number and number[0] else 0
    if not 0 < seconds < 2**31:
        return []
    return [Entity("date_time", offset, length, unix_time=seconds, date_time_format=form)]


def date_time_format(wanted: str) -> str:
    """How to write a time: ``r``, or day of the week, date and time in this order.

    Of a short and a long form the short one counts. Raises MarkupError.
    """
    if wanted in {"r", "R"}:
        return "r"
    if not _PARTS.keys() >= set(wanted):
        raise MarkupError("Invalid date format used")
    parts = {_PARTS[letter]: letter for letter in sorted(wanted)}
    return "".join(letter if place else "w" for place, letter in sorted(parts.items()))


def emoji_or_time(url: str, offset: int, length: int) -> list[Entity]:
    """What ``tg://emoji?id=`` or ``tg://time?unix=&format=`` means. Raises MarkupError."""
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if (
        parts.scheme == "tg"
        and parts.netloc == "emoji"
        and _IDENTIFIER.fullmatch(query.get("id", ""))
    ):
        return [custom_emoji(query["id"], offset, length)]
    if parts.scheme == "tg" and parts.netloc == "time" and query.get("unix", "").isdecimal():
        return date_time(query["unix"], query.get("format", ""), offset, length)
    raise MarkupError(_WRONG_TARGET)
