"""The connections: what a transaction promises, whatever interrupts it."""

import asyncio
import os
import shutil
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import storage.database
from storage.database import Database
from storage.errors import RejectedError, StorageError
from tests.storage.samples import on_disk
from tests.support.wal import wal_of

NOTE = "INSERT INTO notes VALUES (?, ?)"
BOUND_S = 60.0  # seconds that a test waits for what must come


async def write(database: Database, number: int, words: Any = "words") -> None:
    """Write one note in a transaction of its own."""
    async with database.transaction() as transaction:
        await transaction.execute(NOTE, (number, words))


def notes(path: Path) -> list[int]:
    """The numbers of the committed notes."""
    return [number for (number,) in on_disk(path, "SELECT id FROM notes ORDER BY id")]


async def test_a_commit_is_on_the_disk_when_it_is_reported(database: Database) -> None:
    """Both connections use WAL and full synchronisation, check keys, and wait five seconds."""
    for connection in (database._writer, database._reader):
        for pragma, expected in (
            ("journal_mode", "wal"),
            ("synchronous", 2),  # FULL
            ("foreign_keys", 1),
            ("busy_timeout", 5000),
        ):
            ((value,),) = await connection.execute_fetchall(f"PRAGMA {pragma}")
            assert (pragma, value) == (pragma, expected)


@pytest.mark.parametrize("replicated", [False, True])
async def test_where_another_program_copies_the_log_it_alone_brings_it_into_the_file(
    tmp_path: Path, replicated: bool
) -> None:
    """However long the log is by then."""
    path = tmp_path / "bot.db"
    database = await Database.open(path, replicated=replicated)
    async with database.transaction() as transaction:
        await transaction.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT)")
        await transaction.execute(NOTE, (1, "x" * 17_000_000))  # beyond what is usual
    await write(database, 2)
    size = path.stat().st_size
    await database.close()
    assert (size < 17_000_000) == replicated


async def test_the_folder_is_made(tmp_path: Path) -> None:
    """A database in a folder that does not exist yet can be opened."""
    path = tmp_path / "some" / "where" / "bot.db"
    await (await Database.open(path)).close()
    assert path.is_file()


@pytest.mark.parametrize("obstacle", ["folder-is-a-file", "file-is-a-folder", "not-a-database"])
async def test_what_cannot_be_opened_is_a_storage_error(tmp_path: Path, obstacle: str) -> None:
    """A path that cannot hold a database is refused with a reason, and nothing stays open."""
    path = tmp_path / "there" / "bot.db"
    match obstacle:
        case "folder-is-a-file":
            path.parent.write_text("a file")
        case "file-is-a-folder":
            path.mkdir(parents=True)
        case _:
            path.parent.mkdir()
            path.write_text("These are notes of a lecture, not a database. " * 50)
    with pytest.raises(StorageError, match=r"cannot make|unable to open|not a database"):
        await Database.open(path)


def test_what_cannot_be_opened_leaves_nothing_running(tmp_path: Path) -> None:
    """A program that ends at once after that ends in silence: no thread is left to complain."""
    for _ in range(30):
        with pytest.raises(StorageError):
            asyncio.run(Database.open(tmp_path))


def test_cancelled_while_it_opens_leaves_nothing_running(tmp_path: Path) -> None:
    """At whichever turn of the loop; no thread is left to complain once the loop is closed."""

    async def cancelled_after(turns: int) -> None:
        opening = asyncio.ensure_future(Database.open(tmp_path / f"{turns}.db"))
        for _ in range(turns):
            await asyncio.sleep(0)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening

    before = set(threading.enumerate())
    for turns in range(20):
        asyncio.run(cancelled_after(turns))
        for thread in set(threading.enumerate()) - before:
            thread.join(BOUND_S)


async def test_a_body_that_raises_leaves_nothing(database: Database, path: Path) -> None:
    """The body's own error comes out, its writes are undone, and the next transaction works."""

    async def fail() -> None:
        async with database.transaction() as transaction:
            await transaction.execute(NOTE, (1, "first"))
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    await write(database, 2)
    assert notes(path) == [2]


