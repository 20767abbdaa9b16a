"""The pictures and texts that items of a package refer to, by the addresses platforms write."""

import re
from collections.abc import Iterator
from posixpath import basename, dirname, join, normpath
from urllib.parse import unquote

from msgspec import Struct

from content.exchange.archive import Archive
from content.exchange.package_pictures import PackagePictures

_CANVAS = re.compile(r"\A(?:\$|%24)IMS[-_]CC[-_]FILEBASE(?:\$|%24)/?", re.IGNORECASE)
_CANVAS_FOLDERS = ("", "web_resources")
_BLACKBOARD = re.compile(r"\A@X@[^@]{1,60}@X@")
_BLACKBOARD_FILE = re.compile(r"xid-[0-9]{1,12}_[0-9]{1,6}")


class PackageFiles(Struct):
    """Finds what an item of a package shows."""

    archive: Archive
    pictures: PackagePictures

    def find(self, file: str, address: str) -> bytes | None:
        """The bytes at an address that a file of the package speaks of."""
        return self.pictures.at(self.resolved(file, address))

    def resolved(self, file: str, address: str) -> str:
        """The path in the package of an address that a file there speaks of."""
        bare = re.split("[?#]", address)[0]
        candidates = list(self._candidates(file, bare))
        found = (self.archive.find(path) for path in candidates)
        return next(filter(None, found), None) or candidates[-1]

    def _candidates(self, file: str, address: str) -> Iterator[str]:
        if canvas := _CANVAS.match(address):
            rest = unquote(address[canvas.end() :]).lstrip("/")
            for root in _ancestors(file):
                yield from (join(root, folder, rest) for folder in _CANVAS_FOLDERS)
        elif blackboard := _BLACKBOARD.match(address):
            yield self._of_blackboard(file, address[blackboard.end() :])
        else:
            yield join("/" if address.startswith("/") else dirname(file), address)

    def _of_blackboard(self, file: str, address: str) -> str:
        """Its pictures lie under numbers of their own, or in a folder of the file's name."""
        if number := _BLACKBOARD_FILE.search(address):
            named = re.compile(rf"{number[0]}(?![0-9])")
            pictures = (
                path
                for path in self.archive.paths
                if named.search(basename(path)) and not path.lower().endswith(".xml")
            )
            return next(pictures, address)
        return join(file.rpartition(".")[0], address.lstrip("/"))


def _ancestors(file: str) -> Iterator[str]:
    """The folders above a file, the package's own first."""
    parts = dirname(normpath(file)).split("/")
    yield ""
    yield from ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1) if parts[0])
