"""What is logged can be shown to anybody: neither the token nor what people wrote is in it."""

import asyncio
import io
import json
import logging
import re
import sys
import warnings
from collections.abc import Iterator
from typing import NoReturn
from urllib.parse import quote

import pytest

from bot.base.logs import DiscreetFormatter, JsonFormatter, place_of, set_up_logging

TOKEN = "7007:a-made-up_token"
NAME = "Ada Lovelace"


@pytest.fixture(params=[DiscreetFormatter, JsonFormatter], ids=["console", "json"])
def lines(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """All that is logged, as it is shown in either form; the set-up of before is put back."""
    root, hook = logging.getLogger(), sys.excepthook
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in ("bot", "content", "storage")}
    stream = io.StringIO()
    set_up_logging("DEBUG", TOKEN, stream=stream, kind=request.param)
    # Everything is let through, as a careless operator might set it.
    root.setLevel("DEBUG")
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    sys.excepthook = hook


def fail(message: str) -> NoReturn:
    raise ValueError(message)


@pytest.mark.parametrize(
    "secret",
    [TOKEN, quote(TOKEN, safe=""), quote(TOKEN, safe="").lower(), f"/bot{TOKEN}/getMe"],
)
@pytest.mark.parametrize("name", ["bot.app", "httpx", "telegram.ext.Application"])
def test_the_token_is_cut_out(lines: io.StringIO, name: str, secret: str) -> None:
    """Plain, percent-encoded or inside an address, in our records and in others'."""
    logging.getLogger(name).error("about " + secret)
    logging.getLogger(name).error("about %s", secret)
    assert "made-up" not in lines.getvalue()
    assert lines.getvalue().count("about") == 2


def test_json_is_an_object_a_line(lines: io.StringIO) -> None:
    """What a collector of logs needs stands in fields, whatever the message holds."""
    set_up_logging("INFO", TOKEN, stream=lines, kind=JsonFormatter)
    logging.getLogger("bot.intake.intake").warning('two\nlines and "quotes" of %s', TOKEN)
    (entry,) = map(json.loads, lines.getvalue().splitlines())
    assert (entry["level"], entry["logger"]) == ("WARNING", "bot.intake.intake")
    assert entry["message"] == 'two\nlines and "quotes" of <token>'


def test_another_bots_token_is_cut_out_of_addresses(lines: io.StringIO) -> None:
    """Also one that was never told to us."""
    logging.getLogger("bot").error("https://api.telegram.org/bot99:other-secret/getMe")
    logging.getLogger("bot").error("/file/bot99%3Aother-secret/photo")
    assert "secret" not in lines.getvalue()


def test_an_exceptions_message_is_not_shown(lines: io.StringIO) -> None:
    """python-telegram-bot puts the token into InvalidToken, parsers what people wrote."""
    try:
        fail(f"The token `{TOKEN}` of {NAME} was rejected")
    except ValueError:
        logging.getLogger("bot").exception("It failed.")
        logging.getLogger("telegram").exception("It failed there, too.")
    shown = lines.getvalue()
    assert ("made-up" in shown, NAME in shown) == (False, False)
    assert len(re.findall(r"(?:^|\\n)ValueError\b", shown, re.MULTILINE)) == 2
    assert "test_logs.py" in shown


def test_other_libraries_keep_their_wording_without_the_values(lines: io.StringIO) -> None:
    """httpx logs addresses, python-telegram-bot whole updates."""
    logging.getLogger("httpx").info('HTTP Request: %s %s "%s"', "POST", f"x/{TOKEN}", NAME)
    logging.getLogger("telegram.ext").critical("Error while building for %s", NAME, exc_info=True)
    shown = lines.getvalue()
    assert "HTTP Request: %s %s" in shown
    assert "Error while building" in shown
    assert NAME not in shown


async def test_an_error_that_nobody_awaited_names_nobody(lines: io.StringIO) -> None:
    """asyncio itself writes the exception's message into its own."""
    loop = asyncio.get_running_loop()
    error = ValueError(NAME)
    loop.default_exception_handler(
        {"message": "Task exception was never retrieved", "exception": error, "future": error}
    )
    assert "Task exception was never retrieved" in lines.getvalue()
    assert NAME not in lines.getvalue()


def test_a_warnings_values_are_not_shown(lines: io.StringIO) -> None:
    """Warnings come as records, too."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(f"{NAME} {TOKEN}", UserWarning, stacklevel=1)
    assert "py.warnings" in lines.getvalue()
    assert (NAME in lines.getvalue(), "made-up" in lines.getvalue()) == (False, False)


def test_what_nothing_caught_is_logged_discreetly(lines: io.StringIO) -> None:
    """The last words of a crash are no exception."""
    try:
        fail(f"{NAME} {TOKEN}")
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    shown = lines.getvalue()
    assert "The program failed." in shown
    assert "ValueError" in shown
    assert (NAME in shown, "made-up" in shown) == (False, False)


def test_the_place_of_an_error_names_file_and_line_alone() -> None:
    """Enough for an administrator, and nothing of what people wrote."""
    try:
        set_up_logging(NAME)
    except ValueError as error:
        place = place_of(error)
    kind, _, where = place.partition(" at ")
    assert (kind, where.rpartition(":")[0]) == ("ValueError", "bot/base/logs.py")
    assert place_of(ValueError(NAME)) == "ValueError"
