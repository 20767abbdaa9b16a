"""The bytes of a library's figures: on the disk, since they are many and seldom asked for."""

import os
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryFile
from weakref import finalize

from content.images import FigureFile


class FigureBytes:
    """Figures by their SHA-256, as they were when they were added, whatever became of their files.

    They lie in a file that has no name and goes with this object. It is made in ``folder`` (unless
    given, where the system has such files, which may be in its memory) once there is a figure.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._places: dict[str, tuple[int, int]] = {}  # where it begins, and how long it is
        self._end = 0

    def add(self, figure: FigureFile) -> None:
        """Take in a figure. Raises OSError, which names the folder, such as for a full disk."""
        if figure.sha256 in self._places:
            return
        size, left = len(figure.data), memoryview(figure.data)
        try:
            while left:
                left = left[os.pwrite(self._file, left, self._end + size - len(left)) :]
        except OSError as error:
            error.filename = self._folder
            raise
        self._places[figure.sha256] = (self._end, size)
        self._end += size

    def get(self, sha256: str) -> bytes | None:
        """The figure, if it was added."""
        if sha256 not in self._places:
            return None
        begin, length = self._places[sha256]
        return os.pread(self._file, length, begin)

    @cached_property
    def _file(self) -> int:
        file = TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115 - see finalize
        finalize(self, file.close)
        return file.fileno()
