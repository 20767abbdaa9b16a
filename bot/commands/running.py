"""The bot itself, as a command among others; alone it starts without any of them."""

from typing import Annotated

import typer

from bot import running
from bot.commands.terminal import app


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
    running.run(fresh=fresh)
