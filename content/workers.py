"""Much work on many files, shared among processes where that is faster."""

import os
import signal
import threading
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")

WORTH_A_PROCESS = 150  # files: to start one takes about as long as to check these
_CHUNK = 20  # files handed over at a time


def in_order(
    work: Callable[[Path], Result], paths: Sequence[Path]
) -> Generator[Result, None, None]:
    """The work's result for each path, in their order.

    Closed before its end, it lets the rest be. ``work`` and its results must pickle. Processes are
    started afresh, not forked: the caller may have threads.
    """
    processes = min(_cores(), len(paths) // WORTH_A_PROCESS)
    if processes < 2:
        yield from map(work, paths)
        return
    # Here, because a start with few files needs none of it.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    with ProcessPoolExecutor(processes, get_context("spawn"), _end_with_parent) as pool:
        yield from pool.map(work, paths, chunksize=_CHUNK)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _end_with_parent() -> None:
    """A worker leaves Ctrl-C to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415 - as above

    if parent := parent_process():
        parent.join()
        os._exit(0)
