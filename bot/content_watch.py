"""Noticing that files in some folders have changed.

The one way in which content is watched, for the running bot and for an author's preview.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from enum import StrEnum
from functools import partial
from pathlib import Path

from watchfiles import Change, awatch

from bot.stopping import Stop

log = logging.getLogger(__name__)

_LONGEST_BURST = 10_000  # ms after which a burst of changes is told of though it goes on
_LOOK = 1_000  # ms between looks whether a folder is still the one that is watched

_Identities = dict[Path, tuple[int, int]]


class Watching(StrEnum):
    """How changes are noticed: by the system's word, by looking again and again, or not at all."""

    ON = "on"
    POLL = "poll"
    OFF = "off"


async def changes(
    stop: Stop,
    *folders: Path,
    quiet: float = 0.5,
    how: Watching = Watching.ON,
    recursive: bool = True,
) -> AsyncGenerator[None]:
    """Yield once watching has begun, and then after each burst of changes in these folders.

    What changed before the first is unknown, so look then too. ``quiet``: how many of the system's
    seconds without a change end a burst. A folder may be missing, go, come again or be replaced by
    another of its name: that is a change like any other. Ends when asked to stop, and raises
    nothing for what becomes of files. Close it: ``async with aclosing(changes(...)) as news``.
    """
    told: _Identities | None = None
    while not stop and how is not Watching.OFF:
        found = await asyncio.to_thread(_identities, folders)
        if not found:
            if told != found:
                told = found
                yield
            await stop.pause(_LOOK / 1000)
            continue
        watch = awatch(
            *found,
            watch_filter=partial(_counts, [folder.absolute() for folder in found]),
            debounce=_LONGEST_BURST,
            step=round(quiet * 1000),
            stop_event=_Ending(stop),
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            # None: watchfiles knows where the system's word is not to be had.
            force_polling=True if how is Watching.POLL else None,
            recursive=recursive,
            ignore_permission_denied=True,
        )
        try:
            async with aclosing(watch) as bursts:
                async for burst in bursts:
                    if burst or told != found:
                        told = found
                        yield
                    if await asyncio.to_thread(_identities, folders) != found:
                        break
        except FileNotFoundError:
            log.debug("A folder went just when it was to be watched.")
        except (OSError, RuntimeError) as error:
            # As a rule the system has no more watches to give.
            log.warning("Content is looked at again and again: %s.", type(error).__name__)
            how = Watching.POLL
            await stop.pause(_LOOK / 1000)


class _Ending(asyncio.Event):
    """What watchfiles ends by. It sets it where it is cancelled, which must not stop the rest."""

    def __init__(self, stop: Stop) -> None:
        super().__init__()
        self._stop = stop

    def is_set(self) -> bool:
        """Whether to end; asked from watchfiles' thread."""
        return super().is_set() or bool(self._stop)


def _identities(folders: Iterable[Path]) -> _Identities:
    """The folders that are there, each with what makes it this one and no other."""
    found: _Identities = {}
    for folder in folders:
        try:
            state = folder.stat()
        except OSError:
            continue
        found[folder] = state.st_dev, state.st_ino
    return found


def _counts(roots: Sequence[Path], _change: Change, changed: str) -> bool:
    """Whether a changed path can matter: what is hidden within the watched folders does not.

    Two dots hide nothing: so begin the links by which Kubernetes swaps a mounted folder's files.
    """
    path = Path(changed)
    inside = next((path.relative_to(root) for root in roots if path.is_relative_to(root)), path)
    return not any(part.startswith(".") and not part.startswith("..") for part in inside.parts)
