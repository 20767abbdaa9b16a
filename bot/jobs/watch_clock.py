"""A wrong clock is told of; once it is right, what it left on record is set right."""

import logging

from bot.features.shared.texts import wrong_clock
from bot.features.shared.wrong_times import AHEAD_MS, wrong_times
from bot.jobs.job_context import JobContext
from bot.services import Services
from storage.background_work import beside
from storage.errors import RejectedError, StorageError
from storage.outcome import Outcome

log = logging.getLogger(__name__)

_LOOK_S = 60.0
_TELL_EVERY_S = 60 * 60.0


async def watch_clock(context: JobContext) -> None:
    """Look at the clock until asked to stop.

    What is on record is gone through at the start, and after each time that the clock was wrong.
    """
    services, stop = context.services, context.stop
    clock, told_at, gone_through = services.clock, None, False
    while not stop:
        try:
            if clock.right:
                if not gone_through:
                    await set_times_right(services)
                gone_through = True
            else:
                gone_through = False
                now = clock.monotonic()
                if clock.off_ms and (told_at is None or now - told_at >= _TELL_EVERY_S):
                    await _tell(context)
                    told_at = now
        except (StorageError, RejectedError) as error:
            log.warning("What a wrong clock does could not be seen to: %s", error)
        await stop.pause(_LOOK_S)


async def set_times_right(services: Services) -> None:
    """Derive again what is due at times that cannot be right; let nothing have happened later.

    Raises StorageError.
    """
    now = services.clock.now()
    found = await beside(wrong_times, services.settings.database, now)
    if told := found.told():
        await services.store.set_right(found.derived, [*found.ahead], now, now + AHEAD_MS)
        log.warning("A wrong clock left times that cannot be; they were set right: %s", told)


async def _tell(context: JobContext) -> None:
    services = context.services
    theirs = services.clock.now()
    ours = theirs + services.clock.off_ms
    log.error(
        "This machine's clock is wrong: it is %d seconds %s Telegram's. Until it is right, nothing"
        " is sent by schedule, closed, or deleted by age: timedatectl set-ntp true",
        abs(ours - theirs) // 1000,
        "ahead of" if ours > theirs else "behind",
    )
    words = services.languages.choose(None, None)
    told = [wrong_clock(admin, ours, theirs, words) for admin in sorted(services.settings.admins)]
    await context.commit(Outcome(owed=tuple(told)))
