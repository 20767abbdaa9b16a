"""How large a database becomes, and how long copies of it take."""

import time
from collections.abc import Callable
from pathlib import Path

from storage.backups import back_up
from storage.inspection import inspect
from storage.restoring import put_in_place, verified_copy
from storage.store import Store
from tests.bench.large_database import NOW, fill
from tests.bench.report import Measurement, Section

EACH = 1_000_000  # answers in groups, and as many in private
MILLIONS = 2 * EACH / 1_000_000

TOLD = f"""\
{EACH:,} answers in groups and channels and as many in private, each of these to a poll of its own.
*Backup*: copied while a bot could work, brought to the disk, and gone through. *Restore*: copied
beside the database, brought to the disk, gone through, and put in its place. Processor time: nearly
all of it, but for the disk."""


async def measure(folder: Path) -> Section:
    """Bytes and processor seconds for a million answers."""
    database, copies = folder / "large.db", folder / "copies"
    await (await Store.open(database, NOW)).close()
    fill(database, EACH, busy=True)
    size = database.stat().st_size
    backup_s = _spent(lambda: back_up(database, copies, NOW))
    (made,) = copies.iterdir()
    through_s = _spent(lambda: inspect(made))
    restore_s = _spent(lambda: _restore(made, database))
    measurements = [
        Measurement("the database, for a million answers", f"{size / MILLIONS / 1e6:.0f} MB"),
        Measurement("backup, for a million answers", f"{backup_s / MILLIONS:.1f} s of a core"),
        Measurement("of this, to go through it", f"{through_s / backup_s:.0%}"),
        Measurement("restore, for a million answers", f"{restore_s / MILLIONS:.1f} s of a core"),
    ]
    return Section(f"Keeping {2 * EACH:,} answers", TOLD, measurements)


def _spent(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _restore(backup: Path, database: Path) -> None:
    with verified_copy(backup, database) as (copied, _found):
        put_in_place(copied, database, NOW)
