"""Much work on many files, shared among processes where that is faster."""

import os
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal
from typing import TypeVar

Result = TypeVar("Result")
A_SHARE = 150  # files: to start a process takes about as long as to check these


def in_order(work: Callable[[Path], Result], paths: Sequence[Path]) -> Iterator[Result]:
    """The work's result for each path, in their order. ``work`` and its results must pickle."""
    if (processes := min(os.cpu_count() or 1, len(paths) // A_SHARE)) < 2:
        yield from map(work, paths)
    else:  # Processes are not forked: the caller may have threads. Ctrl-C is for it alone.
        with get_context("spawn").Pool(processes, signal, (SIGINT, SIG_IGN)) as pool:
            yield from pool.imap(work, paths, chunksize=20)