async def test_a_failing_statement_leaves_nothing(database: Database, path: Path) -> None:
    """Statements before the failing one, and the rows before the failing row, are undone too."""

    async def fail() -> None:
        async with database.transaction() as transaction:
            await transaction.execute(NOTE, (1, "first"))
            await transaction.execute(NOTE, (1, "first again"))

    rows = [(2, "second"), (1, "first again")]
    for work in (fail(), database.write(lambda: [(NOTE, [(1, "first")]), (NOTE, rows)])):
        with pytest.raises(RejectedError):
            await work
    await write(database, 3)
    assert notes(path) == [3]


async def test_a_transaction_sees_itself_and_the_reader_what_is_committed(
    database: Database,
) -> None:
    """Rows are visible inside their transaction at once, and to the reader from the commit on."""
    async with database.transaction() as transaction:
        assert await transaction.execute(NOTE, (1, "first")) == 1
        assert [row["words"] for row in await transaction.rows("SELECT * FROM notes")] == ["first"]
        assert await database.rows("SELECT * FROM notes") == []
    row = await database.row("SELECT * FROM notes")
    assert row is not None
    assert tuple(row) == (1, "first")
    assert await database.row("SELECT * FROM notes WHERE id = 2") is None


async def test_transactions_take_turns(database: Database, path: Path) -> None:
    """Many at once are done one after the other, each whole."""

    async def count_up() -> None:
        async with database.transaction() as transaction:
            (row,) = await transaction.rows("SELECT count(*) AS n FROM notes")
            await transaction.execute(NOTE, (row["n"] + 1, "words"))

    await asyncio.gather(*(count_up() for _ in range(20)))
    assert notes(path) == list(range(1, 21))


class Gate:
    """Holds the writer's thread at a statement, so that a test can act at that very moment."""

    def __init__(self) -> None:
        self._reached = threading.Event()
        self._open = threading.Event()

    def trace(self, sql: str, at: str) -> None:
        if sql.lstrip().startswith(at) and not self._reached.is_set():
            self._reached.set()
            self._open.wait(BOUND_S)

    async def reached(self) -> None:
        assert await asyncio.to_thread(self._reached.wait, BOUND_S)

    def open(self) -> None:
        self._open.set()


@asynccontextmanager
async def held(database: Database, at: str) -> AsyncIterator[Gate]:
    """The writer stops at the first statement that starts with ``at``."""
    gate = Gate()
    await database._writer.set_trace_callback(lambda sql: gate.trace(sql, at))
    yield gate
    gate.open()


async def let_others_run() -> None:
    """Give every task that can run now the chance to."""
    for _ in range(5):
        await asyncio.sleep(0)


async def cancelled(
    database: Database, at: str, work: Coroutine[Any, Any, None], times: int = 1
) -> None:
    """Do some work, and cancel it so often while the writer is at a statement."""
    async with held(database, at) as gate:
        task = asyncio.create_task(work)
        await gate.reached()
        for _ in range(times):
            task.cancel()
            await let_others_run()
        gate.open()
        with pytest.raises(asyncio.CancelledError):
            await task


@pytest.mark.parametrize("times", [1, 2, 3], ids=lambda n: f"{n}-times")
@pytest.mark.parametrize("at", ["BEGIN", "INSERT", "COMMIT"])
async def test_cancelled_at_any_statement(
    database: Database, path: Path, at: str, times: int
) -> None:
    """Cancelled while a statement runs, however often, a transaction is whole or absent.

    Only a COMMIT that has begun goes through; and whoever comes next finds the writer free.
    """
    await cancelled(database, at, write(database, 1), times)
    async with asyncio.timeout(BOUND_S):
        await write(database, 2)
    assert notes(path) == ([1, 2] if at == "COMMIT" else [2])


@pytest.mark.parametrize("at", ["BEGIN", "INSERT", "COMMIT"])
async def test_cancelled_while_it_is_written_at_once(
    database: Database, path: Path, at: str
) -> None:
    """What goes to the thread as a whole goes through, and then the task ends as cancelled."""
    await cancelled(database, at, database.write(lambda: [(NOTE, [(1, "a"), (2, "b")])]))
    async with asyncio.timeout(BOUND_S):
        await write(database, 3)
    assert notes(path) == [1, 2, 3]


