"""What an administrator can write after `/settings` or `/channel`."""

import re
from collections.abc import Collection
from datetime import date
from typing import Final

from msgspec import Struct

from bot.features.settings.button_data import Change, Field
from bot.features.settings.choices import MOST_SKIPPED
from bot.features.shared.chat_settings import LONGEST_OPEN_S, SHORTEST_OPEN_S
from bot.scheduling.times import parse_time
from bot.scheduling.zones import Fixed, Found, NoFixedZone, NotFound, SeveralZones, find_zone
from content.library import topic_slug
from content.model import Level

_DATE = re.compile(r"(19|20|21)\d\d-\d\d-\d\d")
_ALL: Final = frozenset({"all", "any", "every"})
_SPAN: Final = re.compile(r"(\d{1,5})\s*(m|min|minutes?|h|hours?|d|days?|)")
_SECONDS: Final = {"m": 60, "h": 60 * 60, "d": 24 * 60 * 60}
_NONE: Final = frozenset({"off", "none", "never", "no"})


class WhichZone(Struct, frozen=True):
    """A zone was meant, but not one of exactly this name; these are likely, if any."""

    zones: tuple[str, ...]


class WhichTopic(Struct, frozen=True):
    """Topics were meant, but not all are known: let the person choose."""


class NotUnderstood(Struct, frozen=True):
    """It says nothing that is known here."""


Wish = Change | WhichZone | WhichTopic | NotUnderstood


_AT_ONCE: Final = {
    "pause": Change(Field.PAUSED, "1"),
    "resume": Change(Field.PAUSED, "0"),
    "close": Change(Field.CLOSE, ""),
    "reveal": Change(Field.REVEAL, ""),
}


def read_wish(text: str, skipped: int, topics: Collection[str]) -> Wish:
    """The change that "time 7:30", "zone lima", "from 2026-12-01" or "until off" asks for.

    ``skipped`` times are to be skipped as things stand; ``topics`` are those that there are.
    """
    word, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    match word.casefold():
        case "time" | "at":
            return _time(rest)
        case "zone" | "timezone":
            return _zone(rest)
        case "from" | "start":
            return _date(Field.START, rest)
        case "until" | "to" | "end":
            return _date(Field.END, rest)
        case "skip":
            return _skip(rest, skipped)
        case "topic" | "topics":
            return _topics(rest, topics)
        case "level" | "levels":
            return _levels(rest)
        case "open":
            return _open(rest)
    return _AT_ONCE.get(text.strip().casefold(), NotUnderstood())


def _time(text: str) -> Change | NotUnderstood:
    minute = parse_time(text)
    return Change(Field.TIME, str(minute)) if isinstance(minute, int) else NotUnderstood()


def _skip(text: str, skipped: int) -> Change | NotUnderstood:
    """ "skip" skips one more time, "skip 3" the next three, "skip none" none."""
    if text.casefold() in _NONE:
        return Change(Field.SKIP, "0")
    number = int(text) if re.fullmatch(r"[0-9]{1,3}", text) else None if text else skipped + 1
    if number is None or number > MOST_SKIPPED:
        return NotUnderstood()
    return Change(Field.SKIP, str(number))


def _topics(text: str, topics: Collection[str]) -> Change | WhichTopic:
    if text.casefold() in _ALL:
        return Change(Field.TOPICS, "")
    named = {topic_slug(one) for one in text.split(",") if one.strip()}
    if not named or not named <= set(topics):
        return WhichTopic()
    return Change(Field.TOPICS, ",".join(sorted(named)))


def _levels(text: str) -> Change | NotUnderstood:
    """Levels in the singular or the plural, with commas or spaces between."""
    if text.casefold() in _ALL:
        return Change(Field.LEVELS, "")
    named = {one.removesuffix("s") for one in re.split(r"[,\s]+", text.casefold()) if one}
    if not named or not named <= {level.value for level in Level}:
        return NotUnderstood()
    return Change(Field.LEVELS, ",".join(sorted(named)))


def _open(text: str) -> Change | NotUnderstood:
    """ "10", "10 minutes", "2h" or "1 day"."""
    found = _SPAN.fullmatch(text.casefold())
    if found is None:
        return NotUnderstood()
    seconds = int(found[1]) * _SECONDS[found[2][:1] or "m"]
    if not SHORTEST_OPEN_S <= seconds <= LONGEST_OPEN_S:
        return NotUnderstood()
    return Change(Field.OPEN, str(seconds))


def _zone(text: str) -> Change | WhichZone:
    match find_zone(text):
        case Found(zone) | Fixed(zone):
            return Change(Field.ZONE, zone)
        case SeveralZones(zones) | NoFixedZone(_, zones) | NotFound(zones):
            return WhichZone(zones)


def _date(field: Field, text: str) -> Change | NotUnderstood:
    if text.casefold() in _NONE:
        return Change(field, "")
    try:
        return (
            Change(field, date.fromisoformat(text).isoformat())
            if _DATE.fullmatch(text)
            else NotUnderstood()
        )
    except ValueError:
        return NotUnderstood()
