"""Noticing that files in some folders have changed.

The one way in which content is watched, for the running bot and for an author's preview.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.base.shutdown import Stop

if TYPE_CHECKING:
    from watchfiles import Change

log = logging.getLogger(__name__)

# The system's seconds:
_LONGEST_BURST = 10.0  # after which a burst of changes is told of though it goes on
_LOOK = 1.0  # at most between looks whether a folder is still the one that is watched
_STEP = 0.05  # between watchfiles' own looks, whether to end too

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
    """Yield soon after the start, and then after each burst of changes in these folders.

    What changed before watching began is unknown: hence the first. ``quiet``: how many of the
    system's seconds without a change end a burst. A folder may be missing, go, come again or be
    replaced by another of its name: that is a change like any other. Ends when asked to stop, and
    raises nothing for what becomes of files. Close it: ``async with aclosing(changes(...)) as ...``
    """
    watched: _Identities | None = None
    burst = _Burst(quiet)
    while not stop and how is not Watching.OFF:
        found = await asyncio.to_thread(_identities, folders)
        if not found:
            if burst.is_over(watched != found):
                yield
            watched = found
            await stop.pause(_LOOK)
            continue
        try:
            async with aclosing(_news(stop, found, quiet, how, recursive=recursive)) as news:
                async for changed in news:
                    if burst.is_over(changed or watched != found):
                        yield
                    watched = found
                    if await asyncio.to_thread(_identities, folders) != found:
                        break
        except FileNotFoundError:
            log.debug("A folder went just when it was to be watched.")
        except (OSError, RuntimeError) as error:
            # As a rule the system has no more watches to give.
            log.warning("Content is looked at again and again: %s.", type(error).__name__)
            how = Watching.POLL
            await stop.pause(_LOOK)


async def _news(
    stop: Stop, folders: Iterable[Path], quiet: float, how: Watching, *, recursive: bool
) -> AsyncGenerator[bool]:
    """Whether anything changed since the last time: at once where it did, else now and then."""
    # Here, because a bot is quicker to start without it.
    from watchfiles import awatch  # noqa: PLC0415

    watch = awatch(
        *folders,
        watch_filter=partial(_counts, [folder.absolute() for folder in folders]),
        debounce=_ms(_LONGEST_BURST),
        step=_ms(_STEP),
        stop_event=_Ending(stop),
        rust_timeout=_ms(min(max(quiet, _STEP), _LOOK)),
        yield_on_timeout=True,
        # None: watchfiles knows where the system's word is not to be had.
        force_polling=True if how is Watching.POLL else None,
        recursive=recursive,
        ignore_permission_denied=True,
    )
    async with aclosing(watch) as found:
        async for changed in found:
            yield bool(changed)


class _Burst:
    """Changes that follow each other closely, as when an editor saves or a branch is checked out.

    Times are the system's seconds.
    """

    def __init__(self, quiet: float) -> None:
        self._quiet = quiet
        self._began: float | None = None
        self._last = 0.0

    def is_over(self, changed: bool) -> bool:
        """Whether there was a burst that now is over; ``changed``: something changed just now."""
        now = time.monotonic()
        if changed:
            self._last = now
            self._began = now if self._began is None else self._began
        if self._began is None:
            return False
        over = now - self._last >= self._quiet or now - self._began >= _LONGEST_BURST
        if over:
            self._began = None
        return over


class _Ending(asyncio.Event):
    """What watchfiles ends by. It sets it where it is cancelled, which must not stop the rest."""

    def __init__(self, stop: Stop) -> None:
        super().__init__()
        self._stop = stop

    def is_set(self) -> bool:
        """Whether to end; asked from watchfiles' thread."""
        return super().is_set() or bool(self._stop)


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


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


def _counts(roots: Sequence[Path], _change: "Change", changed: str) -> bool:
    """Whether a changed path can matter: what is hidden within the watched folders does not.

    Two dots hide nothing: so begin the links by which Kubernetes swaps a mounted folder's files.
    """
    path = Path(changed)
    inside = next((path.relative_to(root) for root in roots if path.is_relative_to(root)), path)
    return not any(part.startswith(".") and not part.startswith("..") for part in inside.parts)
