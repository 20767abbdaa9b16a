"""Copies of a database: made beside a writer, known to be whole, pruned, and put back."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from storage import backups as making
from storage import inspection, restoring
from storage.backups import Backup, back_up, backups, prune
from storage.errors import DamagedDatabaseError, ForeignDatabaseError, StorageError
from storage.inspection import NEWEST, identify, inspect
from storage.restoring import put_in_place, verified_copy
from storage.store import Store
from storage.time_units import DAY_MS
from tests.bot.commands.test_command_line import ROOT
from tests.storage.samples import NOW, answered, on_disk, posted, record

SECOND = 1000


async def database(path: Path, answers: int = 1, bot_id: int = 7007) -> None:
    """A bot's database, not in use."""
    store = await Store.open(path, NOW)
    await store.claim(bot_id)
    for number in range(1, answers + 1):
        await record(store, *posted(number), answered(post_id=number))
    await store.close()


async def one_more(path: Path) -> None:
    """A third answer."""
    store = await Store.open(path, NOW)
    await record(store, *posted(3), answered(post_id=3))
    await store.close()


def newest(path: Path) -> int:
    """The number of the last update on record."""
    return int(on_disk(path, "SELECT max(id) FROM updates")[0][0])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_copy_is_whole_while_a_writer_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One state of the file, in a file of its own for its owner alone; the writer never waits."""
    path, folder = tmp_path / "bot.db", tmp_path / "backups"
    asyncio.run(database(path))
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.storage.busy_writer", str(path), "2"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    try:
        first = int(writer.stdout.readline())
        monkeypatch.setattr(making, "_PAGES", 5)
        seen: list[int] = []

        def slowly(_done: int, _of: int) -> None:
            """The next step waits until the writer has committed once more."""
            seen.append(newest(path))
            assert writer.stdout is not None
            while int(writer.stdout.readline()) <= seen[-1]:
                pass

        made, found = back_up(path, folder, NOW, slowly)
    finally:
        writer.kill()
        writer.communicate()
    assert len(seen) > 3
    copied = newest(made.path)
    assert first <= copied <= seen[0] < seen[-1]
    assert (found.bot_id, found.version, found.answers) == (7007, NEWEST, 1)
    assert made.path.name == "bot-20231114T221320Z.db"
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert names(folder) == [made.path.name]
    assert on_disk(made.path, "SELECT count(*), sum(id) FROM outbox")[0][0] == 2 * (copied - 1)


async def test_a_copy_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """No half of a backup under its name, and none beside it; one of the same second stays."""
    path, folder = tmp_path / "bot.db", tmp_path / "backups"
    await database(path)

    def interrupted(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(path, folder, NOW, interrupted)
    assert names(folder) == []
    made, _ = back_up(path, folder, NOW)
    before = made.path.read_bytes()
    with pytest.raises(StorageError, match="there already"):
        back_up(path, folder, NOW + 999)
    assert (names(folder), made.path.read_bytes()) == ([made.path.name], before)
    damage(path)
    with pytest.raises(StorageError):
        back_up(path, folder, NOW + SECOND)
    assert names(folder) == [made.path.name]


def damage(path: Path) -> None:
    """Overwrite the middle of a file, as a failing disk does."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xa5" * 20_000)


async def test_what_is_amiss_with_a_file_is_told(tmp_path: Path) -> None:
    """Damaged, another program's, no database at all, rows that lead nowhere: each by its name."""
    path = tmp_path / "bot.db"
    await database(path, 300)
    shutil.copy(path, tmp_path / "astray.db")
    with closing(sqlite3.connect(tmp_path / "astray.db")) as connection:
        connection.execute("DELETE FROM snapshots")
        connection.commit()
    with pytest.raises(DamagedDatabaseError, match="a row of posts refers to one of snapshots"):
        inspect(tmp_path / "astray.db")
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE notes (words)")
    with pytest.raises(ForeignDatabaseError, match="not a database of Morning Report"):
        inspect(tmp_path / "other.db")
    (tmp_path / "text.db").write_text("no database " * 1000)
    with pytest.raises(StorageError, match="not a database"):
        inspect(tmp_path / "text.db")
    assert inspect(path).answers == 300
    damage(path)
    with pytest.raises(StorageError, match=r"damaged|malformed"):
        inspect(path)


async def test_pruning_spares_what_it_did_not_make(tmp_path: Path) -> None:
    """The newest stay; of the rest only this bot's own backups go, and what a killed one left."""
    path, folder = tmp_path / "bot.db", tmp_path / "backups"
    await database(path)
    made = [back_up(path, folder, NOW + n * SECOND)[0] for n in range(4)]
    await database(tmp_path / "other" / "bot.db", bot_id=8008)
    foreign, _ = back_up(tmp_path / "other" / "bot.db", folder, NOW - DAY_MS)
    (folder / "bot-20200101T000000Z.db").write_text("my notes")
    (folder / "bot-20200101T000001Z.db.gz").write_text("older")
    (folder / "bot-link-20200101T000000Z.db").symlink_to(path)
    for leftover, age in ((".bot-a.db.part", 2 * DAY_MS), (".bot-b.db.part", 0)):
        (folder / leftover).touch()
        os.utime(folder / leftover, ((NOW - age) / 1000,) * 2)
    spared = {path.name for path in folder.iterdir()} - {made[0].path.name, ".bot-a.db.part"}
    assert prune(made[3], path, 3) == [made[0].path]
    assert {path.name for path in folder.iterdir()} == spared
    assert backups(path, folder)[:3] == [made[3], made[2], made[1]]
    assert foreign in backups(path, folder)