async def test_what_is_written_is_asked_for_once_the_writer_is_held(
    database: Database, path: Path
) -> None:
    """So numbers can be given in the order of the disk; an error of who gives them comes out."""
    numbers = iter(range(1, 20))

    async def write_next() -> None:
        await database.write(lambda: [(NOTE, [(next(numbers), "words")])])

    async with held(database, "INSERT") as gate:
        first = asyncio.create_task(write(database, 0))
        await gate.reached()
        later = [asyncio.create_task(write_next()) for _ in range(3)]
        await let_others_run()
        assert next(numbers) == 1
        gate.open()
        await asyncio.gather(first, *later)
    assert notes(path) == [0, 2, 3, 4]

    def refuse() -> list[Any]:
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(refuse)
    await write(database, 5)
    assert notes(path) == [0, 2, 3, 4, 5]


async def test_cancelled_while_rolling_back(database: Database, path: Path) -> None:
    """A rollback that has begun is brought to its end."""

    async def fail() -> None:
        async with database.transaction() as transaction:
            await transaction.execute(NOTE, (1, "first"))
            raise LookupError

    await cancelled(database, "ROLLBACK", fail(), times=2)
    await write(database, 2)
    assert notes(path) == [2]


async def test_cancelled_while_waiting_for_its_turn(database: Database, path: Path) -> None:
    """Who gives up waiting disturbs neither the transaction under way nor the next."""
    async with held(database, "INSERT") as gate:
        first = asyncio.create_task(write(database, 1))
        await gate.reached()
        second = asyncio.create_task(write(database, 2))
        third = asyncio.create_task(write(database, 3))
        await let_others_run()
        second.cancel()
        gate.open()
        with pytest.raises(asyncio.CancelledError):
            await second
        await asyncio.gather(first, third)
    assert notes(path) == [1, 3]


async def test_cancelled_while_another_program_holds_the_file(
    database: Database, path: Path
) -> None:
    """A cancelled task ends as cancelled, even where its statement fails in the meantime."""
    await database._writer.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await cancelled(database, "BEGIN", write(database, 1))
        other.execute("ROLLBACK")
    await write(database, 2)
    assert notes(path) == [2]


async def test_locked_by_another_program(database: Database, path: Path) -> None:
    """A file held by another program is a failure of the moment; reading goes on meanwhile."""
    await write(database, 1)
    await database._writer.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="locked"):
            await write(database, 2)
        with pytest.raises(StorageError, match="locked"):
            async with database.transaction():
                pytest.fail("what a body reads must not change before it writes")
        assert len(await database.rows("SELECT * FROM notes")) == 1
        other.execute("ROLLBACK")
    await write(database, 3)
    assert notes(path) == [1, 3]


async def test_a_file_that_cannot_be_written(database: Database, path: Path) -> None:
    """A read-only database is a failure of the moment: somebody may mend it."""
    # The file's permissions would not stop a test that runs as root.
    await database._writer.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageError, match="readonly"):
        await write(database, 1)
    await database._writer.execute("PRAGMA query_only = OFF")
    await write(database, 2)
    assert notes(path) == [2]


async def test_a_full_disk(database: Database, path: Path) -> None:
    """Where there is no room, nothing of the transaction stays; with room again, all goes on."""
    await write(database, 1)
    await database._writer.execute("PRAGMA max_page_count = 1")  # that is: as many as there are

    async def fill() -> None:
        async with database.transaction() as transaction:
            await transaction.execute(NOTE, (2, "short"))
            for number in range(3, 100):
                await transaction.execute(NOTE, (number, "long" * 1000))

    long = [(number, "long" * 1000) for number in range(3, 100)]
    for work in (fill(), database.write(lambda: [(NOTE, [(2, "short")]), (NOTE, long)]), fill()):
        with pytest.raises(StorageError, match="full"):
            await work
    await database._writer.execute("PRAGMA max_page_count = 1000000")
    await write(database, 100)
    assert notes(path) == [1, 100]


