"""`backup`, `restore` and `answers`, as a person types them."""

import asyncio
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from bot.commands.ending import ended_by_signals
from storage import erasing, inspection, lock, restoring
from storage.connection import reading
from storage.database import Database
from storage.facts import Fact, PersonForgotten, PersonMet
from storage.inspection import NEWEST, identify
from storage.lock import sole_use
from storage.migrations import migrate
from storage.store import Store
from tests.storage.samples import ADA, BEN, NOW, answered, mentions, posted, record
from tests.support.command_line import Run, command_line
from tests.support.damage import damage
from tests.support.new_store import new_store

DATABASE = Path("morning-report.db")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in an empty folder without settings."""
    return command_line(tmp_path, monkeypatch, capsys)


def do(path: Path, *facts: Fact, bot_id: int = 7007) -> None:
    """Let something happen in a database, which is made where it is missing."""
    opened = Store.open if path.exists() else new_store

    async def write() -> None:
        store = await opened(path, NOW)
        await store.claim(bot_id)
        await record(store, *facts)
        await store.close()

    asyncio.run(write())


def tidy(day: str) -> None:
    """A bot at work deletes by age on that day, at midnight."""

    async def at_work() -> None:
        store = await Store.open(DATABASE, NOW)
        await store.tidy(instant(day))
        await store.close()

    asyncio.run(at_work())


def instant(day: str) -> int:
    """UTC milliseconds."""
    return round(datetime.fromisoformat(f"{day}T00:00+00:00").timestamp() * 1000)


def learn(number: int, path: Path = DATABASE, bot_id: int = 7007, person_id: int = ADA) -> None:
    """One more answer in a database."""
    given = answered(person_id, number)
    do(path, PersonMet(person_id, "en", NOW), *posted(number, person_id), given, bot_id=bot_id)


def only(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_a_backup_is_put_back(run: Run) -> None:
    """Not without being asked to replace what is there, which is kept; then all is as it was."""
    learn(1)
    code, out, err = run("backup")
    made = only(Path("backups"))
    assert (code, err) == (0, "")
    assert out.startswith(f"{made}: ")
    assert out.endswith(f"1 answer, version {NEWEST}, sound\n")
    learn(2)
    code, out, err = run("restore", made)
    assert (code, out, identify(DATABASE).answers) == (1, "", 2)
    assert f"{DATABASE} is there already (2 answers); with --force {made} (1 answer)" in err
    code, out, err = run("restore", made, "--force")
    assert (code, err, identify(DATABASE).answers) == (0, "", 1)
    (kept,) = Path().glob("morning-report-replaced-*.db")
    assert f"kept as {kept};" in out
    assert identify(kept).answers == 2
    DATABASE.unlink()
    assert run("restore", kept)[0] == 0
    assert identify(DATABASE).answers == 2


def test_backups_are_made_where_wanted_and_as_many_as_wanted(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the folder set or given; of older ones so many are kept, and others are not touched."""
    learn(1)
    for year in (2020, 2021, 2022):
        monkeypatch.setenv("MORNING_REPORT_CLOCK", f"{year}-01-01x0.001@{NOW // 1000}")
        assert run("backup", "--to", "nightly")[0] == 0
    monkeypatch.delenv("MORNING_REPORT_CLOCK")
    Path("nightly/morning-report-notes.db").touch()
    monkeypatch.setenv("MORNING_REPORT_BACKUPS", "nightly")
    code, out, _ = run("backup", "--keep", "2")
    assert (code, out.splitlines()[1]) == (0, "2 older backups deleted")
    assert len(list(Path("nightly").iterdir())) == 3
    assert not Path("backups").exists()


