"""Noticing that files have changed, by looking at them again and again.

The one way in which content is watched, for the running bot and for an author's preview. It asks
nothing of the system, so that it works on shared drives too.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Final

from bot.base.shutdown import Stop
from content.file_state import FileState

_LONGEST_BURST: Final = 5
"""Looks in a row that may find changes before they are told of though they go on."""


async def changes(
    stop: Stop, look: Callable[[], FileState], every_s: float
) -> AsyncGenerator[None]:
    """Yield at the start, and whenever what ``look`` sees has changed and then stayed as it is.

    That is, for two looks in a row: whoever writes a file, or many, is left to finish. ``look`` is
    called in a thread, ``every_s`` of the system's seconds; what changes while the caller is at
    work on one change is told of afterwards. Ends when asked to stop. Close it: ``async with
    aclosing(changes(...)) as ...``
    """
    told = last = await asyncio.to_thread(look)
    yield
    going_on = 0
    while not await stop.within(every_s):
        seen = await asyncio.to_thread(look)
        going_on = 0 if seen == told else going_on + 1
        if going_on and (seen == last or going_on > _LONGEST_BURST):
            told, going_on = seen, 0
            yield
        last = seen