async def test_no_memory(database: Database, path: Path) -> None:
    """Where SQLite gets no memory it is a failure of the moment, and not of what is written."""

    def none() -> None:
        raise MemoryError

    await database._writer.create_function("none", 0, none)
    await database._reader.create_function("none", 0, none)
    note = "INSERT INTO notes SELECT 1, none()"

    async def in_steps() -> None:
        async with database.transaction() as transaction:
            await transaction.execute(note)

    for work in (
        in_steps(),
        database.write(lambda: [(note, None)]),
        database.rows("SELECT none()"),
    ):
        with pytest.raises(StorageError, match="out of memory"):
            await work
    await write(database, 2)
    assert notes(path) == [2]


def failing_at(instruction: int) -> Callable[[], bool]:
    """A progress handler that interrupts SQLite at one of its instructions."""
    done = count(1)
    return lambda: next(done) == instruction


@pytest.mark.parametrize("at_once", [True, False], ids=["at-once", "in-steps"])
async def test_failing_at_any_instruction(database: Database, path: Path, at_once: bool) -> None:
    """Wherever SQLite fails, in BEGIN and COMMIT too, whoever comes next finds the writer free."""
    for instruction in count(1):
        await database._writer.set_progress_handler(failing_at(instruction), 1)
        trial = (-instruction, "words")
        work = database.write(lambda: [(NOTE, [trial])]) if at_once else write(database, *trial)  # noqa: B023
        try:
            await work
        except StorageError:
            await database._writer.set_progress_handler(lambda: 0, 0)
        else:
            break
        await write(database, instruction)
    assert [number for number in notes(path) if number > 0] == [*range(1, instruction)]
    assert instruction > 10
    assert -1 not in notes(path)


def overwrite(path: Path) -> None:
    """Put something else into the file."""
    path.write_bytes(b"not what it was" * 10_000)


@pytest.mark.skipif(os.name == "nt", reason="there, nobody can take an open file away")
async def test_nothing_is_written_into_a_file_that_is_gone(database: Database, path: Path) -> None:
    """Taken away or replaced, it takes nothing, and says so; back in its place, it does again."""
    await write(database, 1)
    away = path.with_name("away.db")
    os.rename(path, away)  # noqa: PTH104 - pathlib is not for coroutines
    for another in (False, True):
        if another:
            shutil.copy(away, path)
        with pytest.raises(StorageError, match="taken away, or another"):
            await write(database, 2)
        with pytest.raises(StorageError, match="taken away, or another"):
            await database.write(lambda: [(NOTE, [(2, "two")])])
        assert not database.takes
    os.replace(away, path)  # noqa: PTH105 - as above
    await write(database, 3)
    assert [row["id"] for row in await database.rows("SELECT id FROM notes")] == [1, 3]


@pytest.mark.skipif(os.name == "nt", reason="there, nobody can take an open file away")
async def test_a_log_that_is_taken_away(tmp_path: Path) -> None:
    """Nothing more is committed into a log that nobody finds again; what was, is in the file."""
    path = tmp_path / "bot.db"
    database = await Database.open(path)
    await database.write(lambda: [("CREATE TABLE notes (id INTEGER PRIMARY KEY, words)", None)])
    await write(database, 1)
    log = wal_of(path)
    away = path.with_name("away")
    os.rename(log, away)  # noqa: PTH104 - pathlib is not for coroutines
    for another in (False, True):
        if another:
            shutil.copy(away, log)
        with pytest.raises(StorageError, match=r"its log .* taken away, or another"):
            await write(database, 2)
        assert not database.takes
    os.replace(away, log)  # noqa: PTH105 - as above
    await write(database, 3)
    os.unlink(log)  # noqa: PTH108 - as above
    with pytest.raises(StorageError, match="taken away"):
        await write(database, 4)
    await database.close()
    assert notes(path) == [1, 3]


async def test_a_log_shrinks_again(database: Database, path: Path) -> None:
    """What a long reader let it grow to is given back once it begins anew."""
    ((limit,),) = await database._writer.execute_fetchall("PRAGMA journal_size_limit")
    assert limit == 16 * 1024 * 1024
    await database._writer.execute("PRAGMA journal_size_limit = 50000")
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM notes").fetchall()
        for number in range(1, 60):
            await write(database, number, "long" * 1000)
        reader.execute("COMMIT")
    grown = (await asyncio.to_thread(wal_of(path).stat)).st_size
    assert grown > 200_000
    await database._writer.execute_fetchall("PRAGMA wal_checkpoint(RESTART)")
    await write(database, 60)
    assert (await asyncio.to_thread(wal_of(path).stat)).st_size <= 50_000