@pytest.fixture
def backed_up(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A backup on a day, of a bot at work; the machine's clock may show another day.

    Gives the days after which the backups are named that there are then.
    """

    def back_up(day: str, shown: str | None = None) -> list[str]:
        tidy(day)
        monkeypatch.setenv("MORNING_REPORT_CLOCK", f"{shown or day}x1@{time.time()}")
        assert run("backup")[0] == 0
        names = [path.name for path in sorted(Path("backups").iterdir())]
        return [name.removeprefix("morning-report-").partition("T")[0] for name in names]

    learn(1)
    monkeypatch.setenv("MORNING_REPORT_KEEP_BACKUPS_DAYS", "3")
    return back_up


def test_backups_go_by_age(
    run: Run, monkeypatch: pytest.MonkeyPatch, backed_up: Callable[..., list[str]]
) -> None:
    """By the time that the next is made, a day later, none is older than is said."""
    for day in range(1, 7):
        assert len(backed_up(f"2022-01-0{day}")) == min(day, 3)
    monkeypatch.setenv("MORNING_REPORT_KEEP_BACKUPS_DAYS", "1")
    monkeypatch.setenv("MORNING_REPORT_CLOCK", f"2022-01-07x1@{time.time()}")
    assert run("backup")[1].splitlines()[1] == "3 older backups deleted"
    assert len(list(Path("backups").iterdir())) == 1
    assert Path("backups").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("wrong", ["2032-05", "1970-01"])
def test_no_backup_goes_because_the_clock_was_wrong(
    wrong: str, backed_up: Callable[..., list[str]]
) -> None:
    """Neither while it shows another year nor once it is right; then those go that are too old."""
    right = ["20220101", "20220102", "20220103"]
    for day in range(1, 4):
        found = backed_up(f"2022-01-0{day}")
    assert found == right
    for day in range(1, 3):
        found = backed_up("2022-01-03", f"{wrong}-0{day}")
        assert set(found) >= {*right, f"{wrong.replace('-', '')}01"}
    found = backed_up("2022-01-04")
    assert len(found) == 5
    assert "20220101" not in found
    assert backed_up("2022-01-07") == ["20220107"]


def test_the_newest_stay_though_some_have_the_name_of_another_year(
    run: Run, monkeypatch: pytest.MonkeyPatch, backed_up: Callable[..., list[str]]
) -> None:
    """A number to keep counts those that were made last."""
    monkeypatch.setenv("MORNING_REPORT_KEEP_BACKUPS_DAYS", "99")
    backed_up("2022-01-01", "2032-05-01")
    backed_up("2022-01-02", "2032-05-02")
    backed_up("2022-01-03")
    monkeypatch.setenv("MORNING_REPORT_CLOCK", f"2022-01-03T05:00x1@{time.time()}")
    assert run("backup", "--keep", "2")[1].splitlines()[1] == "2 older backups deleted"
    assert not [path for path in Path("backups").iterdir() if "2032" in path.name]


def test_no_backup_is_too_old_before_the_bot_was_at_work(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then nobody knows whether the clock is right."""
    learn(1)
    monkeypatch.setenv("MORNING_REPORT_KEEP_BACKUPS_DAYS", "3")
    for year in (2022, 2032):
        monkeypatch.setenv("MORNING_REPORT_CLOCK", f"{year}-01-01x1@{time.time()}")
        assert run("backup")[0] == 0
    assert len(list(Path("backups").iterdir())) == 2


def test_what_cannot_be_backed_up_is_told(run: Run) -> None:
    """No database, and a file that is none: a sentence, exit code 1, and nothing left behind."""
    assert run("backup") == (
        1,
        "",
        "Error: morning-report.db is not there; MORNING_REPORT_DATABASE says where it is",
    )
    DATABASE.write_text("not a database " * 100)
    code, _, err = run("backup")
    assert (code, list(Path("backups").iterdir())) == (1, [])
    assert "No backup of morning-report.db was made: file is not a database" in err
    assert run("backup", "--keep", "0")[0] == 2


def test_a_restore_brings_back_nobody_who_was_erased_since(run: Run) -> None:
    """It is told before how many those are; they are erased in it, and all others are there."""
    learn(1)
    learn(2, person_id=BEN)
    assert run("backup")[0] == 0
    made = only(Path("backups"))
    do(DATABASE, PersonForgotten(ADA))
    learn(3, person_id=BEN)
    code, _, err = run("restore", made)
    assert code == 1
    assert "1 learner of the backup erased since: erased in it again, or not: --keep-erased" in err
    code, out, _ = run("restore", made, "--force")
    assert (code, out.splitlines()[-1]) == (0, "1 learner erased since: erased in it again.")
    assert (mentions(DATABASE, ADA), mentions(made, ADA) != {}) == ({}, True)
    assert mentions(DATABASE, BEN) != {}
    assert identify(DATABASE).answers == 2
    # It goes on knowing: the same backup, or an older one, can be restored once more.
    assert "1 learner erased since" in run("restore", made, "--force")[1]
    assert mentions(DATABASE, ADA) == {}


def test_who_came_back_after_being_erased_is_erased_of_before(run: Run) -> None:
    """What they had erased stays so; what they did since is in a later backup, as it is theirs."""
    learn(1)
    assert run("backup", "--to", "first")[0] == 0
    do(DATABASE, PersonForgotten(ADA))
    learn(2)
    assert run("backup", "--to", "second")[0] == 0
    code, out, _ = run("restore", only(Path("second")), "--force")
    assert (code, "erased since" in out) == (0, False)
    assert mentions(DATABASE, ADA) != {}
    assert "1 learner erased since" in run("restore", only(Path("first")), "--force")[1]
    assert mentions(DATABASE, ADA) == {}


def test_people_are_brought_back_where_that_is_asked_for(run: Run) -> None:
    """By the option alone; from then on they count as never erased, and others as before."""
    learn(1)
    learn(2, person_id=BEN)
    assert run("backup")[0] == 0
    made = only(Path("backups"))
    do(DATABASE, PersonForgotten(ADA))
    code, out, _ = run("restore", made, "--force", "--keep-erased")
    assert (code, out.splitlines()[-1]) == (0, "1 learner erased since: in it again.")
    assert mentions(DATABASE, ADA) != {}
    do(DATABASE, PersonForgotten(BEN))
    assert "1 learner erased since: erased" in run("restore", made, "--force")[1]
    assert (mentions(DATABASE, ADA) != {}, mentions(DATABASE, BEN)) == (True, {})


def test_a_backup_of_an_earlier_version_is_erased_in_too(run: Run) -> None:
    """It is brought up to date for that; who was erased before marks were kept cannot be told."""

    async def earlier() -> None:
        database = await Database.open(DATABASE)
        await migrate(database, NOW, upto=6)
        async with database.transaction() as transaction:
            await transaction.execute("INSERT INTO meta VALUES ('pseudonym_key', '00')")
            await transaction.execute("INSERT INTO people VALUES (?, 'en', 'en', 0, 0)", (ADA,))
        await database.close()

    asyncio.run(earlier())
    assert run("backup")[0] == 0
    made = only(Path("backups"))
    do(DATABASE, PersonForgotten(ADA))
    code, out, _ = run("restore", made, "--force")
    assert (code, mentions(DATABASE, ADA)) == (0, {})
    assert out.splitlines()[-2:] == [
        "1 learner erased since: erased in it again.",
        "Who else was erased since cannot be told: an earlier version made it. Whoever was is in it"
        " again, and must be erased again (/forget).",
    ]
    assert identify(DATABASE).version == NEWEST


def test_where_nobody_can_tell_who_was_erased_it_says_so(run: Run) -> None:
    """On a new machine, from a file that cannot be read, from another database or an old one."""
    learn(1)
    assert run("backup")[0] == 0
    made = only(Path("backups"))
    DATABASE.unlink()
    code, out, _ = run("restore", made)
    assert (code, "there was no database in its place. Whoever was is in it again" in out) == (
        *(0, True),
    )
    DATABASE.write_bytes(b"not a database" * 1000)
    assert "the database that it replaces cannot be read" in run("restore", made, "--force")[1]
    DATABASE.unlink()
    do(DATABASE, PersonForgotten(ADA))
    code, out, _ = run("restore", made, "--force")
    assert "1 learner erased since: erased in it again." in out
    assert "Who else was erased since cannot be told: the database that it replaces is not" in out
    DATABASE.unlink()

    async def earlier() -> None:
        database = await Database.open(DATABASE)
        await migrate(database, NOW, upto=6)
        await database.close()

    asyncio.run(earlier())
    assert "an earlier version made the database" in run("restore", made, "--force")[1]


def test_a_database_whose_votes_are_damaged_still_knows_who_was_erased(run: Run) -> None:
    """For that is when a backup is restored."""
    learn(1)
    assert run("backup")[0] == 0
    do(DATABASE, PersonForgotten(ADA))
    damage(DATABASE, "answers")
    code, out, _ = run("restore", only(Path("backups")), "--force")
    assert (code, mentions(DATABASE, ADA)) == (0, {})
    assert out.splitlines()[-1] == "1 learner erased since: erased in it again."


def test_a_copy_without_its_log_is_named_for_what_it_is(run: Run) -> None:
    """All that a young bot knows is in the log: the copied file is empty; the reason is told."""

    async def copied_at_work() -> None:
        store = await Store.open(DATABASE, NOW)
        await record(store, PersonMet(ADA, "en", NOW), *posted(), answered())
        shutil.copy(DATABASE, "copied.db")
        await store.close()

    asyncio.run(copied_at_work())
    code, out, err = run("restore", "copied.db", "--force")
    assert (code, out) == (1, "")
    assert "copied.db is not restored: it is empty; of a database at work" in err
    assert "`morning-report backup` copies both" in err
    assert identify(DATABASE).answers == 1


def test_what_must_not_be_restored_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another bot's, a later version's, a damaged one; with or without force nothing changes."""
    learn(1)
    before = DATABASE.read_bytes()
    learn(1, Path("other.db"), bot_id=8008)
    Path("text.db").write_text("not a database " * 100)
    for arguments, expected, sentence in (
        (("missing.db",), 2, "missing.db does not exist"),
        ((".",), 2, ". is not a file"),
        ((DATABASE,), 2, "is the database itself"),
        (("other.db",), 1, "belongs to the bot with id 8008, but morning-report.db to bot 7007"),
        (("text.db",), 1, "text.db is not restored: file is not a database"),
    ):
        code, out, err = run("restore", "--force", *arguments)
        assert (code, out) == (expected, "")
        assert sentence in err
    for module in (inspection, restoring):
        monkeypatch.setattr(module, "NEWEST", NEWEST - 1)
    assert "install the newer program" in run("restore", "other.db")[2]
    assert DATABASE.read_bytes() == before
    assert {path.name for path in Path().iterdir()} <= {
        *(DATABASE.name, f"{DATABASE}.lock", f"{DATABASE}-wal", f"{DATABASE}-shm"),
        *("other.db", "other.db-wal", "other.db-shm", "text.db"),
    }


def test_a_token_of_another_bot_is_noticed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where there is no database yet; the token itself is not shown."""
    learn(1, Path("other.db"), bot_id=8008)
    monkeypatch.setenv("MORNING_REPORT_TOKEN", "7007:hush")
    code, out, err = run("restore", "other.db")
    assert (code, DATABASE.exists()) == (1, False)
    assert "belongs to the bot with id 8008, but the token to bot 7007" in err
    assert "hush" not in out + err


def test_nothing_is_restored_under_a_bot_at_work(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is asked; it says what to do. A backup is made meanwhile all the same."""
    monkeypatch.setattr(lock, "_PATIENCE_S", 0.05)
    learn(1)
    Path("linked.db").symlink_to(DATABASE)
    with sole_use(Path("linked.db")):
        assert run("backup")[0] == 0
        code, _, err = run("restore", "--force", only(Path("backups")))
    assert code == 1
    assert "another Morning Report works on it; stop that one first" in err


def test_answers_are_written_to_a_file_of_one_s_own(run: Run) -> None:
    """Whole or not at all, for its owner alone, and over nothing without force."""
    learn(1)
    code, out, err = run("answers", "--format", "jsonl", "--to", "all.jsonl", "--with-ids")
    assert (code, out, err) == (0, "", "1 answer in all.jsonl")
    assert f'"learner":{ADA}' in Path("all.jsonl").read_text("utf-8")
    assert Path("all.jsonl").stat().st_mode & 0o777 == 0o600
    code, _, err = run("answers", "--to", "all.jsonl")
    assert (code, err) == (1, "Error: all.jsonl is there already; --force overwrites it")
    assert run("answers", "--to", "all.jsonl", "--force", "--until", "2023-11-14")[0] == 0
    assert Path("all.jsonl").read_text("utf-8").count("\n") == 1
    assert run("answers", "--since", "yesterday")[0] == 2
    code, out, _ = run("answers")
    assert (code, out.count("\n"), str(ADA) in out) == (0, 2, False)


def test_answers_are_read_from_no_other_program_s_database(run: Run) -> None:
    """An empty one that a typing error made is named for what it is, not for a table it lacks."""
    DATABASE.touch()
    code, out, err = run("answers")
    assert (code, out) == (1, "")
    assert "morning-report.db cannot be read: it is empty; of a database at work" in err


def test_a_reader_may_go_away(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `head` does: the program ends quietly."""
    learn(1)
    reading_end, writing_end = os.pipe()
    os.close(reading_end)
    with os.fdopen(writing_end, "w") as closed:
        monkeypatch.setattr(sys, "stdout", closed)
        code, _, err = run("answers")
    assert (code, err) == (0, "")


def test_a_signal_ends_even_a_long_query(run: Run) -> None:
    """In the midst of it, with exit code 0."""
    learn(1)
    ring = threading.Timer(0.1, lambda: os.kill(os.getpid(), signal.SIGTERM))

    def endless() -> None:
        numbers = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
        with ended_by_signals(), reading(DATABASE) as connection:
            ring.start()
            connection.execute(f"{numbers} SELECT count(*) FROM n")

    with pytest.raises(SystemExit) as end:
        endless()
    assert end.value.code == 0


def test_what_was_erased_is_wiped_while_a_bot_is_at_work(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits for some seconds where somebody reads, and says so where that was not enough."""
    learn(1)
    assert run("wipe") == (0, "", "")
    do(DATABASE, PersonForgotten(ADA))
    monkeypatch.setattr(erasing, "_TRIES", 2)
    with sole_use(DATABASE), reading(DATABASE) as reader:
        reader.execute("SELECT * FROM people").fetchall()
        learn(2, person_id=BEN)
        code, _, err = run("wipe")
        assert (code, "in use all the time" in err) == (1, True)
    with sole_use(DATABASE):
        assert run("wipe") == (0, "", "")
    with reading(DATABASE) as reader:
        assert not reader.execute("SELECT * FROM erasures").fetchall()
    DATABASE.unlink()
    code, _, err = run("wipe")
    assert (code, "is not there" in err, DATABASE.exists()) == (1, True, False)
