"""How files lie, as cheaply as can be told: enough to know that nothing has changed."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

FileState = frozenset[tuple[str, int, int, int]]
"""Path, inode, size and time of change (nanoseconds) of every file that can be looked at."""


def file_state(*folders: Path) -> FileState:
    """How all files in these folders lie, but for hidden files and folders."""
    return frozenset(state for folder in folders for state in _in_folder(folder, set()))


def state_of(paths: Iterable[Path]) -> FileState:
    """How these files lie."""
    return frozenset(state for path in paths for state in _of_file(str(path)))


def _in_folder(folder: Path, entered: set[tuple[int, int]]) -> Iterator[tuple[str, int, int, int]]:
    for place, folders, files in os.walk(folder, followlinks=True):
        there = _stat(place)
        # Links may lead in a circle.
        if there is None or (there.st_dev, there.st_ino) in entered:
            folders.clear()
            continue
        entered.add((there.st_dev, there.st_ino))
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith("."):
                # Path would take most of the time.
                yield from _of_file(os.path.join(place, name))  # noqa: PTH118


def _of_file(path: str) -> Iterator[tuple[str, int, int, int]]:
    if (found := _stat(path)) is not None:
        yield path, found.st_ino, found.st_size, found.st_mtime_ns


def _stat(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - as above
    except OSError:
        return None
