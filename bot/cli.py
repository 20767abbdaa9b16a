"""The command line."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from bot.app import BotError, serve
from bot.demo.program import DEFAULT_PORT, run_demo
from bot.logs import set_up_logging
from bot.sandbox.server import SandboxError, SandboxServer
from bot.settings import Settings, SettingsError, read_settings
from bot.stopping import Stop
from bot.supervisor import supervise
from content.check import check_paths
from content.library import SHIPPED
from content.report import Format, render
from content.schema import case_schema

app = typer.Typer(
    help="A Telegram bot for case-based medical learning.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
console = Console()
errors = Console(stderr=True)

HOW_TO_GO_LIVE = """\
[bold]Morning Report needs a bot token to run on Telegram.[/bold]

1. In Telegram, write to [bold]@BotFather[/bold] and send /newbot; it asks for a name
   and gives a token.
2. Put the token where only you can read it:
       [bold]echo 'MORNING_REPORT_TOKEN=<token>' >> .env && chmod 600 .env[/bold]
3. Start again: [bold]make run[/bold], or [bold]morning-report run[/bold].

To see everything without Telegram: [bold]make demo[/bold]."""


class Limits(StrEnum):
    """Which sending limits the sandbox keeps."""

    TELEGRAM = "telegram"
    OFF = "off"


PORT = typer.Option(min=1, max=65535, help="The port to listen on, on 127.0.0.1.")


def main() -> None:
    """Run the command line; what a user can mend ends in a sentence, not in a traceback."""
    try:
        app()
    except (BotError, SandboxError, SettingsError) as error:
        _complain(error)
        sys.exit(1)


@app.command()
def demo(port: Annotated[int | None, PORT] = None) -> None:
    """Sandbox, bot and some people, all in one go: no token, no network."""
    settings = read_settings()
    set_up_logging("WARNING", zone=settings.timezone)
    supervise(lambda stop: run_demo(settings, stop, port, console), settings.clock)


@app.command()
def run() -> None:
    """The bot on Telegram, or wherever MORNING_REPORT_API_URL points."""
    settings = read_settings()
    token = settings.bot_token()
    if not token:
        errors.print(HOW_TO_GO_LIVE, highlight=False)
        raise typer.Exit(1)
    set_up_logging(settings.log_level, token, settings.timezone)
    supervise(lambda stop: serve(settings, token, stop), settings.clock)


@app.command()
def sandbox(
    port: Annotated[int, PORT] = DEFAULT_PORT,
    limits: Annotated[Limits, typer.Option(help="Which sending limits to keep.")] = Limits.OFF,
) -> None:
    """The local Bot API server alone."""
    settings = read_settings()
    set_up_logging(settings.log_level, zone=settings.timezone)
    supervise(lambda stop: _sandbox(settings, stop, port, limits), settings.clock)


async def _sandbox(settings: Settings, stop: Stop, port: int, limits: Limits) -> None:
    server = SandboxServer(port=port, clock=settings.clock, limits=limits is Limits.TELEGRAM)
    await server.start()
    try:
        console.print(f"The sandbox is at [bold]{server.url}[/bold] (Ctrl-C ends it)")
        await stop.wait()
    finally:
        await server.stop()


@app.command()
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Case files or folders; the shipped cases if none.")
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TEXT,
) -> None:
    """Validate cases; exit 1 if any has an error."""
    paths = paths or _case_folders()
    for path in paths:
        if not path.exists():
            _complain(f"{path} does not exist")
            raise typer.Exit(2)
    report = check_paths(paths)
    typer.echo(render(report, output), nl=False)
    raise typer.Exit(1 if report.failed else 0)


def _case_folders() -> list[Path]:
    own = read_settings().content
    return [SHIPPED, *([own] if own else [])]


@app.command()
def schema() -> None:
    """Print the JSON Schema of a case file, for editors."""
    typer.echo(json.dumps(case_schema(), indent=2, ensure_ascii=False))


def _complain(about: object) -> None:
    """Print an error as one line, which a terminal wraps and a pipe does not."""
    errors.print(
        f"[bold red]Error:[/bold red] {escape(str(about))}", highlight=False, soft_wrap=True
    )
