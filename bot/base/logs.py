"""Logging that can be shown to anybody: no token, and nothing that Telegram sent about people."""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime, tzinfo
from types import TracebackType
from typing import TextIO
from urllib.parse import quote

_BOT_ADDRESS = re.compile(r"bot\d+(?::|%3A)[^/\s\"']+", re.IGNORECASE)
OURS = ("bot", "content", "storage")


class DiscreetFormatter(logging.Formatter):
    """Formats records so that neither the token nor people's data can appear in a line.

    The token is cut out of the finished line, tracebacks included. Records of other libraries
    keep their fixed wording but lose the values put into it, since those may be whole updates.
    Of exceptions the type and the places in the code are shown, not the message: it may quote
    what a person wrote.
    """

    def __init__(self, token: str | None = None, zone: tzinfo = UTC) -> None:
        super().__init__("{asctime} {levelname:<7} {name}: {message}", style="{")
        self._zone = zone
        secrets = [re.escape(form) for form in (token, quote(token, safe=""))] if token else []
        self._secret = re.compile("|".join(secrets), re.IGNORECASE) if secrets else None

    def format(self, record: logging.LogRecord) -> str:
        """The line, and below it the places where an exception passed."""
        return self.redact(super().format(_discreet(record)))

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802 - logging's own signature
        """When it was logged, in the zone of the settings."""
        when = datetime.fromtimestamp(record.created, self._zone)
        return when.isoformat(" ", timespec="milliseconds")

    def formatException(  # noqa: N802 - logging's own name
        self,
        ei: tuple[type[BaseException], BaseException, object] | tuple[None, None, None],
    ) -> str:
        """The stack without source values, then the exception's type without its message."""
        kind, error, _ = ei
        if kind is None or error is None:
            return ""
        stack = "".join(traceback.format_tb(error.__traceback__))
        return f"{stack}{kind.__name__}"

    def redact(self, text: str) -> str:
        """The text without the token, whether written plainly or percent-encoded."""
        if self._secret is not None:
            text = self._secret.sub("<token>", text)
        return _BOT_ADDRESS.sub("bot<token>", text)


class JsonFormatter(DiscreetFormatter):
    """One JSON object a line, as discreet: time, level, logger, message, and trace if any."""

    def format(self, record: logging.LogRecord) -> str:
        """The object, in one line."""
        record = _discreet(record)
        entry = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": self.redact(record.getMessage()),
        }
        if record.exc_info:
            entry["trace"] = self.redact(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def _discreet(record: logging.LogRecord) -> logging.LogRecord:
    """The record; another library's, without the values put into it."""
    if record.name.partition(".")[0] in OURS:
        return record
    return logging.makeLogRecord({**record.__dict__, "msg": _wording(record), "args": None})


def _wording(record: logging.LogRecord) -> str:
    """The part of another library's message that is the same whatever it is about.

    asyncio puts values on further lines; of a warning the place and the category are fixed.
    """
    first = str(record.msg).partition("\n")[0]
    if record.name != "py.warnings":
        return first
    place, category, _ = first.partition("Warning:")
    return f"{place}{category}" if category else "a warning"


def set_up_logging(
    level: str,
    token: str | None = None,
    zone: tzinfo = UTC,
    stream: TextIO = sys.stderr,
    kind: type[DiscreetFormatter] = DiscreetFormatter,
) -> None:
    """Send all logging to ``stream``, discreetly; replaces any earlier set-up."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(kind(token, zone))
    logging.basicConfig(level="WARNING", handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """What nothing caught is shown as discreetly as the rest."""
    if not issubclass(kind, KeyboardInterrupt):
        logging.getLogger("bot").critical("The program failed.", exc_info=(kind, error, trace))


def place_of(error: BaseException) -> str:
    """Where an exception was raised, as ``ValueError at bot/intake/intake.py:42``: no values."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        parts = frame.filename.replace("\\", "/").split("/")
        for package in OURS:
            if package in parts and "site-packages" not in parts:
                path = "/".join(parts[parts.index(package) :])
                return f"{type(error).__name__} at {path}:{frame.lineno}"
    return type(error).__name__
