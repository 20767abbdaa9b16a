"""A write-ahead log as a power cut leaves it: whole up to the last commit, then anything.

The format is that of https://www.sqlite.org/fileformat2.html, section 4.
"""

import random
import struct
from pathlib import Path

_HEADER = 32
_FRAME_HEADER = 24


def wal_of(database: Path) -> Path:
    """The log beside a database."""
    return database.with_name(f"{database.name}-wal")


def committed_end(log: bytes) -> int:
    """Where the last commit ends, in bytes; 0 where there is none."""
    if len(log) < _HEADER:
        return 0
    (page,) = struct.unpack_from(">I", log, 8)
    salts, end, at = log[16:24], 0, _HEADER
    while at + _FRAME_HEADER + page <= len(log) and log[at + 8 : at + 16] == salts:
        (size_after,) = struct.unpack_from(">I", log, at + 4)
        at += _FRAME_HEADER + page
        if size_after:
            end = at
    return end


def tear(database: Path, dice: random.Random) -> None:
    """Damage what lies behind the last commit, as a write that was cut off does."""
    path = wal_of(database)
    if not path.exists():
        return
    log = path.read_bytes()
    end = committed_end(log)
    match dice.randrange(3):
        case 0:
            log = log[:end]
        case 1:
            log = log[:end] + dice.randbytes(dice.randrange(1, 10_000))
        case _:
            # As if a further frame had begun: its header is right, and its page is not.
            start = log[end : end + _FRAME_HEADER]
            log = log[:end] + start + dice.randbytes(dice.randrange(1, 8_000))
    if end:
        path.write_bytes(log)
    # What readers share of the log is made anew after a power cut.
    database.with_name(f"{database.name}-shm").unlink(missing_ok=True)
