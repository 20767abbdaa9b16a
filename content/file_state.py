"""What lies in folders, as cheaply as can be told: enough to know that nothing has changed."""

import os
from collections.abc import Iterator
from pathlib import Path

FileState = frozenset[tuple[str, int, int, int]]


def file_state(*folders: Path) -> FileState:
    """Path, inode, size and time of change (nanoseconds) of every file in these folders.

    Hidden files and folders are left out, as is what cannot be looked at.
    """
    return frozenset(state for folder in folders for state in _states(folder, set()))


def _states(folder: Path, entered: set[tuple[int, int]]) -> Iterator[tuple[str, int, int, int]]:
    for place, folders, files in os.walk(folder, followlinks=True):
        there = _stat(place)
        # Links may lead in a circle.
        if there is None or (there.st_dev, there.st_ino) in entered:
            folders.clear()
            continue
        entered.add((there.st_dev, there.st_ino))
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = os.path.join(place, name)  # noqa: PTH118 - Path would take most of the time
            state = None if name.startswith(".") else _stat(path)
            if state is not None:
                yield path, state.st_ino, state.st_size, state.st_mtime_ns


def _stat(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - as above
    except OSError:
        return None
