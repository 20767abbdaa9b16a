"""Texts from the environment as values; a ValueError's words go on after the setting's name."""

from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.base.listen_address import HEALTH, LIVE, METRICS, READINESS

_LONGEST_KEPT_DAYS = 36_500  # a century


def server(text: str) -> str:
    if not _is_address(text):
        raise ValueError("must be an address like http://127.0.0.1:8081")
    return text.rstrip("/")


def webhook(text: str) -> str:
    if not _is_address(text):
        raise ValueError("must be an address like https://bot.example.org/telegram")
    path = urlsplit(text).path
    if path in {HEALTH, READINESS, METRICS, LIVE} or path.startswith(f"{LIVE}/"):
        raise ValueError(f"must have another path: the bot itself answers at {path}")
    return text


def public_url(text: str) -> str:
    parts = urlsplit(text) if _is_address(text) else None
    if parts is None or parts.query or parts.fragment or parts.username is not None:
        raise ValueError("must be an address like https://bot.example.org or one with a path")
    return text.rstrip("/")


def _is_address(text: str) -> bool:
    try:
        address = urlsplit(text)
        return address.scheme in {"http", "https"} and bool(address.hostname) and address.port != 0
    except ValueError:
        return False


def days(shortest: int, text: str) -> int:
    days = text.strip()
    known = days.isascii() and days.isdigit()
    if not (known and shortest <= int(days) <= _LONGEST_KEPT_DAYS):
        raise ValueError(
            f"must be a whole number of days, {shortest} or more, up to {_LONGEST_KEPT_DAYS}"
        )
    return int(days)


def switch(text: str) -> bool:
    word = text.lower()
    if word not in _ON | _OFF:
        raise ValueError("must be on or off")
    return word in _ON


def watch(text: str) -> bool:
    return text.lower() == POLL or switch(text)


def admins(text: str) -> frozenset[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError("must be Telegram ids, e.g. 12345678,87654321")
    return frozenset(map(int, parts))


def lookups(text: str) -> frozenset[str]:
    named = frozenset(part.strip().lower() for part in text.split(",") if part.strip())
    if named - {"crossref", "pubmed"} - _OFF:
        raise ValueError("must be crossref, pubmed, or both: crossref,pubmed; or off")
    return named - _OFF


def zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError("must be a time zone's name, e.g. Europe/Berlin") from None


def one_of(words: Collection[str], text: str) -> str:
    if text not in words:
        *others, last = map(repr, map(str, words))
        raise ValueError(f"must be {', '.join(others)} or {last}")
    return text


_ON: Final = frozenset({"on", "true", "yes", "1", "t", "y"})


_OFF: Final = frozenset({"off", "false", "no", "0", "f", "n"})


POLL: Final = "poll"  # once there was another way to watch
