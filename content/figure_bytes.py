"""The bytes of a library's figures, as they were when they were read."""

from contextlib import suppress
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryFile
from threading import Lock
from types import TracebackType
from typing import IO, Final, Self

from content.images import FigureFile

ROOM_LEFT: Final = 64 * 1024 * 1024
"""What figures leave free of their disk, in bytes: a database beside them works on."""


class FigureBytes:
    """Figures by their SHA-256, whatever became of their files since: here in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def add(self, figure: FigureFile) -> None:
        """Take in a figure."""
        self._kept.setdefault(figure.sha256, figure.data)

    def get(self, sha256: str) -> bytes | None:
        """The figure, if it was added."""
        return self._kept.get(sha256)


class FiguresOnDisk(FigureBytes):
    """The same, of which there may be many, and each is seldom asked for: on the disk.

    They lie in a file of ``folder`` that has no name and is gone at the end of a ``with``. What is
    read one time after the other shares it, so that each figure is written once. Those for which
    there is no room, beside what a database needs, stay in memory.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._file: IO[bytes] | None = None
        self._places: dict[str, tuple[int, int]] = {}  # where it begins, and how long it is
        self._end = 0
        self._one_at_a_time = Lock()  # cases are read in a thread, while others are posted

    def __enter__(self) -> Self:
        self._file = TemporaryFile(dir=self._folder, buffering=0)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        with self._one_at_a_time:
            self._opened().close()

    def add(self, figure: FigureFile) -> None:
        """Take in a figure. Raises ValueError once closed."""
        if figure.sha256 in self._places:
            return
        with self._one_at_a_time:
            if self._is_written(figure.data):
                self._places[figure.sha256] = (self._end, len(figure.data))
                self._end += len(figure.data)
            else:
                super().add(figure)

    def _is_written(self, data: bytes) -> bool:
        file, left = self._opened(), memoryview(data)
        try:
            if disk_usage(self._folder).free < len(data) + ROOM_LEFT:
                return False
            file.seek(self._end)
            while left:
                left = left[file.write(left) :]
        except OSError:
            # Others may have filled the disk since: it is not to stay so by this.
            with suppress(OSError):
                file.truncate(self._end)
            return False
        return True

    def get(self, sha256: str) -> bytes | None:
        """The figure, if it was added. Raises OSError, and ValueError once closed."""
        if sha256 not in self._places:
            return super().get(sha256)
        begin, length = self._places[sha256]
        with self._one_at_a_time:
            file = self._opened()
            file.seek(begin)
            return file.read(length)

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            raise ValueError("figures are kept within a `with` alone")
        return self._file
