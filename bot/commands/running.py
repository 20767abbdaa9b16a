"""The bot itself: a module that loads nothing else, for the bot's start is waited for."""

import typer

from bot.app import serve
from bot.commands.program import app, errors, main
from bot.logs import DiscreetFormatter, JsonFormatter, set_up_logging
from bot.settings import read_settings
from bot.supervisor import supervise

__all__ = ["main", "run"]

HOW_TO_GO_LIVE = """\
[bold]Morning Report needs a bot token to run on Telegram.[/bold]

1. In Telegram, write to [bold]@BotFather[/bold] and send /newbot; it asks for a name
   and gives a token.
2. Put the token where only you can read it:
       [bold]echo 'MORNING_REPORT_TOKEN=<token>' >> .env && chmod 600 .env[/bold]
3. Start again: [bold]make run[/bold], or [bold]morning-report run[/bold].

To see everything without Telegram: [bold]make demo[/bold]."""


@app.command()
def run() -> None:
    """The bot on Telegram, or wherever MORNING_REPORT_API_URL points."""
    settings = read_settings()
    token = settings.bot_token()
    if not token:
        errors.print(HOW_TO_GO_LIVE, highlight=False)
        raise typer.Exit(1)
    form = JsonFormatter if settings.log_format == "json" else DiscreetFormatter
    set_up_logging(settings.log_level, token, settings.timezone, kind=form)
    supervise(lambda stop: serve(settings, token, stop), settings.clock)
