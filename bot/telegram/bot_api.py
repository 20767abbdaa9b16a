"""One way to call the Bot API, with every kind of answer a value."""

import os
import warnings
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from msgspec import Struct
from telegram import Bot, InputFile, InputMedia, InputMediaDocument, InputMediaPhoto
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.warnings import PTBUserWarning

# Asked of python-telegram-bot: time spans as timedelta, without a warning at each.
os.environ.setdefault("PTB_TIMEDELTA", "1")
# Methods are named by the outbox, so that each call goes the same way, old methods and new.
warnings.filterwarnings("ignore", r"Please use 'Bot\.", PTBUserWarning)


class Done(Struct, frozen=True):
    """The method's result, as JSON."""

    result: Any


class TooMany(Struct, frozen=True):
    """A limit was met; wait this many seconds."""

    retry_after: float


class GroupUpgraded(Struct, frozen=True):
    """The group became a supergroup with this id."""

    new_chat_id: int


class NotAllowed(Struct, frozen=True):
    """403: blocked, removed, without rights."""

    description: str


class Wrong(Struct, frozen=True):
    """400 or 404: this call will never be taken as it is."""

    description: str


class UpdatesTaken(Struct, frozen=True):
    """409: another copy of the bot is fetching updates, or a webhook is set."""

    description: str

    @property
    def by_webhook(self) -> bool:
        """Whether a webhook gets the updates."""
        return "webhook is active" in self.description


class BadToken(Struct, frozen=True):
    """401: Telegram does not know the token (any more)."""


class NoAnswer(Struct, frozen=True):
    """A network error, a time-out or a server error: it may have been done all the same."""

    description: str


Reply = Done | TooMany | GroupUpgraded | NotAllowed | Wrong | UpdatesTaken | BadToken | NoAnswer


def wait_of(error: RetryAfter) -> float:
    """The seconds that Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


async def call(
    bot: Bot,
    method: str,
    params: Mapping[str, Any],
    files: Mapping[str, InputFile] | None = None,
    timeout: float = 15.0,  # noqa: ASYNC109 - handed on to the HTTP client
) -> Reply:
    """Call a method by its Bot API name; files are parts that ``params`` name as attach://part.

    ``timeout`` is in the system's seconds, for reading and (with files) writing.
    """
    try:
        return Done(
            await bot.do_api_request(
                method,
                {**_with_album(params), **(files or {})},
                read_timeout=timeout,
                write_timeout=timeout,
                connect_timeout=timeout,
                pool_timeout=timeout,
            )
        )
    except RetryAfter as error:
        return TooMany(wait_of(error))
    except ChatMigrated as error:
        return GroupUpgraded(error.new_chat_id)
    except Forbidden as error:
        return NotAllowed(error.message)
    except BadRequest as error:
        return Wrong(error.message)
    except Conflict as error:
        return UpdatesTaken(error.message)
    except InvalidToken:
        return BadToken()
    except EndPointNotFound as error:
        # Once initialised, python-telegram-bot tells 401 and 404 apart only in the cause.
        unauthorised = "nauthorized" in str(error.__cause__)
        return BadToken() if unauthorised else Wrong(error.message)
    except TelegramError as error:
        return NoAnswer(error.message)
    except KeyError:
        # Something between here and Telegram answered: python-telegram-bot looks for the result.
        return NoAnswer("an answer without a result")


def _with_album(params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters, with a list of media as the objects that python-telegram-bot insists on.

    Albums are of photos or of documents; any other parameter passes as the JSON it is.
    """
    album = params.get("media")
    if not isinstance(album, list):
        return dict(params)
    return {**params, "media": [_in_album(**item) for item in album]}


def _in_album(*, type: str, **item: Any) -> InputMedia:  # noqa: A002 - Telegram's name for it
    return InputMediaDocument(**item) if type == "document" else InputMediaPhoto(**item)


MOST_AT_ONCE = 48  # calls under way together
