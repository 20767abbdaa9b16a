"""Cases that were read before, kept in a file, so that the next start need not read them again.

A case is known by the SHA-256 of its file's bytes: whatever path it has, and whenever it was
changed, the same bytes give the same case, as long as what reads them is the same. Figures are
looked at each time. Where the file is damaged, stale, or of other code, nothing is known.
"""

import contextlib
import hashlib
import io
import os
import sys
import tempfile
from functools import cache
from pathlib import Path

import markdown_it
import pydantic

from content.loader import CaseFile, contents, read_figures
from content.problems import Mark
from content.snapshot import Snapshot
from content.yaml_tree import YAML_VERSION

_FORMAT = "morning-report-cases-1"


class KnownCases:
    """What the file at ``path`` knows, if there is one; what is read anew can be added."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found = _lines(path)
        self._kept: dict[str, bytes] = {}

    def recall(self, path: Path) -> tuple[CaseFile, Mark] | None:
        """The case in the file at ``path``, and where its id stands.

        None unless its bytes are known and its figures are sound.
        """
        try:
            digest = hashlib.sha256(contents(path)).hexdigest()
        except OSError:
            return None
        if (line := self._found.get(digest)) is None:
            return None
        row, column, document = line.split(b" ", 2)
        case = Snapshot.from_json(document.decode()).case
        figures, wrong = read_figures(path, [(figure.file, Mark()) for figure in case.figures])
        if wrong:
            return None
        self._kept[digest] = line
        file = CaseFile(path, case, tuple(figures), (), None, digest)
        return file, Mark(int(row), int(column))

    def add(self, file: CaseFile, id_mark: Mark) -> None:
        """A case was read from ``file``."""
        if file.case:
            document = Snapshot(file.case, ()).to_json()
            line = f"{id_mark.line} {id_mark.column} {document}"
            self._kept[file.sha256] = line.encode()

    def save(self) -> None:
        """Keep what was recalled or added, and forget the rest. Raises OSError."""
        if self._kept.keys() == self._found.keys():
            return
        whole = hashlib.sha256()
        with tempfile.NamedTemporaryFile(
            dir=self._path.parent, prefix=self._path.name, delete=False
        ) as file:
            try:
                for digest, known in self._kept.items():
                    line = b"%s %s\n" % (digest.encode(), known)
                    whole.update(line)
                    file.write(line)
                file.write(_seal(whole.hexdigest()))
                file.close()
                os.replace(file.name, self._path)  # noqa: PTH105 - the name is a text
            except OSError:
                with contextlib.suppress(OSError):
                    os.unlink(file.name)  # noqa: PTH108 - as above
                raise


def _lines(path: Path) -> dict[str, bytes]:
    """What is kept in a file, by the digests; nothing where it is not whole and our own."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    end = data.rfind(b"\n") + 1
    body = memoryview(data)[:end]
    if data[end:] != _seal(hashlib.sha256(body).hexdigest()):
        return {}
    lines = (line[:-1].partition(b" ") for line in io.BytesIO(data) if line.endswith(b"\n"))
    return {digest.decode(): rest for digest, _, rest in lines}


def _seal(digest: str) -> bytes:
    """The last line of a file whose other lines have this digest."""
    return f"{_FORMAT} {_reader()} {digest}".encode()


@cache
def _reader() -> str:
    """A digest of all that decides what becomes of a file's bytes."""
    versions = [sys.version, pydantic.VERSION, YAML_VERSION, markdown_it.__version__]
    code = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
    digest = hashlib.sha256("\n".join(versions).encode())
    for source in code:
        digest.update(hashlib.sha256(source).digest())
    return digest.hexdigest()
