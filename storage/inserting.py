"""Many rows in one statement: to begin and end it takes SQLite as long as to insert a row."""

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from msgspec import Struct

Parameters = Sequence[Any] | Mapping[str, Any]

_TOGETHER = 20
_INSERT = re.compile(
    r"\s*(?P<head>INSERT\b[^?:]*\bVALUES)\s*(?P<row>\([^()]*\))(?P<tail>[^?:]*)", re.IGNORECASE
)
_NAME = re.compile(r":(\w+)")


class _Spread(Struct, frozen=True):
    """A statement that inserts several rows, and what gives a row's values in their order."""

    sql: str
    values: Callable[[Any], Iterable[Any]]


def insert(connection: sqlite3.Connection, sql: str, rows: Sequence[Parameters]) -> None:
    """Run a statement for each row: an INSERT of values for many at a time."""
    spread = _spread(sql) if len(rows) >= _TOGETHER else None
    if spread is not None:
        whole = len(rows) - len(rows) % _TOGETHER
        values = map(spread.values, rows[:whole])
        together = zip(*[values] * _TOGETHER, strict=True)
        connection.executemany(spread.sql, [[*chain.from_iterable(each)] for each in together])
        rows = rows[whole:]
    connection.executemany(sql, rows)


@lru_cache(maxsize=64)
def _spread(sql: str) -> _Spread | None:
    """The same for many rows; None for what is no plain INSERT of values."""
    match = _INSERT.fullmatch(sql)
    if match is None:
        return None
    names = _NAME.findall(match["row"])
    row = _NAME.sub("?", match["row"])
    many = f"{match['head']} {', '.join([row] * _TOGETHER)} {match['tail']}"
    if not names:
        return _Spread(many, tuple)
    get = itemgetter(*names)
    return _Spread(many, get if len(names) > 1 else lambda given: (get(given),))
