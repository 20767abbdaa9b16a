"""Item analysis, reckoned anew where somebody asks, beside everything else."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec.json import decode

from bot.base.child_process import begun
from bot.base.shutdown import STORAGE_PAUSE_S, Stop
from bot.features.items.show_items import answer
from bot.jobs.job_context import JobContext
from bot.services import ItemPageAsked, Services
from content.reckoned_items import Reckoned
from storage.errors import StorageError
from storage.outcome import Outcome

log = logging.getLogger(__name__)

WITHIN_S: Final = 120.0  # the system's seconds; what takes longer hangs


class CannotReckonError(Exception):
    """There are no numbers; the message says why."""


async def reckoned_beside(database: Path, now: int) -> Reckoned:
    """What ``features.items.reckon`` comes to, in a process of its own. Raises CannotReckonError.

    No lock may be held meanwhile: it takes seconds. Called off, the process ends too.
    """
    try:
        process = await begun("bot.features.items", str(database), str(now))
    except OSError as error:
        raise CannotReckonError(error.strerror) from error
    try:
        async with asyncio.timeout(WITHIN_S):
            written, _ = await process.communicate()
    except TimeoutError:
        raise CannotReckonError(f"it took longer than {WITHIN_S:.0f} s") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode:
        raise CannotReckonError(f"the process ended with {process.returncode}")
    return decode(written, type=Reckoned)


async def reckon_anew(services: Services, stop: Stop) -> Reckoned | None:
    """What all answers say now, kept as the latest.

    None if asked to stop, or where it cannot be done, which is logged; the last numbers stay then.
    """
    now = services.clock.now()
    try:
        reckoned = await stop.unless(reckoned_beside(services.settings.database, now))
    except CannotReckonError as error:
        log.error("Items cannot be reckoned: %s", error)
        return None
    if reckoned is not None:
        services.reckoned_items = reckoned
    return reckoned


class ItemReckoner:
    """Reckons for whoever asked, and tells them."""

    def __init__(self, context: JobContext) -> None:
        self._context = context
        self._services = context.services
        self._stop = context.stop

    async def run(self) -> None:
        """Work until asked to stop."""
        requests = self._services.item_requests
        while not self._stop:
            await self._stop.or_news(requests.news, None)
            if self._stop:
                return
            asked = requests.take()
            try:
                await reckon_anew(self._services, self._stop)
                if not self._stop:
                    await self._tell(asked)
            except StorageError as error:
                log.error("Numbers of items must wait: the database failed (%s).", error)
                requests.ask(*asked)
                await self._stop.pause(STORAGE_PAUSE_S)

    async def _tell(self, asked: Sequence[ItemPageAsked]) -> None:
        """Each the page that they asked for last. Raises StorageError."""
        last = {one.person_id: one for one in asked}
        async with self._context.working:
            told = [await answer(self._services, one) for one in last.values()]
            owed = tuple(call for call in told if call is not None)
            await self._context.commit(Outcome(owed=owed))
