"""The doctor: what it finds, and what it says is to be done."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.base.clock import SYSTEM_CLOCK
from bot.base.time_units import DAY_MS, HOUR_MS
from bot.commands import doctor as doctor_command
from bot.operations import doctor_machine as machine
from bot.operations.doctor_machine import machine_side
from bot.operations.doctor_telegram import (
    clock,
    line,
    privacy_mode,
    remove_webhook,
    telegram_side,
    webhook,
)
from bot.operations.findings import Finding, Gravity, age, counted, ok, size
from bot.sandbox.server import SandboxServer
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.settings import PREFIX, Settings
from storage import connection
from storage.backups import back_up
from storage.chat_facts import DailySet
from storage.facts import PersonForgotten, PersonMet
from storage.inspection import NEWEST
from storage.ledger import Entry, SetAside
from storage.open_file import log_of
from storage.outcome import NOTHING, Outcome
from storage.settlements import Refused
from storage.store import Store
from tests.storage.samples import ADA, NOW, answered, parked, posted, record, text
from tests.support.bot import TOKEN, settings_for
from tests.support.command_line import command_line
from tests.support.library import two_cases
from tests.support.new_store import new_store
from tests.support.sandbox import Person
from tests.support.services import StillClock

OK, WARNING, PROBLEM = Gravity


def graded(findings: Iterable[Finding]) -> dict[str, Gravity]:
    return {finding.about: finding.grade for finding in findings}


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    """Settings of a bot in an hour that stands still, with a database that is well kept."""
    settings = settings_for(
        "http://127.0.0.1:9",
        tmp_path,
        content=two_cases(tmp_path / "library"),
        shipped_cases=False,
        clock=StillClock(at=NOW),
    )

    async def keep() -> None:
        store = await new_store(settings.database, NOW)
        await store.claim(7007)
        await record(store, *posted(), answered())
        await store.close()

    asyncio.run(keep())
    back_up(settings.database, settings.backup_folder, NOW)
    return settings


def found(settings: Settings, about: str, bot_id: int | None = 7007) -> Finding:
    (finding,) = (each for each in machine_side(settings, bot_id) if each.about == about)
    return finding


async def test_a_bot_at_work_is_well(bot: Settings, learner: Person) -> None:
    """Nothing to complain of but that there is no backup; a webhook set elsewhere is noticed."""
    told = [
        *await telegram_side(bot, TOKEN),
        *await asyncio.to_thread(list, machine_side(bot, 7007)),
    ]
    assert graded(told) == dict.fromkeys(
        (
            *("token", "privacy", "clock", "webhook"),
            *("settings", "content", "disk", "database", "log", "bot", "outbox"),
        ),
        OK,
    ) | {"backup": WARNING}
    said = " ".join(f"{each.said} {each.advice}" for each in told)
    assert "at work on this database" in said
    assert TOKEN not in said


async def test_times_that_cannot_be_right_are_told(here: Settings) -> None:
    """Left by a clock that was ahead; once they were set right there is nothing to tell."""
    store = await Store.open(here.database, NOW)
    await record(store, DailySet(ADA, Timetable(EVERY_DAY, 0, "UTC").to_json(), None, NOW * 2))
    await record(store, PersonMet(ADA, "en", NOW * 2))
    await store.close()
    (finding,) = (each for each in machine_side(here, None) if each.about == "times")
    assert finding.grade is WARNING
    assert finding.said == "some on record cannot be right: due: daily 1, people 1"


async def test_a_webhook_elsewhere_is_found_and_taken_away(
    server: SandboxServer, tmp_path: Path
) -> None:
    """It is shown without its path, which may be a secret; what waits there is kept."""
    settings = settings_for(server.url, tmp_path)
    elsewhere = replace(settings, webhook="http://127.0.0.1:9/hidden")
    async with line(settings, TOKEN) as asked:
        await asked.ask("setWebhook", url=elsewhere.webhook)
    assert graded(await telegram_side(elsewhere, TOKEN))["webhook"] is OK
    (finding,) = (f for f in await telegram_side(settings, TOKEN) if f.about == "webhook")
    assert (finding.grade, finding.said) == (PROBLEM, "set to another address, at 127.0.0.1:9")
    assert "--remove-webhook" in finding.advice
    assert graded(await remove_webhook(settings, TOKEN)) == {"webhook": OK}
    assert graded(await telegram_side(settings, TOKEN))["webhook"] is OK
    assert graded(await telegram_side(elsewhere, TOKEN))["webhook"] is WARNING
    assert graded(await telegram_side(settings, "9009:another")) == {"token": PROBLEM}


@pytest.mark.parametrize(
    ("off", "expected", "words"),
    [
        ([400], OK, "agrees"),
        ([-9_000, 14_000], OK, "agrees"),
        ([-30_000], WARNING, "30 seconds behind Telegram's"),
        ([299_000], WARNING, "4 minutes ahead of Telegram's"),
        ([7_300_000], PROBLEM, "2 hours ahead of Telegram's: until it is right, nothing is sent"),
        ([], WARNING, "did not say"),
    ],
)
def test_a_clock_is_compared(off: list[int], expected: Gravity, words: str) -> None:
    """Seconds matter to nobody; minutes mislead schedules and records."""
    finding = clock(off)
    assert finding.grade is expected
    assert words in finding.said


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ({"url": "", "pending_update_count": 100}, {"webhook": OK}),
        ({"url": "", "pending_update_count": 101}, {"webhook": OK, "updates": WARNING}),
        ({"url": "https://b.example/x", "last_error_date": 0}, {"webhook": PROBLEM}),
    ],
)
def test_what_waits_at_telegram_is_told(info: dict[str, Any], expected: dict[str, Gravity]) -> None:
    """More than a moment's updates; an error of long ago is forgotten."""
    assert graded(webhook(info, None)) == expected


