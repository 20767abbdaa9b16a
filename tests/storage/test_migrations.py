"""Every way from an earlier schema to today's, with data on board."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from storage import migrations
from storage.database import Database
from storage.errors import ForeignDatabaseError, StorageError
from storage.migrations import MIGRATIONS, Migration, migrate
from storage.settlements import Sent
from storage.store import Store
from tests.storage.samples import NOW, begin_all, columns, on_disk, record, text

NEWEST = MIGRATIONS[-1].version

# For each version, rows as that version's program could have written them, with every column set
# that can be. A step that adds a table adds a line here.
_FIRST: dict[str, Sequence[Any]] = {
    "meta": ("bot_id", "7007"),
    "people": (7, "es", "en", NOW, NOW),
    "updates": (900, NOW),
    "set_aside": (901, "message", "ValueError", 7, NOW),
    "snapshots": ("digest", '{"case": {}}', NOW),
    "figures": ("sha256", b"\x89PNG", "file-id"),
    "posts": (1, 7, 7, "lumps", "digest", NOW),
    "poll_attempts": (1, 1, 1, 0, 7, "print", NOW, "poll", 101, NOW, NOW),
    "unknown_polls": ("other", "print", NOW),
    "parked_answers": (902, "other", 7, "en", "[1]", NOW, 1, NOW),
    "answers": (
        *(1, 7, 1, 0, "lumps", "nature", "revision", "[1]"),
        *("correct", 1.0, 1, NOW, 500, NOW),
    ),
    "tallies": ("revision", 1, 1),
    "outbox": (
        *(1, 7, "sendMessage", "{}", 0, None, "key", 1, 0, "print"),
        *("refused", NOW, 3, "Bad Request"),
    ),
}
_SECOND = _FIRST | {
    "posts": (1, 7, 7, "lumps", "digest", NOW, 5, NOW),
    "chats": (-8, "group", "Ward", "{}", 7, NOW, NOW, NOW, NOW, NOW),
    "questions": (
        *(1, 0, -8, "poll", "[1, 0]", 101, NOW, NOW, NOW, NOW, NOW),
        *("[3, 1]", 4),
    ),
    "shown_names": (-8, 7, "Ada"),
    "daily": (7, "{}", "[1320, 420]", NOW, 2),
}
_THIRD = _SECOND | {
    "flags": (1, 7, "lumps", "nature", "digest", 0, "other", "Is it?", NOW, NOW),
    "awaited_texts": (7, 1, 0, None, None, NOW),
}
_FIFTH = _THIRD | {
    "texts": ("digest", "What many are told."),
    "outbox": (*_FIRST["outbox"], "What one is told.", "digest"),
}
_SEVENTH = _FIFTH | {
    "outbox": (
        *(1, 7, "sendMessage", "{}", 0, None, "key", 1, 0, "print"),
        *("owed", NOW, 3, None, "What Ada is told.", "digest"),
    ),
    "quotes": (1, 7, "Ada"),
    "erased_people": ("mark", NOW),
    "erasures": (1, NOW, 0),
}
_EIGHTH = _SEVENTH | {
    "questions": (*_SECOND["questions"], "key", -7),
    "forgotten_answers": (1, 0, "mark"),
    "draft_answers": (1, 0, 7, "[1, 2]"),
    "tallies": ("revision", 1, 1, 1),
}
_NINTH = _EIGHTH | {
    "posts": (*_SECOND["posts"], 7, 1),
    "questions": (*_EIGHTH["questions"], 1),
}
_TENTH = _NINTH | {
    "outbox": (*_SEVENTH["outbox"], 1, 0),
    "questions": (*_NINTH["questions"], NOW, NOW),
    "posts": (*_NINTH["posts"], NOW),
}
_ELEVENTH = _TENTH | {
    "outbox": (*_TENTH["outbox"], 1),
    "naming_messages": (-8, 102, '{"text": "1. Ada"}', 1),
    "named_people": (-8, 102, 7, "1. Ada"),
}
_THIRTEENTH = _ELEVENTH | {"poll_attempts": (*_FIRST["poll_attempts"], "[3, 1]", 4)}
_FOURTEENTH = _THIRTEENTH | {
    "chats": (*_SECOND["chats"], NOW, '["lumps"]'),
    "questions": (*_TENTH["questions"], 1),
}
_FIFTEENTH = _FOURTEENTH | {
    "awaited_texts": (*_THIRD["awaited_texts"], None),
    "marks": (7, "saved", "lumps", NOW),
    "preferences": (7, "{}"),
}
_SIXTEENTH = _FIFTEENTH | {
    "posts": (*_TENTH["posts"], "review", "another-patient"),
    "answers": (*_FIRST["answers"], "certain", 1),
    "daily": (*_SECOND["daily"], NOW),
    "confidences": (7, 1, 0, "guess"),
    "cards": (7, "lumps/nature", NOW, 1, 2.5, NOW, "{}"),
    "folded": (7, 1, "digest"),
    "paused_objectives": (7, "lumps/nature", NOW),
}
_SEVENTEENTH = _SIXTEENTH | {
    "sittings": (9, 7, "exam", "{}", "open", NOW, NOW, 1, NOW, NOW, NOW, 1.5),
    "sitting_items": (9, 0, 1, 0, "[1, 0]", "[1]", 1, 1),
    "sitting_messages": (9, 101),
}
_EIGHTEENTH = _SEVENTEENTH | {
    "roles": (7, "educator", "approved", "Ada", "ada", NOW, 8, "Root", NOW),
    "cohorts": (5, "Interns", "Europe/Vienna", NOW, NOW, NOW),
    "cohort_people": (5, 7, "member", "Owl", None, 0, 1, NOW),
    "cohort_links": ("token", 5, "member", 0, 8, NOW, NOW, 30, 2),
    "assignments": (*(6, 5, 8, "Lumps", "exam", "after_due", 1, *(NOW for _ in range(9))),),
    "assignment_cases": (6, 0, "lumps", "digest", NOW),
    "assigned_people": (6, 7, NOW, NOW),
    "assignment_drafts": (7, "{}", NOW),
    "sittings": (*_SEVENTEENTH["sittings"], 6, NOW),
    "cohort_counts": (5, "assignment", 6, "{}", NOW),
}
_NINETEENTH = _EIGHTEENTH | {
    "flags": (*_THIRD["flags"], "revision"),
    "item_cards": (
        *(3, "lumps", "nature", "revision", "digest", 0, '["flags"]', "{}", 60, NOW),
        *("kept", "As it is.", 8, "Root", NOW, NOW),
    ),
    "item_card_messages": (3, 8, 101),
}
_TWENTIETH = _NINETEENTH | {
    "posts": (*_TENTH["posts"], "another-patient", "live"),
    "live_rounds": (
        *(4, "K7MQ2F", "token", 8, "en", 1, "[[1, 0]]", "ended", 0, 2, 1, NOW, NOW),
        *(102, NOW, NOW, NOW),
    ),
    "live_people": (4, 7, NOW, 103, 0),
    "live_votes": (4, 0, 1, 7, "[1]", NOW),
}
_TWENTY_FIRST = _TWENTIETH | {
    "roles": (*_EIGHTEENTH["roles"], "Ada Byron"),
    "role_links": ("token", "author", 8, "Root", NOW, NOW),
    "drafts": (4, 7, "{}", NOW, NOW, NOW),
    "draft_shown": (4, 101, 1),
    "draft_messages": (7, 100, 4, NOW, 1),
}
_TWENTY_SECOND = _TWENTY_FIRST | {"sent_files": (7, 101, "BQAC", "case.docx", "draft", "{}")}
_TWENTY_THIRD = _TWENTY_SECOND | {
    "published_cases": (1, "lumps", 7, "digest", "lumps.yaml", NOW, NOW),
    "publications": (1, "lumps", 7, 4, "id: lumps", "[]", "digest", NOW, "owed"),
}
_TWENTY_FOURTH = _TWENTY_THIRD | {
    "signatures": ("lumps", "digest", 7, "Ada Byron, MD", NOW),
    "sent_back_cases": (7, "lumps", "digest", "change", NOW),
}
_TWENTY_FIFTH = _TWENTY_FOURTH | {"draft_pictures": (4, "cd" * 32, b"bytes of a picture")}
SAMPLES: dict[int, dict[str, Sequence[Any]]] = {
    1: _FIRST,
    2: _SECOND,
    3: _THIRD,
    4: _THIRD,
    5: _FIFTH,
    6: _FIFTH,
    7: _SEVENTH,
    8: _EIGHTH,
    9: _NINTH,
    10: _TENTH,
    11: _ELEVENTH,
    12: _ELEVENTH,
    13: _THIRTEENTH,
    14: _FOURTEENTH,
    15: _FIFTEENTH,
    16: _SIXTEENTH,
    17: _SEVENTEENTH,
    18: _EIGHTEENTH,
    19: _NINETEENTH,
    20: _TWENTIETH,
    21: _TWENTY_FIRST,
    22: _TWENTY_SECOND,
    23: _TWENTY_THIRD,
    24: _TWENTY_FOURTH,
    25: _TWENTY_FIFTH,
}


def mended(
    start: int, before: dict[str, list[tuple[Any, ...]]]
) -> dict[str, list[tuple[Any, ...]]]:
    """What steps do on purpose to rows of before ``start``."""
    if 0 < start < 7:  # a refused call says no more whom it was for
        row = [
            0 if place == 1 else None if place == 6 else value
            for place, value in enumerate(before["outbox"][0])
        ]
        return before | {"outbox": [tuple(row)]}
    return before


async def fill(database: Database, version: int) -> None:
    """Put a row of its version into every table."""
    async with database.transaction() as transaction:
        for table, row in SAMPLES.get(version, {}).items():
            places = ", ".join("?" * len(row))
            await transaction.execute(f"INSERT INTO {table} VALUES ({places})", row)


def schema(path: Path) -> list[tuple[Any, ...]]:
    """All that SQLite knows of the file's tables and indexes."""
    return on_disk(path, "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    return {table: on_disk(path, f"SELECT * FROM {table}") for table in columns(path)}


def made_up(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """Let there be one more step."""
    step = Migration(NEWEST + 1, "made-up", statements)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, step))


