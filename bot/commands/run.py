"""The bot itself, on Telegram or wherever else the settings say."""

import gc
import logging
import sys
from collections.abc import Callable
from typing import Annotated, Final

import typer

from bot.app import serve
from bot.base.logs import DiscreetFormatter, JsonFormatter, set_up_logging
from bot.base.shutdown import Stop, supervise
from bot.base.systemd import watched
from bot.base.user_error import UserError
from bot.commands.terminal import app, complain, end_by, errors
from bot.features.library.first_reading import read_library
from bot.services import equipped
from bot.settings import PREFIX, Settings, SettingsError, read_settings, wants_json
from content.figure_bytes import FigureBytes
from content.library import Library, library_of

log = logging.getLogger(__name__)

COLLECT_AFTER: Final = 20_000
"""New objects between Python's searches for unused ones that refer to each other. A round of votes
makes thousands: at the usual 700 a fifth of the time in which votes are taken in goes there.
"""
NO_TOKEN = f"no token is set; BotFather gives one (/newbot): put it into {PREFIX}TOKEN"
HOW_TO_GO_LIVE = """\
[bold]Morning Report needs a bot token to run on Telegram.[/bold]

1. In Telegram, write to [bold]@BotFather[/bold] and send /newbot; it asks for a name
   and gives a token.
2. Put the token where only you can read it:
       [bold]echo 'MORNING_REPORT_TOKEN=<token>' >> .env && chmod 600 .env[/bold]
3. Start again: [bold]make run[/bold], or [bold]morning-report run[/bold].

To see everything without Telegram: [bold]make demo[/bold]."""


@app.command()
def run(
    fresh: Annotated[
        bool,
        typer.Option(
            "--fresh", help="Begin anew, though people answer what a lost database has posted."
        ),
    ] = False,
) -> None:
    """The bot on Telegram, or wherever MORNING_REPORT_API_URL points."""
    try:
        _run(fresh=fresh)
    except (UserError, OSError) as error:
        end_by(error, log.critical if wants_json() else complain)


def _run(*, fresh: bool) -> None:
    """Be the bot until asked to stop. Raises UserError, and SystemExit where there is no token."""
    try:
        settings = read_settings()
        token = settings.bot_token()
    except SettingsError:
        if wants_json():
            # Whoever collects the log is to hear of wrong settings too.
            set_up_logging("INFO", kind=JsonFormatter)
        raise
    form = JsonFormatter if settings.log_format == "json" else DiscreetFormatter
    set_up_logging(settings.log_level, token, settings.timezone, kind=form)
    for doubt in settings.doubts:
        log.warning("%s", doubt)
    if not token and settings.log_format == "json":
        raise UserError(NO_TOKEN)
    if not token:
        errors.print(HOW_TO_GO_LIVE, highlight=False)
        sys.exit(1)
    for path, mode in settings.open_to_others():
        log.warning("%s can be read by others of this machine: chmod %s %s", path, mode, path)
    gc.set_threshold(COLLECT_AFTER)
    supervise(lambda stop: _watched(settings, token, stop, fresh=fresh), settings.clock)


async def _watched(settings: Settings, token: str, stop: Stop, *, fresh: bool) -> None:
    async with watched():
        if fresh:
            async with equipped(settings, library_of([])) as services:
                await services.store.begin_anew()
        await serve(settings, token, stop, read=_read_for_good)


def _read_for_good(settings: Settings, needed: Callable[[], bool], figures: FigureBytes) -> Library:
    """Read the cases, and never search them for what nobody uses: they stay.

    That would take a tenth of the time, now and later. Raises as ``read_library``.
    """
    gc.disable()
    try:
        return read_library(settings, needed, figures)
    finally:
        gc.freeze()
        gc.enable()
