"""Previewing a case as its author writes it."""

from pathlib import Path
from typing import Annotated

import typer

from bot.base.logs import set_up_logging
from bot.base.shutdown import supervise
from bot.commands.terminal import PORT, UserError, app, console, wrong_use
from bot.preview.browser import BrowserError
from bot.preview.run_preview import PreviewError, run_picture, run_preview
from bot.preview.source import NoSuchCaseError, find_case
from bot.settings import read_settings


@app.command()
def preview(
    case: Annotated[str, typer.Argument(help="A case file, or the id of a case.")],
    port: Annotated[int | None, PORT] = None,
    png: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a picture instead; needs Chromium or Chrome."),
    ] = None,
) -> None:
    """Show a case as learners see it, and again whenever its file is saved."""
    settings = read_settings()
    try:
        path = find_case(case, settings.case_folders)
    except NoSuchCaseError as error:
        raise wrong_use(error) from None
    set_up_logging("ERROR", zone=settings.timezone)
    if png is None:
        supervise(lambda stop: run_preview(settings, stop, path, port, console), settings.clock)
        return
    if png.suffix.lower() != ".png":
        raise wrong_use(f"{png} is no name for a picture; it should end in .png")
    try:
        supervise(lambda stop: run_picture(settings, stop, path, png, console), settings.clock)
    except (BrowserError, PreviewError) as error:
        raise UserError(str(error)) from None
