"""The sandbox."""

from enum import StrEnum
from typing import Annotated

import typer

from bot.base.logs import set_up_logging
from bot.base.shutdown import Stop, supervise
from bot.commands.terminal import PORT, app, console
from bot.demo.run_demo import DEFAULT_PORT
from bot.sandbox.server import SandboxServer
from bot.settings import Settings, read_settings


class SandboxLimits(StrEnum):
    """Which sending limits the sandbox keeps."""

    TELEGRAM = "telegram"
    OFF = "off"


@app.command()
def sandbox(
    port: Annotated[int, PORT] = DEFAULT_PORT,
    limits: Annotated[
        SandboxLimits, typer.Option(help="Which sending limits to keep.")
    ] = SandboxLimits.OFF,
) -> None:
    """The local Bot API server alone."""
    settings = read_settings()
    set_up_logging(settings.log_level, zone=settings.timezone)
    supervise(lambda stop: _sandbox(settings, stop, port, limits), settings.clock)


async def _sandbox(settings: Settings, stop: Stop, port: int, limits: SandboxLimits) -> None:
    server = SandboxServer(port=port, clock=settings.clock, limits=limits is SandboxLimits.TELEGRAM)
    await server.start()
    try:
        console.print(f"The sandbox is at [bold]{server.url}[/bold] (Ctrl-C ends it)")
        await stop.wait()
    finally:
        await server.stop()
