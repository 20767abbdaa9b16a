"""The notes of a package (.apkg, .colpkg) as Anki's database has them, whoever made it.

A package is a zip with an SQLite database: ``collection.anki21b`` (packed by Zstandard, its note
types in tables), else ``collection.anki21`` or ``collection.anki2`` (its note types as JSON). An
older one beside it says only that Anki is too old to read the newer.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import islice
from typing import Any

from msgspec import Struct

from content.exchange.anki.media import unpacked
from content.exchange.archive import Archive, ArchiveError

DATABASES = ("collection.anki21b", "collection.anki21", "collection.anki2")
_MOST_NOTES = 200_000
_MOST_CARDS = 1_000_000
_LONGEST = 20_000_000  # bytes of a value: note types of large collections come to a few
_STEPS_AT_ONCE = 10_000
_MOST_CALLS = 50_000  # of that many steps: a hundred times what the largest decks take
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
_PLAIN_TABLE = re.compile(r"CREATE TABLE\b", re.IGNORECASE)
_RECKONED = re.compile(
    r"\b(?:AS|GENERATED)\b", re.IGNORECASE
)  # whatever a file wants, on each read
_PART = "\x1f"  # parts a note's fields, and a deck's name from its parent's


class CollectionError(Exception):
    """Why a package's notes cannot be read."""


class NoteType(Struct, frozen=True):
    """A kind of note: its name, and those of its fields."""

    name: str
    fields: tuple[str, ...]


class Note(Struct, frozen=True):
    """A note with its fields as HTML; ``number`` counts from 1, ``deck`` is its first card's."""

    number: int
    kind: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    deck: str


class Collection(Struct, frozen=True):
    """The notes in the order in which they were made, and their types by number.

    ``trouble`` says why there may be more.
    """

    notes: tuple[Note, ...]
    types: Mapping[int, NoteType]
    trouble: str = ""


def read_collection(archive: Archive) -> Collection:
    """The notes of a package. Raises CollectionError."""
    path = next((found for name in DATABASES if (found := archive.find(name))), None)
    if path is None:
        raise CollectionError("the package holds no collection of Anki")
    try:
        data = bytearray(unpacked(archive.read(path)))
        if data[18:20] == b"\2\2":
            data[18:20] = b"\1\1"  # as it is without its write-ahead log, which no package holds
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(bytes(data))
            return _Database(connection).collection()
    except ArchiveError as error:
        raise CollectionError(f"its collection {error}") from error
    except (sqlite3.Error, ValueError, OverflowError, MemoryError) as error:
        raise CollectionError(f"its collection cannot be read ({str(error)[:80]})") from error


class _Database:
    """Reads tables of an SQLite database that may be hostile: no views, functions or triggers."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.create_collation("unicase", lambda a, b: (a > b) - (a < b))
        connection.set_authorizer(_authorized)
        self._calls = 0
        connection.set_progress_handler(self._too_long, _STEPS_AT_ONCE)
        self._connection = connection
        self._tables = {
            str(name)
            for kind, name, sql in self._rows("SELECT type, name, sql FROM sqlite_master", 1000)
            if kind == "table" and _PLAIN_TABLE.match(str(sql)) and not _RECKONED.search(str(sql))
        }

    def collection(self) -> Collection:
        if not {"notes", "col"} <= self._tables:
            raise CollectionError("its collection has no table of notes")
        types, decks = self._types(), self._decks()
        notes: list[Note] = []
        trouble = ""
        rows = self._rows("SELECT id, mid, tags, flds FROM notes ORDER BY id", _MOST_NOTES)
        try:
            for number, (own, kind, tags, fields) in enumerate(rows, start=1):
                parts = tuple(_text(fields).split(_PART))
                deck = decks.get(_int(own), "")
                notes.append(Note(number, _int(kind), parts, tuple(_text(tags).split()), deck))
        except sqlite3.Error as error:
            if not notes:
                raise
            trouble = f"cannot be read from here on ({str(error)[:80]})"
        if len(notes) == _MOST_NOTES:
            trouble = "is the last that was read; export fewer"
        return Collection(tuple(notes), types, trouble)

    def _types(self) -> dict[int, NoteType]:
        if "notetypes" in self._tables:
            fields: dict[int, list[str]] = {}
            for kind, name in self._rows("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
                fields.setdefault(_int(kind), []).append(_text(name))
            return {
                _int(kind): NoteType(_text(name), tuple(fields.get(_int(kind), ())))
                for kind, name in self._rows("SELECT id, name FROM notetypes")
            }
        return {
            _int(kind): NoteType(
                _text(model["name"]), tuple(_text(x["name"]) for x in model["flds"])
            )
            for kind, model in self._column("models").items()
            if _is_model(model)
        }

    def _decks(self) -> dict[int, str]:
        """The decks of notes' first cards; that of a filtered deck's card is where it came from."""
        if "decks" in self._tables:
            named = {
                _int(deck): _text(name).replace(_PART, "::")
                for deck, name in self._rows("SELECT id, name FROM decks")
            }
        else:
            named = {
                _int(number): _text(deck.get("name"))
                for number, deck in self._column("decks").items()
                if isinstance(deck, dict)
            }
        decks: dict[int, str] = {}
        if "cards" in self._tables:
            cards = self._rows("SELECT nid, did, odid FROM cards ORDER BY id", _MOST_CARDS)
            for note, deck, home in cards:
                decks.setdefault(_int(note), named.get(_int(home) or _int(deck), ""))
        return decks

    def _column(self, name: str) -> dict[str, Any]:
        """A column of the collection's only row, which is JSON."""
        for (value,) in self._rows(f"SELECT {name} FROM col", 1):  # noqa: S608 (a name from above)
            read = json.loads(_text(value) or "{}")
            if isinstance(read, dict):
                return read
        return {}

    def _rows(self, query: str, most: int = 100_000) -> Iterator[tuple[Any, ...]]:
        yield from islice(self._connection.execute(query), most)

    def _too_long(self) -> bool:
        self._calls += 1
        return self._calls > _MOST_CALLS


def _authorized(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _is_model(model: object) -> bool:
    return (
        isinstance(model, dict)
        and "name" in model
        and isinstance(model.get("flds"), list)
        and all(isinstance(each, dict) and "name" in each for each in model["flds"])
    )


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)


def _int(value: object) -> int:
    """A number by which rows know each other; 0 where it is none."""
    text = _text(value)
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 20 else 0
