"""Finding the time zone that a person means: by its name, a city, an abbreviation, a UTC offset."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct

from bot.scheduling.zone_names import BY_PART_OF_HOUR, BY_WORDS

MOST_SUGGESTIONS: Final = 5
_NOT_PLACES = frozenset({"Factory", "localtime"})
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-\u2212\u2013])\s*(\d{1,2})(?::?([0-5]\d))?(?:\s*h)?")


class Found(Struct, frozen=True):
    """The one zone that fits, by its name in the zone database."""

    zone: str


class Fixed(Struct, frozen=True):
    """A zone that is always this far from UTC: it follows no summer time, which a city's does."""

    zone: str


class SeveralZones(Struct, frozen=True):
    """The words fit more than one zone: let the person choose; the likeliest come first."""

    zones: tuple[str, ...]


class NoFixedZone(Struct, frozen=True):
    """The database has no zone that is always this far from UTC; ``zones`` are at times, if any.

    It has them for whole hours from -12 to +14.
    """

    offset_minutes: int
    zones: tuple[str, ...]


class NotFound(Struct, frozen=True):
    """Nothing fits; ``suggestions`` are the zones with the most similar names, if any."""

    suggestions: tuple[str, ...]


@cache
def known_zones() -> frozenset[str]:
    """The names in the zone database, of the system or else of ``tzdata``, that mean a place."""
    return frozenset(available_timezones() - _NOT_PLACES)


def zone_named(name: str) -> ZoneInfo:
    """The zone of exactly this name. Raises ValueError, with a sentence, where there is none."""
    if name not in known_zones():
        raise ValueError(f"there is no time zone {name!r}; a name looks like Europe/Berlin")
    return ZoneInfo(name)


def find_zone(text: str) -> Found | Fixed | SeveralZones | NoFixedZone | NotFound:
    """The zone that a person means by "Europe/berlin", "new york", "EST" or "UTC+5:30"."""
    written = unicodedata.normalize("NFKC", text).strip().casefold()
    if offset := _OFFSET.fullmatch(written):
        sign = 1 if offset[1] == "+" else -1
        return _at_offset(sign * (int(offset[2]) * 60 + int(offset[3] or 0)))
    if (name := _by_name().get(written)) and written not in BY_WORDS:
        return Found(name)
    # "Berlin, Germany" says nothing more about the zone than "Berlin" does.
    for part in (written, written.partition(",")[0]):
        if zones := _by_words().get(words(part)):
            return Found(zones[0]) if len(zones) == 1 else SeveralZones(zones)
    return NotFound(_similar(words(written)))


def words(text: str) -> str:
    """A name as its bare words: "São_Paulo", "sao paulo" and "SAO-PAULO" are the same."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(
        sign for sign in bare if not unicodedata.combining(sign) and sign not in "'’."
    )
    return " ".join(re.findall(r"\w+", letters.replace("_", " ")))


def label(zone: str) -> str:
    """A zone's name for people: "New York" for America/New_York, "UTC+5" for Etc/GMT-5."""
    area, _, place = zone.partition("/")
    if fixed := re.fullmatch(r"GMT([+-])([1-9]\d?)", place if area == "Etc" else ""):
        # The signs of these names are those of POSIX: west of Greenwich is positive.
        return f"UTC{'-' if fixed[1] == '+' else '+'}{fixed[2]}"
    return zone.rpartition("/")[2].replace("_", " ")


def _at_offset(minutes: int) -> Fixed | NoFixedZone:
    """The zone that is always this many minutes ahead of UTC."""
    hours, rest = divmod(minutes, 60)
    if rest or not -12 <= hours <= 14:
        return NoFixedZone(minutes, BY_PART_OF_HOUR.get(minutes, ()))
    return Fixed(f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC")


@cache
def _by_name() -> Mapping[str, str]:
    """The zones by their names without regard to case."""
    return {name.casefold(): name for name in known_zones()}


@cache
def _by_words() -> Mapping[str, tuple[str, ...]]:
    """The zones by the words of their whole names, of their cities, and of what people call them.

    Where a city stands both directly under its continent and under its country, as Buenos Aires
    does, the former is the older name of the same zone and left out. So are the zones of a fixed
    offset: without its sign, which words lack, an offset is two.
    """
    ends: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(known_zones(), key=lambda name: (-name.count("/"), name)):
        if name.startswith("Etc/"):
            continue
        parts = name.split("/")
        for start in range(len(parts)):
            namesakes = ends[words(" ".join(parts[start:]))]
            if not any(other.count("/") > name.count("/") for other in namesakes):
                namesakes.append(name)
    return {key: tuple(zones) for key, zones in ends.items()} | dict(BY_WORDS)


def _similar(key: str) -> tuple[str, ...]:
    """The zones whose words are most like these, the likest first."""
    close: Iterable[str] = get_close_matches(key, _by_words(), MOST_SUGGESTIONS, cutoff=0.7)
    zones = dict.fromkeys(zone for match in close for zone in _by_words()[match])
    return tuple(zones)[:MOST_SUGGESTIONS]
