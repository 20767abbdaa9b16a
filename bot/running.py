"""The bot itself as a program: a module that loads nothing else, for its start is waited for."""

import gc
import logging
import sys

from bot.app import equipped, serve
from bot.base.logs import DiscreetFormatter, JsonFormatter, set_up_logging
from bot.base.shutdown import Stop, supervise
from bot.base.user_error import UserError
from bot.settings import PREFIX, Settings, SettingsError, read_settings, wants_json
from content.library import library_of

log = logging.getLogger(__name__)

NO_TOKEN = f"no token is set; BotFather gives one (/newbot): put it into {PREFIX}TOKEN"
HOW_TO_GO_LIVE = """\
[bold]Morning Report needs a bot token to run on Telegram.[/bold]

1. In Telegram, write to [bold]@BotFather[/bold] and send /newbot; it asks for a name
   and gives a token.
2. Put the token where only you can read it:
       [bold]echo 'MORNING_REPORT_TOKEN=<token>' >> .env && chmod 600 .env[/bold]
3. Start again: [bold]make run[/bold], or [bold]morning-report run[/bold].

To see everything without Telegram: [bold]make demo[/bold]."""


def main() -> None:
    """Be the bot; what a user can mend ends in a sentence and exit code 1."""
    try:
        run(fresh="--fresh" in sys.argv[2:])
    except (UserError, OSError) as error:
        # Here and below, because a start that succeeds needs no command line's ways of speaking.
        from bot.commands.terminal import complain, end_by  # noqa: PLC0415

        end_by(error, log.critical if wants_json() else complain)


def run(*, fresh: bool = False) -> None:
    """Be the bot until asked to stop. Raises UserError, and SystemExit where there is no token.

    ``fresh``: the database is in the place of a lost one, whose cases people may still answer.
    """
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
        from bot.commands.terminal import errors  # noqa: PLC0415

        errors.print(HOW_TO_GO_LIVE, highlight=False)
        sys.exit(1)
    # What is made until all cases are read stays: to look for rubbish in it again and again would
    # take a third of the time.
    gc.disable()
    supervise(lambda stop: _run(settings, token, stop, fresh=fresh), settings.clock)


async def _run(settings: Settings, token: str, stop: Stop, *, fresh: bool) -> None:
    if fresh:
        async with equipped(settings, library_of([])) as services:
            await services.store.begin_anew()
    await serve(settings, token, stop, loaded=settle)


def settle() -> None:
    """Look for rubbish from now on, since everything is loaded, and not too often.

    What is there by then stays, and what a batch of votes needs goes by itself: to search both
    again and again takes a fifth of the time in which votes are taken in.
    """
    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()
