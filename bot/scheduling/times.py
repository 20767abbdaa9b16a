"""Reading a time of day as people write it."""

import re
import unicodedata

from msgspec import Struct

_TIME = re.compile(
    r"(?P<hour>\d{1,2}?)"
    r"(?:\s*(?:[:.,h]|uhr|\s)\s*(?P<minute>\d\d)|(?P<together>\d\d))?"
    r"\s*(?:h|hs|hrs|uhr)?\.?"
    r"\s*(?P<half>[ap])?(?(half)\s*\.?\s*m\s*\.?)"
)


class Unreadable(Struct, frozen=True):
    """The text is not a time of day in any way of writing that is known here."""


class NoSuchTime(Struct, frozen=True):
    """The text reads as a time of day, but no clock shows it: 24:00, 7:75, 13 pm."""


def parse_time(text: str) -> int | Unreadable | NoSuchTime:
    """The minutes after midnight: of "7:30", "07.30", "0730", "7", "19h30", "7:30 pm", "7 Uhr 30".

    Without am or pm the hours are those of the 24-hour clock. Minutes need two digits: "7:5"
    could mean either of two times.
    """
    match = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip().casefold())
    if match is None:
        return Unreadable()
    hour, minute = int(match["hour"]), int(match["minute"] or match["together"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return NoSuchTime()
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else NoSuchTime()