def test_steps_are_numbered_in_order() -> None:
    """Versions count from 1 without gaps, and each has a name of its own."""
    assert [step.version for step in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))
    assert len({step.name for step in MIGRATIONS}) == len(MIGRATIONS)


@pytest.mark.parametrize("start", range(NEWEST + 1))
async def test_every_earlier_version_climbs_to_the_newest(tmp_path: Path, start: int) -> None:
    """From each version, full of data, the steps lead to the very schema of a new file."""
    fresh, path = tmp_path / "fresh.db", tmp_path / "old.db"
    await (await Store.open(fresh, NOW)).close()
    database = await Database.open(path)
    assert await migrate(database, NOW, upto=start) == start
    await fill(database, start)
    before, columns_before = mended(start, contents(path)), columns(path)
    assert [table for table, rows in before.items() if not rows and start] == []
    assert await migrate(database, NOW + 1) == NEWEST
    await database.close()
    assert schema(path) == schema(fresh)
    assert on_disk(path, "PRAGMA integrity_check") == [("ok",)]
    assert on_disk(path, "PRAGMA foreign_key_check") == []
    for table in SAMPLES.get(start, {}):
        known = ", ".join(columns_before[table])
        assert on_disk(path, f"SELECT {known} FROM {table}") == before[table]
    assert on_disk(path, "SELECT version, name, applied_at FROM migrations") == [
        (step.version, step.name, NOW if step.version <= start else NOW + 1) for step in MIGRATIONS
    ]


