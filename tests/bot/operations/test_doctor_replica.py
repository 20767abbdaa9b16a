"""What the doctor says of the replica that Litestream keeps."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.operations.doctor_replica import Copied, judged, replica
from bot.operations.findings import Finding, Gravity
from bot.settings import Settings
from storage.store import Store
from tests.storage.samples import NOW, answered, record
from tests.support.bot import settings_for
from tests.support.litestream import PROGRAM, WHY_NOT, replicating
from tests.support.trouble import until

OK, WARNING, PROBLEM = Gravity


def copied(path: Path, seconds_ago: float | None) -> Sequence[Copied]:
    """What Litestream says of this database, and of another."""
    at = None if seconds_ago is None else datetime.now(UTC) - timedelta(seconds=seconds_ago)
    return [Copied("/somewhere/else.db", "replicating"), Copied(str(path), "replicating", at)]


@pytest.mark.parametrize(
    ("seconds_ago", "expected", "words"),
    [
        (2, OK, "seconds behind"),
        (150, WARNING, "2 minutes behind"),
        (3600, PROBLEM, "1 hour behind"),
        (None, PROBLEM, "none yet"),
    ],
)
def test_how_far_behind_it_is(
    seconds_ago: float | None, expected: Gravity, words: str, tmp_path: Path
) -> None:
    """Seconds are usual; after minutes something is wrong, and soon much would be lost."""
    finding = judged(copied(tmp_path / "bot.db", seconds_ago), tmp_path / "bot.db")
    assert finding.grade is expected
    assert words in finding.said


def test_a_database_that_it_does_not_know_is_told(tmp_path: Path) -> None:
    """It may replicate another one, by a mistake in its configuration."""
    finding = judged(copied(tmp_path / "old.db", 1), tmp_path / "bot.db")
    assert finding.grade is PROBLEM
    assert f"does not know {tmp_path / 'bot.db'}" in finding.said


def test_without_it_nothing_is_said(tmp_path: Path) -> None:
    """Unless it works beside a bot that was not told."""
    settings = settings_for("http://127.0.0.1:9", tmp_path)
    assert list(replica(settings)) == []
    (tmp_path / ".bot.db-litestream").mkdir()
    (finding,) = replica(settings)
    assert (finding.about, finding.grade) == ("replica", WARNING)
    assert "MORNING_REPORT_LITESTREAM" in finding.advice


def test_that_it_does_not_answer_is_told(tmp_path: Path) -> None:
    """There is no socket, or nobody at it."""
    settings = settings_for("http://127.0.0.1:9", tmp_path, litestream=tmp_path / "socket")
    (finding,) = replica(settings)
    assert (finding.grade, "does not answer" in finding.said) == (PROBLEM, True)


@pytest.mark.skipif(PROGRAM is None, reason=WHY_NOT)
async def test_litestream_itself_is_understood(tmp_path: Path) -> None:
    """It tells how far behind it is, and stands still where it cannot reach the replica."""
    machine, kept = tmp_path / "machine", tmp_path / "replica"
    machine.mkdir()
    async with replicating(machine, kept, tmp_path) as litestream:
        settings = _settings(tmp_path, litestream.database, litestream.socket)
        await _write(litestream.database)

        async def said(grade: Gravity, words: str) -> bool:
            finding = _found(settings)
            return finding.grade is grade and words in finding.said

        await until(lambda: said(OK, "seconds behind"))
        kept.rename(tmp_path / "elsewhere")
        kept.write_text("no folder any more")
        await _write(litestream.database)
        await until(lambda: said(OK, "5 seconds behind"))


async def _write(database: Path) -> None:
    store = await Store.open(database, NOW, replicated=True)
    await record(store, answered(post_id=None))
    await store.close()


def _settings(folder: Path, database: Path, socket: Path) -> Settings:
    settings = settings_for("http://127.0.0.1:9", folder, litestream=socket)
    return replace(settings, database=database)


def _found(settings: Settings) -> Finding:
    (finding,) = replica(settings)
    return finding
