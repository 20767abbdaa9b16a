"""Marks of people who were erased: so a restore, or a question still open, knows them again.

A mark is made from Telegram's id with a secret, the database's or the question's own: nobody comes
from it to the id without that secret. With it, as whoever has the whole file does, one can try ids
one after the other.
"""

import hmac
import sqlite3

_KEYS = """
    UPDATE questions SET mark_key = lower(hex(randomblob(32)))
    WHERE mark_key IS NULL AND closed_at IS NULL AND (post_id, position) IN (
        SELECT a.post_id, a.position FROM answers a WHERE a.post_id IS NOT NULL AND {which}
    )
"""
_MARKS = """
    INSERT OR IGNORE INTO forgotten_answers (post_id, position, mark)
    SELECT q.post_id, q.position, erased_mark(q.mark_key, a.person_id)
    FROM answers a JOIN questions q ON q.post_id = a.post_id AND q.position = a.position
    WHERE q.closed_at IS NULL AND a.person_id IS NOT NULL AND {which}
"""
# A private chat's post has one person alone, and needs no mark.
_FORGOTTEN = """
    EXISTS (
        SELECT 1 FROM questions q JOIN forgotten_answers m
            ON m.post_id = q.post_id AND m.position = q.position
        WHERE q.post_id = {post} AND q.position = {position}
            AND m.mark = erased_mark(q.mark_key, {person})
    ) OR EXISTS (
        SELECT 1 FROM posts o JOIN answers g ON g.post_id = o.id
        WHERE o.id = {post} AND o.chat_id IS NULL
            AND g.position = {position} AND g.person_id IS NULL
    )
"""


def mark(key: str | None, person_id: int) -> str | None:
    """The mark of a person by a secret (hex); None without one."""
    if key is None:
        return None
    return hmac.digest(bytes.fromhex(key), f"erased {person_id}".encode(), "sha256").hex()


def know_marks(connection: sqlite3.Connection) -> None:
    """Give SQL on this connection ``erased_mark(key, person_id)``."""
    connection.create_function("erased_mark", 2, mark, deterministic=True)


def marking(which: str) -> tuple[str, str]:
    """What keeps open questions from being answered twice by those who are about to be forgotten.

    ``which`` is a condition on the answers ``a`` that lose their person.
    """
    return _KEYS.format(which=which), _MARKS.format(which=which)


def forgotten(person: str, post: str, position: str) -> str:
    """A condition: the person answered this question of a post, and was forgotten since.

    The arguments are SQL.
    """
    return _FORGOTTEN.format(person=person, post=post, position=position)
