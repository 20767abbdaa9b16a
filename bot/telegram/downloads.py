"""Files that people sent, fetched from Telegram."""

import asyncio
from enum import Enum, auto
from typing import Final
from urllib.parse import quote

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.telegram import bot_api

LARGEST: Final = 20 * 1024 * 1024
"""Bytes: Telegram gives bots no larger files."""
WITHIN_S: Final = 120.0  # the system's seconds for a whole file
STALLED_S: Final = 20.0  # the system's seconds without a byte


class NoFile(Enum):
    """Why a file cannot be had."""

    TOO_BIG = auto()
    GONE = auto()  # Telegram does not know it, or not any more
    UNREACHABLE = auto()  # perhaps later


class DownloadError(Exception):
    """There is no file. It tells of no address, which would hold the token."""

    def __init__(self, why: NoFile) -> None:
        super().__init__(why.name)
        self.why = why


async def download_file(bot: Bot, file_id: str, at_most: int = LARGEST) -> bytes:
    """The bytes of a file, so many at most. Raises DownloadError.

    It may take minutes: nobody may wait for it who holds up others (``jobs.fetch_files``).
    """
    path = await _path_of(bot, file_id, at_most)
    try:
        async with asyncio.timeout(WITHIN_S):
            content = await bot.request.retrieve(
                f"{bot.base_file_url}/{quote(path)}",
                read_timeout=STALLED_S,
                write_timeout=WITHIN_S,
                connect_timeout=STALLED_S,
                pool_timeout=STALLED_S,
            )
    except (BadRequest, InvalidToken):
        # Of addresses Telegram says "not found" where there is nothing any more.
        raise DownloadError(NoFile.GONE) from None
    except (TelegramError, TimeoutError):
        raise DownloadError(NoFile.UNREACHABLE) from None
    if len(content) > at_most:
        raise DownloadError(NoFile.TOO_BIG)
    return content


async def _path_of(bot: Bot, file_id: str, at_most: int) -> str:
    """Where a file lies at Telegram, if it is no larger. Raises DownloadError."""
    match await bot_api.call(bot, "getFile", {"file_id": file_id}):
        case bot_api.Done({"file_size": int(size)}) if size > at_most:
            raise DownloadError(NoFile.TOO_BIG)
        case bot_api.Done({"file_path": str(path)}):
            return path
        case bot_api.Wrong(description) if "too big" in description:
            raise DownloadError(NoFile.TOO_BIG)
        case bot_api.Done() | bot_api.Wrong() | bot_api.NotAllowed():
            raise DownloadError(NoFile.GONE)
        case _:
            raise DownloadError(NoFile.UNREACHABLE)