@pytest.mark.parametrize("start", range(1, NEWEST + 1))
async def test_what_an_earlier_version_owes_is_sent(path: Path, start: int) -> None:
    """With its text, which stood among the parameters once, and as the reply it was to be."""
    database = await Database.open(path)
    await migrate(database, NOW, upto=start)
    async with database.transaction() as transaction:
        for number in (1, 2):
            await transaction.execute(
                "INSERT INTO outbox (chat_id, method, params, broadcast, reply_to, owed_at)"
                " VALUES (7, 'sendMessage', json_object('text', 'old ' || ?1), 0, ?1 - 1, ?2)",
                (number, NOW),
            )
    await database.close()
    store = await Store.open(path, NOW)
    await record(store, owed=(text("new", 7),))
    assert [row.params["text"] for row in await begin_all(store)] == ["old 1", "old 2", "new"]
    await store.outbox.settle([Sent(1, 101)])
    reply, _ = await begin_all(store)
    await store.close()
    assert reply.params == {
        "text": "old 2",
        "reply_parameters": {"message_id": 101, "allow_sending_without_reply": True},
    }


async def test_migrating_twice_changes_nothing(path: Path) -> None:
    """A database that is up to date stays as it is."""
    database = await Database.open(path)
    await migrate(database, NOW)
    await fill(database, NEWEST)
    before = schema(path), contents(path)
    assert await migrate(database, NOW + 1) == NEWEST
    await database.close()
    assert (schema(path), contents(path)) == before


