"""The demonstration."""

from typing import Annotated

from bot.base.logs import set_up_logging
from bot.base.shutdown import supervise
from bot.commands.terminal import PORT, app, console
from bot.demo.run_demo import run_demo
from bot.settings import read_settings


@app.command()
def demo(port: Annotated[int | None, PORT] = None) -> None:
    """Sandbox, bot and some people, all in one go: no token, no network."""
    settings = read_settings()
    set_up_logging("WARNING", zone=settings.timezone)
    supervise(lambda stop: run_demo(settings, stop, port, console), settings.clock)
