"""A real process, really killed: what it said was kept is there, whole."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from tests.storage.samples import on_disk

ROOT = Path(__file__).parents[2]
BOUND_S = 60.0  # seconds for a process to say its first word
EVERYTHING = """
    SELECT u.id, count(DISTINCT p.id), count(DISTINCT s.id), count(DISTINCT o.id)
    FROM updates u
    LEFT JOIN people p ON p.id = u.id
    LEFT JOIN posts s ON s.person_id = u.id
    LEFT JOIN outbox o ON o.chat_id = u.id
    GROUP BY u.id ORDER BY u.id
"""


async def write_until_killed(path: Path, first: int, lines: int, pause: float) -> list[int]:
    """Let a process commit from an id on; kill it some lines and a moment later.

    Returns what it had said by then.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.storage.busy_writer", str(path), str(first)),
        cwd=ROOT,
        stdout=PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(BOUND_S):
        said = [await process.stdout.readline() for _ in range(lines)]
    await asyncio.sleep(pause)
    process.kill()
    rest, _ = await process.communicate()
    return [int(line) for line in [*said, *rest.splitlines(keepends=True)] if line.endswith(b"\n")]


@pytest.mark.parametrize("pause", [0.0, 0.0007, 0.003])
async def test_a_kill_loses_nothing_and_halves_nothing(tmp_path: Path, pause: float) -> None:
    """All that was reported as committed is there, with what is owed; and at most one more."""
    path = tmp_path / "bot.db"
    kept: list[int] = []
    for life in range(2):
        first = kept[-1] + 1 if kept else 1
        said = await write_until_killed(path, first, 5 + life, pause)
        assert said == list(range(first, first + len(said)))
        rows = on_disk(path, EVERYTHING)
        kept = [row[0] for row in rows]
        assert {row[1:] for row in rows} == {(1, 1, 2)}
        assert kept in (list(range(1, said[-1] + 1)), list(range(1, said[-1] + 2)))
    assert on_disk(path, "PRAGMA integrity_check") == [("ok",)]
    orphans = "SELECT count(*) FROM outbox WHERE chat_id NOT IN (SELECT id FROM updates)"
    assert on_disk(path, orphans) == [(0,)]
