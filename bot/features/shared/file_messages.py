"""Messages with a file that is made when they are sent; where that fails, a sentence comes instead.

A picture's or a workbook's caption is plain text, and ``instead`` is written as all sentences are.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import to_builtins
from msgspec.structs import replace

from bot.files.progress_picture import ProgressPicture
from bot.files.report_picture import ReportPicture
from bot.files.workbook import Workbook, person_cell
from content.markup import parse, to_html
from storage.outcome import OwedCall, Quote


def picture_message(
    chat_id: int, shown: ProgressPicture | ReportPicture, caption: str, instead: str
) -> OwedCall:
    """A drawn picture."""
    return _message(chat_id, "photo", {"$chart": to_builtins(shown)}, caption, instead)


def qr_message(chat_id: int, address: str, html: str, instead: str) -> OwedCall:
    """The QR code of an address; its caption and what comes instead are HTML."""
    photo = {"$qr": address, "instead": instead}
    params = {"photo": photo, "caption": html, "parse_mode": "HTML"}
    return OwedCall(chat_id, "sendPhoto", params)


def workbook_message(
    chat_id: int, shown: Workbook, named: Mapping[int, str], caption: str, instead: str
) -> OwedCall:
    """A workbook for one person's eyes.

    Who is ``named`` in it, in cells made by ``person_cell`` alone, is taken out with their rows if
    they have themselves erased before it is sent.
    """
    call = _message(chat_id, "document", {"$workbook": to_builtins(shown)}, caption, instead)
    quotes = (Quote(person_id, person_cell(person_id, name)) for person_id, name in named.items())
    return replace(call, quotes=tuple(quotes))


def _message(
    chat_id: int, kind: str, value: Mapping[str, Any], caption: str, instead: str
) -> OwedCall:
    params = {kind: {**value, "instead": to_html(parse(instead))}, "caption": caption}
    return OwedCall(chat_id, f"send{kind.capitalize()}", params)