async def test_a_backup_from_before_the_bot_first_ran_is_pruned_too(tmp_path: Path) -> None:
    """A database that is nobody's yet is this one's: its copies count, and go in their turn."""
    path, folder = tmp_path / "bot.db", tmp_path / "backups"
    await (await Store.open(path, NOW)).close()
    unclaimed, _ = back_up(path, folder, NOW)
    await database(path)
    made, _ = back_up(path, folder, NOW + SECOND)
    assert prune(made, path, 1) == [unclaimed.path]
    assert backups(path, folder) == [made]


async def test_the_backup_just_made_stays_when_clocks_step_back(tmp_path: Path) -> None:
    """Others seem newer then; it is kept all the same."""
    path, folder = tmp_path / "bot.db", tmp_path / "backups"
    await database(path)
    older, _ = back_up(path, folder, NOW)
    made, _ = back_up(path, folder, NOW - DAY_MS)
    assert prune(made, path, 1) == [older.path]
    assert backups(path, folder) == [made]


async def test_a_restored_database_is_the_backup(tmp_path: Path) -> None:
    """Byte for byte what was backed up; what it replaces is kept whole, its log included."""
    path = tmp_path / "bot.db"
    await database(path, 2)
    made, _ = back_up(path, tmp_path, NOW)
    store = await Store.open(path, NOW)
    await record(store, *posted(3), answered(post_id=3))
    killed = tmp_path / "killed"
    killed.mkdir()
    for end in ("", "-wal", "-shm"):
        shutil.copy(f"{path}{end}", killed)
    await store.close()
    assert (killed / "bot.db-wal").stat().st_size > 0
    with verified_copy(made.path, killed / "bot.db") as (copied, found):
        kept = put_in_place(copied, killed / "bot.db", NOW)
    assert (found.answers, identify(killed / "bot.db").answers) == (2, 2)
    assert kept is not None
    assert inspect(kept).answers == 3
    assert {name for name in names(killed) if not name.startswith(kept.name)} == {"bot.db"}
    again = await Store.open(killed / "bot.db", NOW)
    await again.claim(7007)
    await again.close()


@pytest.mark.parametrize("step", range(4))
def test_a_restore_that_is_cut_short_leaves_a_whole_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """At whichever step: the old one or the new one stands under its name, with its own log."""
    path = tmp_path / "bot.db"
    asyncio.run(database(path, 2))
    made, _ = back_up(path, tmp_path / "backups", NOW)
    asyncio.run(one_more(path))
    steps = count()

    def cut_short(act: Callable[..., Any]) -> Callable[..., Any]:
        def acted(*arguments: Any) -> Any:
            if next(steps) == step:
                raise KeyboardInterrupt
            return act(*arguments)

        return acted

    for owner, name in ((os, "link"), (os, "fsync"), (Path, "replace")):
        monkeypatch.setattr(owner, name, cut_short(getattr(owner, name)))
    with (
        suppress(KeyboardInterrupt),
        verified_copy(made.path, path) as (copied, _),
    ):
        put_in_place(copied, path, NOW)
    monkeypatch.undo()
    assert next(steps) > step
    left = [name for name in names(tmp_path) if not name.startswith("bot-replaced-")]
    assert left == ["backups", "bot.db"]
    assert inspect(path).answers in {2, 3}
    for kept in tmp_path.glob("bot-replaced-*.db"):
        assert inspect(kept).answers == 3


async def test_no_log_meets_a_file_not_its_own(tmp_path: Path) -> None:
    """Of a damaged database, and of one taken away, the log is kept beside, not left in place."""
    path = tmp_path / "bot.db"
    await database(path, 2)
    made, _ = back_up(path, tmp_path, NOW)
    path.write_bytes(b"\x00" * 5000)
    (tmp_path / "bot.db-wal").write_bytes(b"a log")
    with verified_copy(made.path, path) as (copied, _):
        kept = put_in_place(copied, path, NOW)
    assert kept is not None
    assert kept.read_bytes() == b"\x00" * 5000
    assert inspect(path).answers == 2
    path.unlink()
    (tmp_path / "bot.db-wal").write_bytes(b"a log")
    with verified_copy(made.path, path) as (copied, _):
        assert put_in_place(copied, path, NOW + SECOND) is None
    assert inspect(path).answers == 2


async def test_a_later_version_is_not_restored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This program could not read it; nothing is touched, and nothing is left."""
    path = tmp_path / "bot.db"
    await database(path)
    made, _ = back_up(path, tmp_path, NOW)
    before = names(tmp_path)
    for module in (inspection, restoring):
        monkeypatch.setattr(module, "NEWEST", NEWEST - 1)
    with (
        pytest.raises(ForeignDatabaseError, match=f"version {NEWEST}.*only up to {NEWEST - 1}"),
        verified_copy(made.path, path),
    ):
        pass
    assert names(tmp_path) == before


def test_only_names_of_backups_are_backups(tmp_path: Path) -> None:
    """A day that no calendar has is no backup's."""
    for name in ("bot-20261341T000000Z.db", "bot-20260101T000000Z.db", "bot-today.db"):
        (tmp_path / name).touch()
    january = 1_767_225_600_000
    assert backups(tmp_path / "bot.db", tmp_path) == [
        Backup(tmp_path / "bot-20260101T000000Z.db", january)
    ]
    assert backups(tmp_path / "bot.db", tmp_path / "nowhere") == []