def test_a_delivery_that_failed_is_told() -> None:
    """With Telegram's reason, where it is of the last hour."""
    error = {"last_error_date": SYSTEM_CLOCK.now() // 1000 - 90, "last_error_message": "Timed out"}
    ours = "https://a.example/x"
    findings = webhook({"url": ours, **error}, ours)
    assert graded(findings) == {"webhook": OK, "delivery": WARNING}
    assert findings[1].said == "1 minute ago Telegram could not deliver: Timed out"


def test_rights_are_those_that_are_advised() -> None:
    """Group privacy on; groups allowed."""
    assert privacy_mode({"can_read_all_group_messages": True}).grade is WARNING
    assert privacy_mode({"can_join_groups": False}).about == "groups"
    assert privacy_mode({"can_join_groups": True}).grade is OK


def test_a_database_that_is_not_well_is_a_problem(
    here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Damaged, another bot's, of a later version; open to all or of an earlier one: a warning."""
    assert found(here, "database").grade is OK
    here.database.chmod(0o644)
    assert "chmod 600" in found(here, "database").advice
    here.database.chmod(0o600)
    assert "id 7007, not to the token's (8008)" in found(here, "database", 8008).said
    assert found(here, "database", None).grade is OK
    for newest, expected in ((NEWEST - 1, PROBLEM), (NEWEST + 1, WARNING)):
        monkeypatch.setattr(machine, "NEWEST", newest)
        assert found(here, "database").grade is expected
    here.database.write_bytes(b"not a database" * 1000)
    assert found(here, "database").grade is PROBLEM
    assert "restore" in found(here, "database").advice
    here.database.unlink()
    assert found(here, "database").grade is WARNING


def test_no_backup_is_restored_for_want_of_rights(
    here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file or folder that is another user's, or a lock, is no reason to go back to yesterday."""
    monkeypatch.setattr(connection, "_PATIENCE_S", 0.0)
    with closing(sqlite3.connect(here.database, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        held = found(here, "database")
    assert (held.grade, held.said.endswith("database is locked")) == (PROBLEM, True)
    assert "restore" not in held.advice
    for forbidden in (here.database, here.database.parent):
        monkeypatch.setattr(os, "access", lambda path, _mode, no=forbidden: path != no)
        refused = found(here, "database")
        assert (refused.grade, "chown" in refused.advice) == (PROBLEM, True)


def test_a_database_that_cannot_be_looked_at_is_a_problem(here: Settings) -> None:
    """The doctor says why, and what to mend; here the name is longer than there can be."""
    settings = replace(here, database=Path(300 * "x"))
    found = [*machine_side(settings, 7007)]
    assert graded(found)["database"] is PROBLEM
    assert found[-1].said.endswith("cannot be reached: File name too long")
    assert f"{PREFIX}DATABASE" in found[-1].advice


def test_a_full_disk_is_a_problem(here: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A little room is a warning; none to speak of, a problem."""
    for free, expected in ((99_000_000, PROBLEM), (900_000_000, WARNING), (2 * 10**9, OK)):
        usage = shutil.disk_usage(here.database.parent)._replace(free=free)
        monkeypatch.setattr(shutil, "disk_usage", lambda _path, usage=usage: usage)
        assert found(here, "disk").grade is expected


def test_cases_with_errors_are_a_problem(here: Settings) -> None:
    """So is a folder without cases, or that is not there."""
    assert found(here, "content").said.startswith("2 cases, 0 errors")
    assert here.content is not None
    (here.content / "broken.yaml").write_text("title: [")
    assert found(here, "content").grade is PROBLEM
    shutil.rmtree(here.content)
    assert found(here, "content").grade is PROBLEM


def test_an_old_backup_is_a_warning(here: Settings) -> None:
    """From two days on; and so is a folder that cannot be read."""
    assert found(here, "backup").said == "the last of 1 is 0 seconds old"
    later = replace(here, clock=StillClock(at=NOW + 2 * DAY_MS + 1))
    assert found(later, "backup").grade is WARNING
    assert found(replace(here, backups=Path("no")), "backup").grade is WARNING


def test_a_backup_that_is_kept_for_too_long_is_a_warning(here: Settings) -> None:
    """`/privacy` says when it is gone; the nightly one has not deleted it."""
    back_up(here.database, here.backup_folder, NOW + 3 * DAY_MS)
    later = replace(here, clock=StillClock(at=NOW + 3 * DAY_MS + 1), keep_backups_days=3)
    assert found(later, "backup").grade is OK
    later = replace(later, clock=StillClock(at=NOW + 4 * DAY_MS))
    assert found(later, "backup").grade is WARNING
    assert found(later, "backup").said.startswith("the oldest is 4 days old, though")


def test_a_long_log_is_a_warning(here: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is told in any case; a reader of hours lets it grow."""
    assert found(here, "log").said == "the log beside the database: 0 bytes"
    log_of(here.database).write_bytes(b"a log" * 1000)
    assert found(here, "log") == ok("log", "the log beside the database: 5 kB")
    monkeypatch.setattr(machine, "_LONG_LOG", 4999)
    assert found(here, "log").grade is WARNING


def test_how_long_erased_data_wait_is_told(here: Settings) -> None:
    """From some minutes on it is a warning; nobody is named. In unused space it is none."""

    async def erase(*, wiped: bool) -> None:
        store = await Store.open(here.database, NOW)
        await record(store, PersonForgotten(ADA))
        if wiped:
            await store._database.write(lambda: [("UPDATE erasures SET in_log = 0", None)])
        await store.close()

    assert "erased" not in graded(machine_side(here, 7007))
    asyncio.run(erase(wiped=False))
    assert found(here, "erased").grade is OK
    later = replace(here, clock=StillClock(at=NOW + 3 * HOUR_MS))
    waits = found(later, "erased")
    assert waits.grade is WARNING
    assert waits.said.startswith("3 hours ago somebody was erased, whose data are not wiped")
    assert str(ADA) not in waits.said
    replicated = replace(later, litestream=Path("litestream.sock"))
    assert found(replicated, "erased").grade is OK  # a day may pass until Litestream pauses
    much_later = replace(replicated, clock=StillClock(at=NOW + 2 * DAY_MS))
    assert "must pause" in found(much_later, "erased").advice
    asyncio.run(erase(wiped=True))
    assert found(later, "erased").grade is OK
    assert "unused space" in found(later, "erased").said


def test_what_others_can_read_is_a_warning(
    here: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The file of settings, the token's, and the folder of backups: each with what to do."""
    monkeypatch.chdir(tmp_path)
    token = tmp_path / "token"
    settings = replace(here, token_file=token)
    paths = (Path(".env"), settings.backup_folder, token)
    for path in (Path(".env"), token):
        path.touch(mode=0o600)
    assert "files" not in graded(machine_side(settings, 7007))
    for path in paths:
        path.chmod(0o755)
    told = [each for each in machine_side(settings, 7007) if each.about == "files"]
    assert [each.grade for each in told] == [WARNING] * 3
    assert [each.advice for each in told] == [
        *("chmod 600 .env", f"chmod 700 {paths[1]}", f"chmod 400 {token}")
    ]


def test_work_that_waits_is_told(here: Settings) -> None:
    """Owed for long, refused, not understood, parked: counted, and nobody named."""

    async def trouble() -> None:
        store = await Store.open(here.database, NOW)
        long_ago = NOW - 11 * 60 * 1000
        await store.ledger.commit([Entry(Outcome(owed=(text(), text())))], long_ago)
        await store.outbox.settle([Refused(1, "no")])
        await store.ledger.commit([Entry(NOTHING, 7, SetAside("message", "KeyError", ADA))], NOW)
        await record(store, parked())
        await store.close()

    assert found(here, "outbox").said == "0 messages to send"
    asyncio.run(trouble())
    told = list(machine_side(here, 7007))
    assert {about for about, grade in graded(told).items() if grade is WARNING} == {
        *("outbox", "refused", "set aside", "parked")
    }
    assert found(here, "outbox").said == "1 message to send, the oldest for 11 minutes"
    assert str(ADA) not in " ".join(finding.said for finding in told)


def test_the_doctor_s_lines(
    here: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A line each, exit code 1 where there is a problem; the token is nowhere."""
    run = command_line(tmp_path, monkeypatch, capsys)
    monkeypatch.setattr(doctor_command, "set_up_logging", lambda *_: None)
    for name, value in {
        "TOKEN": "7007:hush",
        "API_URL": here.api_url,
        "DATABASE": str(here.database),
        "CONTENT": str(here.content),
        "SHIPPED_CASES": "off",
    }.items():
        monkeypatch.setenv(PREFIX + name, value)
    code, out, err = run("doctor")
    lines = out.splitlines()
    assert (code, err) == (1, "")
    assert [line.split()[1] for line in lines] == [
        *("telegram", "settings", "content", "disk", "database", "log", "bot", "outbox", "backup")
    ]
    assert lines[0].startswith("problem  telegram  no answer (")
    assert lines[4].startswith("ok       database  sound, ")
    assert "hush" not in out
    monkeypatch.setenv(PREFIX + "API_URL", "https://api.example.org")
    monkeypatch.setenv("https_proxy", "socks5://ada:pass@p:1")
    code, out, _ = run("doctor")
    assert (code, len(out.splitlines())) == (1, 9)
    assert out.startswith("problem  telegram  it cannot be asked -> The environment names a socks5")
    monkeypatch.setenv(PREFIX + "TOKEN", "")
    code, out, _ = run("doctor", "--remove-webhook")
    assert (code, out[:33]) == (1, "problem  token     none is set ->")


def test_numbers_are_for_people() -> None:
    """Sizes, spans and counts, with their units."""
    assert [size(n) for n in (0, 999, 229_376, 10**9)] == ["0 bytes", "999 bytes", "229 kB", "1 GB"]
    assert [age(n) for n in (-5, 61_000, 7_200_000, DAY_MS)] == [
        *("0 seconds", "1 minute", "2 hours", "1 day")
    ]
    assert counted(1_000, "case") == "1,000 cases"
