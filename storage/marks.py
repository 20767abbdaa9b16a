"""Marks of people who were erased, by which a later restore knows them again.

A mark is made from Telegram's id with the database's secret: nobody comes from it to the id without
that secret. With it, as whoever has the whole file does, one can try ids one after the other.
"""

import hmac
import sqlite3


def mark(key: str, person_id: int) -> str:
    """The mark of a person by a database's secret (hex), the one that pseudonyms come from too."""
    return hmac.digest(bytes.fromhex(key), f"erased {person_id}".encode(), "sha256").hex()


def know_marks(connection: sqlite3.Connection) -> None:
    """Give SQL on this connection ``erased_mark(key, person_id)``."""
    connection.create_function("erased_mark", 2, mark, deterministic=True)
