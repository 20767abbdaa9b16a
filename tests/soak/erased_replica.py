"""What somebody had erased, in the file, its log and its replica: how long each still holds it.

With the shipped settings in a small scale, and the daily pause of the unit.
"""

import asyncio
import os
import re
import secrets
import sys
import time
from itertools import count
from pathlib import Path

from bot.base.time_units import DAY_MS
from bot.settings import Settings
from storage.facts import PersonForgotten
from storage.store import Store
from tests.storage.samples import ADA, BEN, NOW, answered, flagged, posted, record
from tests.support.bot import ROOT
from tests.support.litestream import Litestream, shipped

HOUR_S = 2 / 3
"""As long as this does an hour last here."""
_KEPT_S = 8.0  # before it is erased, for all levels of the replica to have it
_BURST = 3000
TOLD_HOURS = (Settings(litestream=Path()).retention.replica or 0) * 24 // DAY_MS
"""What `/privacy` says."""
_UNIT = ROOT / "deploy/morning-report-litestream.service"
_LITTLE = {
    "levels": [{"interval": "1s"}, {"interval": "2s"}, {"interval": "4s"}],
    "l0-retention": "1s",
    "l0-retention-check-interval": "1s",
}


def _scaled(hours: str) -> str:
    """``12h`` of the shipped settings."""
    return f"{float(hours.removesuffix('h')) * HOUR_S:.3f}s"


async def hours_held(folder: Path) -> dict[str, float]:
    """For how many hours, in this scale, each place held it; it is looked for until the bound."""
    machine = folder / "machine"
    machine.mkdir()
    changes = {
        **_LITTLE,
        "snapshot": {name: _scaled(hours) for name, hours in shipped()["snapshot"].items()},
    }
    interval = {"checkpoint-interval": "1s"}
    litestream = Litestream(machine, folder / "replica", folder, changes, **interval)
    store = await Store.open(litestream.database, NOW, replicated=True)
    pausing = asyncio.create_task(_each_day(litestream, folder))
    words = secrets.token_hex(24)
    try:
        await litestream.at_work()
        # After so much at once that what follows does not soon overwrite this part of the log.
        many = (answered(-number, post_id=None) for number in range(1, _BURST))
        await record(store, *posted(), *many)
        await record(store, flagged(words=words))
        writing = asyncio.create_task(_write(store))
        await asyncio.sleep(_KEPT_S)
        await record(store, PersonForgotten(ADA))
        held = await _held(folder, words.encode())
        writing.cancel()
    finally:
        pausing.cancel()
        await litestream.kill()
        await store.close()
    return held


async def _write(store: Store) -> None:
    """As people do meanwhile."""
    for number in count(1):
        await record(store, answered(BEN + number, post_id=None))
        await asyncio.sleep(0.2)


async def _each_day(litestream: Litestream, folder: Path) -> None:
    """What the unit does: what was erased is wiped while nobody reads the log."""
    unit = _UNIT.read_text("utf-8")
    (command,) = re.findall(r"^ExecStartPre=-\S+/morning-report (.+)$", unit, re.MULTILINE)
    assert re.search(r"^RuntimeMaxSec=1d$", unit, re.MULTILINE)
    while True:
        await litestream.start()
        await asyncio.sleep(24 * HOUR_S)
        await litestream.end()
        wiping = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *command.split()),
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "MORNING_REPORT_DATABASE": str(litestream.database),
            },
        )
        assert await wiping.wait() == 0


async def _held(folder: Path, words: bytes) -> dict[str, float]:
    began, held = time.monotonic(), dict.fromkeys(("file", "log", "replica"), 0.0)
    while (hours := (time.monotonic() - began) / HOUR_S) < TOLD_HOURS:
        found = await asyncio.to_thread(_places, folder, words)
        held |= dict.fromkeys(found, hours)
        await asyncio.sleep(0.2)
    return held


def _places(folder: Path, words: bytes) -> set[str]:
    return {_place(path) for path in folder.rglob("*") if path.is_file() and _holds(path, words)}


def _place(path: Path) -> str:
    if path.suffix in {".ltx", ".tmp"}:
        return "replica"
    return "log" if path.name.endswith("-wal") else "file"


def _holds(path: Path, words: bytes) -> bool:
    try:
        return words in path.read_bytes()
    except FileNotFoundError:
        return False  # it went meanwhile
