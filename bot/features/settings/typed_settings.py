"""What an administrator can write after `/settings` or `/channel`."""

import re
from datetime import date
from typing import Final

from msgspec import Struct

from bot.features.settings.button_data import Change, Field
from bot.scheduling.times import parse_time
from bot.scheduling.zones import Fixed, Found, NoFixedZone, NotFound, Several, find_zone

_DATE = re.compile(r"(19|20|21)\d\d-\d\d-\d\d")
_NONE: Final = frozenset({"off", "none", "never", "no"})


class WhichZone(Struct, frozen=True):
    """A zone was meant, but not one of exactly this name; these are likely, if any."""

    zones: tuple[str, ...]


class NotUnderstood(Struct, frozen=True):
    """It says nothing that is known here."""


def read_wish(text: str) -> Change | WhichZone | NotUnderstood:
    """The change that "time 7:30", "zone lima", "from 2026-12-01" or "until off" asks for."""
    word, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    match word.casefold():
        case "time" | "at":
            minute = parse_time(rest)
            return Change(Field.TIME, str(minute)) if isinstance(minute, int) else NotUnderstood()
        case "zone" | "timezone":
            return _zone(rest)
        case "from" | "start":
            return _date(Field.START, rest)
        case "until" | "to" | "end":
            return _date(Field.END, rest)
    return NotUnderstood()


def _zone(text: str) -> Change | WhichZone:
    match find_zone(text):
        case Found(zone) | Fixed(zone):
            return Change(Field.ZONE, zone)
        case Several(zones) | NoFixedZone(_, zones) | NotFound(zones):
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
