"""Exams get back the time in which the bot was away: how long that was, a regular note tells."""

import logging

from bot.base.shutdown import Stop
from bot.services import Services
from storage.errors import RejectedError, StorageError

log = logging.getLogger(__name__)

_NOTE_S = 60.0


async def give_time_back(services: Services) -> None:
    """Move deadlines by the time since the last note, before anybody can do anything.

    Raises StorageError.
    """
    await services.store.sittings.move_deadlines(services.clock.now())


async def note_at_work(services: Services, stop: Stop) -> None:
    """Note that the bot is at work until asked to stop; nothing is written while no exam is."""
    while not stop:
        try:
            await services.store.sittings.note_alive(services.clock.now())
        except (StorageError, RejectedError) as error:
            log.warning("That the bot is at work could not be noted: %s", error)
        await stop.pause(_NOTE_S)
