"""Files that show people's numbers, and codes of links: owed as what they show, made when sent.

So nothing of such a file is kept, neither here nor, by a file_id, for others; what is owed goes
with its person and survives any end of the bot.
"""

import logging
import re
from typing import Any

from msgspec.structs import replace

from bot.files.file_process import CannotMakeError, FileProcess
from bot.files.qr_code import qr_code
from storage.outbox import OwedRow

log = logging.getLogger(__name__)

_NO_NAME = re.compile(r"[\x00-\x1f\x7f/\\\"]+")  # what no file's name holds
_PLACE = ("message_thread_id", "reply_parameters", "reply_markup")


async def with_made_files(row: OwedRow, process: FileProcess) -> OwedRow:
    """The call with its file made; where that fails, the sentence that stands for it."""
    for name, value in row.params.items():
        match value:
            case {"instead": str(html)}:
                try:
                    file = await _made(value, process)
                except (CannotMakeError, ValueError) as error:
                    log.error("A file could not be made: %s.", error)
                    there = {key: row.params[key] for key in _PLACE if key in row.params}
                    params = {**there, "text": html, "parse_mode": "HTML"}
                    return replace(row, method="sendMessage", params=params)
                return replace(row, params={**row.params, name: {"$file": file}})
    return row


async def _made(value: dict[str, Any], process: FileProcess) -> dict[str, Any]:
    """The file's name and its bytes. Raises CannotMakeError, ValueError."""
    match value:
        case {"$chart": dict(shown)}:
            return {"name": "picture.png", "content": await process.make(shown)}
        case {"$workbook": {"file_name": str(name)} as shown}:
            return {"name": _NO_NAME.sub(" ", name), "content": await process.make(shown)}
        case {"$qr": str(link)}:
            return {"name": "code.png", "content": qr_code(link)}
    raise CannotMakeError("nobody knows what it is")
