"""The answers that item analysis counts, read in one go by whoever reckons.

Of each person the first answer to an item counts, if nothing had told them the right one: they had
answered no other wording or variant of the question before, in a review or else. An answer counts
as tallies count it (``storage.tallying``): of what was assigned, those of named members alone. Who
was erased stays in, as in tallies, as somebody who answered nothing else. Where it is not known
which post was answered, or whose sitting a post was in, the answer is left out: nobody knows what
was shown, or whether it was assigned to somebody without a name.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from content.item_statistics import Column, Item, as_bits
from content.reckoned_items import AskedItem, ItemKey
from content.revision import item_revision, revision_of
from content.snapshot import Snapshot
from storage.connection import reading
from storage.database import Database

_TABLES = (
    """
    CREATE TEMP TABLE asked (
        snapshot TEXT NOT NULL,
        position INTEGER NOT NULL,
        item INTEGER NOT NULL,
        reworded INTEGER NOT NULL,
        PRIMARY KEY (snapshot, position)
    ) WITHOUT ROWID
    """,
    """
    CREATE TEMP TABLE other_wordings (
        item INTEGER NOT NULL, revision TEXT NOT NULL, PRIMARY KEY (item, revision)
    ) WITHOUT ROWID
    """,
)
# CROSS JOIN: in this order, answer by answer.
_ANSWERS = """
    SELECT w.item, coalesce(a.person_id, -a.id), a.score, a.choices
    FROM answers a
    CROSS JOIN posts p ON p.id = a.post_id
    CROSS JOIN asked w ON w.snapshot = p.snapshot AND w.position = a.position
    WHERE a.first AND p.purpose <> 'review'
        AND (p.purpose <> 'sitting' OR EXISTS (
            SELECT 1 FROM sitting_items i
            JOIN sittings s ON s.id = i.sitting_id
            WHERE i.post_id = p.id AND i.position = a.position
                AND (s.spec ->> 'assignment' IS NULL OR EXISTS (
                    SELECT 1 FROM assignments t
                    JOIN cohort_people m
                        ON m.cohort_id = t.cohort_id AND m.person_id = s.person_id AND m.named
                    WHERE t.id = s.assignment_id))))
        AND NOT (w.reworded AND a.person_id IS NOT NULL AND EXISTS (
            SELECT 1 FROM other_wordings o
            JOIN answers b ON b.person_id = a.person_id AND b.revision = o.revision
            WHERE o.item = w.item AND b.id < a.id))
    ORDER BY a.id
"""


class AnsweredItem(Struct, frozen=True):
    """An item and all its answers that count, one at least."""

    asked: AskedItem
    answers: Column


def item_answers(path: Path) -> list[AnsweredItem]:
    """Every item of a database that is there. Raises StorageError.

    Millions of answers may have to be read: it is for a process of its own.
    """
    with reading(path) as connection:
        asked = _prepare(connection)
        columns = [Column.empty() for _ in asked]
        people: dict[int, int] = {}
        for item, person, score, choices in connection.execute(_ANSWERS):
            column = columns[item]
            column.persons.append(people.setdefault(person, len(people)))
            column.scores.append(score)
            column.chosen.append(_bits(choices))
    found = zip(asked, columns, strict=True)
    return [AnsweredItem(one, column) for one, column in found if column.persons]


def _prepare(connection: sqlite3.Connection) -> list[AskedItem]:
    """The items that were ever asked, and tables that tell which post asked which."""
    connection.row_factory = None
    numbers: dict[ItemKey, int] = {}
    asked: list[AskedItem] = []
    places: list[tuple[str, int, int]] = []
    wordings: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    own: dict[int, str] = {}
    lengths: dict[int, int] = {}
    for snapshot, one in _every_question(connection):
        wording = revision_of(snapshot, one.position)
        wordings[one.key.case_id, one.key.question_id].add(wording)
        if snapshot.variant is not None:
            continue
        number = numbers.setdefault(one.key, len(asked))
        if number == len(asked):
            asked.append(one)
        # The latest, since what does not make it another item may have changed; but whole, where a
        # review asked one of several questions.
        length = len(snapshot.case.questions)
        if length >= lengths.get(number, 0):
            asked[number] = replace(one, since=asked[number].since)
            lengths[number] = length
        own[number] = wording
        places.append((one.snapshot, one.position, number))
    others = {
        number: wordings[one.key.case_id, one.key.question_id] - {own[number]}
        for number, one in enumerate(asked)
    }
    _fill(connection, places, others)
    return asked


def _fill(
    connection: sqlite3.Connection,
    places: list[tuple[str, int, int]],
    others: Mapping[int, set[str]],
) -> None:
    for table in _TABLES:
        connection.execute(table)
    connection.executemany(
        "INSERT INTO asked VALUES (?, ?, ?, ?)", [(*one, bool(others[one[2]])) for one in places]
    )
    connection.executemany(
        "INSERT INTO other_wordings VALUES (?, ?)",
        [(number, wording) for number, each in others.items() for wording in each],
    )


def _every_question(connection: sqlite3.Connection) -> Iterator[tuple[Snapshot, AskedItem]]:
    """Each as it was ever posted, in a variant too."""
    sql = "SELECT digest, content, taken_at FROM snapshots ORDER BY taken_at, digest"
    for digest, content, taken_at in connection.execute(sql):
        try:
            snapshot = Snapshot.from_json(content)
        except ValueError:
            continue  # a later version wrote it
        for position, question in enumerate(snapshot.case.questions):
            key = ItemKey(snapshot.case.id, question.id, item_revision(snapshot, position))
            item = Item(len(question.choices), frozenset(question.correct))
            yield snapshot, AskedItem(key, item, digest, position, taken_at)


class ItemWordings:
    """Reads how items were asked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def snapshots(self, digests: Iterable[str]) -> dict[str, str]:
        """These snapshots' JSON, by digest."""
        rows = await self._database.rows(
            "SELECT digest, content FROM snapshots"
            " WHERE digest IN (SELECT value FROM json_each(?))",
            (json.dumps(list(digests)),),
        )
        return {row["digest"]: row["content"] for row in rows}


@cache
def _bits(choices: str) -> int:
    return as_bits(json.loads(choices))
