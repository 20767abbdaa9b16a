"""How far behind the replica is that Litestream keeps of the database; it alone knows."""

import http.client
import socket
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from bot.base.clock import SYSTEM_CLOCK
from bot.operations.findings import Finding, age, ok, problem, warning
from bot.settings import PREFIX, Settings

_PATIENCE_S: Final = 5.0
_USUAL_MS: Final = 60_000  # a second is usual; after a failure it tries again by and by
_LOST_MS: Final = 15 * 60_000
_SEE = "see what Litestream's log says (journalctl -u morning-report-litestream)"


class Copied(msgspec.Struct):
    """What Litestream says of a database; ``last_sync_at``: when the replica last had all of it."""

    path: str
    status: str
    last_sync_at: datetime | None = None


class _Listed(msgspec.Struct):
    databases: Sequence[Copied] = ()


def replica(settings: Settings) -> Iterator[Finding]:
    """Examine it, where there is one."""
    if settings.litestream is None:
        # Litestream's own, beside the file that it replicates.
        if settings.database.with_name(f".{settings.database.name}-litestream").exists():
            said = "Litestream has replicated this database, and the bot does not know"
            advice = f"set {PREFIX}LITESTREAM to its control socket, or delete its folder"
            yield warning("replica", said, f"{advice}: docs/operations.md")
        return
    try:
        yield judged(_asked(settings.litestream), settings.database)
    except (OSError, http.client.HTTPException, msgspec.DecodeError):
        said = f"Litestream does not answer at {settings.litestream}: nothing is replicated"
        yield problem("replica", said, "start it (systemctl start morning-report-litestream)")


def _asked(control: Path) -> Sequence[Copied]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as way:
        way.settimeout(_PATIENCE_S)
        way.connect(str(control))
        connection = http.client.HTTPConnection("litestream")
        connection.sock = way
        connection.request("GET", "/list")
        return msgspec.json.decode(connection.getresponse().read(), type=_Listed).databases


def judged(copied: Sequence[Copied], database: Path) -> Finding:
    """How far behind the replica of this one is, by what Litestream says of all that it copies."""
    ours = database.resolve()
    found = next((each for each in copied if Path(each.path).resolve() == ours), None)
    if found is None:
        return problem("replica", f"Litestream does not know {ours}", "mend its litestream.yml")
    if found.last_sync_at is None:
        return problem("replica", f"there is none yet ({found.status})", _SEE)
    behind_ms = SYSTEM_CLOCK.now() - round(found.last_sync_at.timestamp() * 1000)
    said = f"{age(behind_ms)} behind"
    if behind_ms > _USUAL_MS:
        return (problem if behind_ms > _LOST_MS else warning)("replica", said, _SEE)
    return ok("replica", said)
