"""What was erased wiped from the disk, where the bot itself must not."""

import asyncio

from bot.commands.backup import existing_database
from bot.commands.ending import ended_by_signals
from bot.commands.terminal import UserError, app
from bot.settings import read_settings
from storage.erasing import wipe_apart
from storage.errors import StorageError


@app.command(hidden=True)
def wipe() -> None:
    """Leave no bytes of what was erased, where the bot must not: while Litestream pauses."""
    settings = read_settings()
    database = existing_database(settings)
    with ended_by_signals():
        try:
            done = asyncio.run(wipe_apart(database, settings.clock.now()))
        except StorageError as error:
            raise UserError(f"{database} was not wiped: {error}") from error
    if not done:
        raise UserError(f"{database} was not wiped: it was in use all the time")