async def test_it_is_known_whether_writing_fails(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until something is written again, or for a minute: then whoever failed has given up.

    Values that are refused say nothing about the file.
    """
    await database._writer.execute("PRAGMA busy_timeout = 0")
    assert database.takes
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        for writing in (write(database, 1), database.write(lambda: [(NOTE, [(2, "two")])])):
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageError):
                await writing
            amid_trouble = database.takes
            other.execute("ROLLBACK")
            await write(database, 3)
            assert (amid_trouble, database.takes) == (False, True)
            await database.write(lambda: [("DELETE FROM notes", None)])
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError):
            await write(database, 4)
    monkeypatch.setattr(storage.database, "_FAILURE_LASTS_S", 0.0)
    assert database.takes
    monkeypatch.undo()
    await write(database, 5)
    with pytest.raises(RejectedError):
        await write(database, 5)
    assert database.takes


async def test_a_damaged_file(database: Database, path: Path) -> None:
    """A file that was overwritten is a failure of the database, not of the values."""
    await write(database, 1)
    await database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    overwrite(path)
    with pytest.raises(StorageError, match=r"malformed|not a database"):
        await write(database, 2)


SECRET = "Ada Lovelace"
UNFIT: dict[str, Callable[[], tuple[object, ...]]] = {
    "taken": lambda: (1, SECRET),
    "missing": lambda: (2, None),
    "wrong-type": lambda: (SECRET, "words"),
    "bytes-as-text": lambda: (2, SECRET.encode()),
    "too-big": lambda: (2**63, SECRET),
    "lone-surrogate": lambda: (2, SECRET + "\ud800"),
    "not-a-value": lambda: (2, {"name": SECRET}),
    "too-few": lambda: (SECRET,),
}


@pytest.mark.parametrize("many", [False, True], ids=["transaction", "write"])
@pytest.mark.parametrize("unfit", UNFIT)
async def test_values_that_do_not_fit_are_rejected(
    database: Database, path: Path, unfit: str, many: bool
) -> None:
    """Values that break a rule or cannot be stored are refused for good, and never quoted."""
    await write(database, 1)
    values: Any = UNFIT[unfit]()

    async def fail() -> None:
        if many:
            await database.write(lambda: [(NOTE, [(3, "third"), values])])
            return
        async with database.transaction() as transaction:
            await transaction.execute(NOTE, values)

    with pytest.raises(RejectedError) as caught:
        await fail()
    assert SECRET not in str(caught.value)
    assert caught.value.__suppress_context__
    assert SECRET not in repr(caught.value.__cause__)
    await write(database, 4)
    assert notes(path) == [1, 4]


async def test_reading_with_values_that_do_not_fit(database: Database) -> None:
    """A query's values are judged as a statement's are."""
    with pytest.raises(RejectedError):
        await database.rows("SELECT * FROM notes WHERE id = ?", (2**63,))
    with pytest.raises(StorageError):
        await database.row("SELECT * FROM nowhere")


async def test_a_body_s_own_errors_are_left_alone(database: Database) -> None:
    """Only SQLite's errors are translated: a body's own arithmetic is not the database's."""

    async def fail() -> None:
        async with database.transaction():
            raise OverflowError("the body's own")

    with pytest.raises(OverflowError, match="own"):
        await fail()


async def test_closing_waits_for_the_transaction_under_way(database: Database, path: Path) -> None:
    """A database that is closed while it writes is closed afterwards."""
    other = await Database.open(path)
    async with held(other, "INSERT") as gate:
        writing = asyncio.create_task(write(other, 1))
        await gate.reached()
        closing_it = asyncio.create_task(other.close())
        await let_others_run()
        assert not closing_it.done()
        gate.open()
        await asyncio.gather(writing, closing_it)
    assert notes(path) == [1]
