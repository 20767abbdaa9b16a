"""Pages of a database overwritten, as a failing disk does."""

import sqlite3
from contextlib import closing
from pathlib import Path


def parts_of(path: Path) -> dict[str, str]:
    """The tables and indexes of a database that nobody works on, each with its table."""
    sql = "SELECT name, tbl_name FROM sqlite_master WHERE rootpage > 0 ORDER BY name"
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute(sql).fetchall())


def damage(path: Path, part: str) -> None:
    """Overwrite the first page of a table or an index. Nobody works on the database meanwhile."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = connection.execute(sql, (part,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)