async def test_a_new_step_is_applied_to_what_is_there(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next version's program brings today's database up to date, data and all."""
    database = await Database.open(path)
    await migrate(database, NOW)
    await fill(database, NEWEST)
    made_up(
        monkeypatch,
        "ALTER TABLE people ADD COLUMN cohort TEXT",
        "UPDATE people SET cohort = 'of ' || id",
    )
    assert await migrate(database, NOW + 1) == NEWEST + 1
    await database.close()
    assert on_disk(path, "SELECT id, cohort FROM people") == [(7, "of 7")]


@pytest.mark.parametrize(
    "statement",
    ["INSERT INTO nowhere VALUES (1)", "INSERT INTO fresh VALUES (NULL)", "no SQL at all"],
)
async def test_a_step_is_applied_whole_with_its_record(
    path: Path, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    """A step that fails half-way leaves neither itself nor its record; mended, it is applied."""
    database = await Database.open(path)
    await migrate(database, NOW)
    await fill(database, NEWEST)
    before = schema(path), contents(path)
    begin = ("CREATE TABLE fresh (id INTEGER NOT NULL) STRICT", "DELETE FROM people")
    made_up(monkeypatch, *begin, statement)
    with pytest.raises(Exception, match=r"nowhere|NOT NULL|syntax"):
        await migrate(database, NOW + 1)
    assert (schema(path), contents(path)) == before
    made_up(monkeypatch, *begin)
    assert await migrate(database, NOW + 2) == NEWEST + 1
    await database.close()
    assert "fresh" in columns(path)
    assert on_disk(path, "SELECT applied_at FROM migrations ORDER BY version DESC LIMIT 1") == [
        (NOW + 2,)
    ]


async def test_steps_that_are_missing_are_applied_together(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the last of them fails, a new file stays empty; mended, it gets all of them."""
    database = await Database.open(path)
    made_up(monkeypatch, "no SQL at all")
    with pytest.raises(StorageError, match="syntax"):
        await migrate(database, NOW)
    assert columns(path) == {}
    made_up(monkeypatch, "CREATE TABLE fresh (id INTEGER) STRICT")
    assert await migrate(database, NOW) == NEWEST + 1
    await database.close()
    assert "fresh" in columns(path)


async def test_a_step_whose_record_fails_leaves_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only the record cannot be written, the step is undone too."""
    database = await Database.open(path)
    await migrate(database, NOW)
    made_up(monkeypatch, "CREATE TABLE fresh (id INTEGER) STRICT", "DROP TABLE migrations")
    with pytest.raises(StorageError, match="migrations"):
        await migrate(database, NOW)
    await database.close()
    assert "fresh" not in columns(path)
    assert "migrations" in columns(path)


async def test_a_later_version_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that a later program has worked on is left alone, and the reason is told."""
    made_up(monkeypatch, "CREATE TABLE fresh (id INTEGER) STRICT")
    await (await Store.open(path, NOW)).close()
    monkeypatch.undo()
    before = schema(path), contents(path)
    with pytest.raises(ForeignDatabaseError, match=f"at version {NEWEST + 1}.*up to {NEWEST};"):
        await Store.open(path, NOW)
    assert (schema(path), contents(path)) == before
