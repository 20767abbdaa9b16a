"""How far behind the replica is that Litestream keeps of the database; it alone knows."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import httpx
import msgspec

from bot.base.clock import SYSTEM_CLOCK
from bot.operations.findings import Finding, age, ok, problem, warning
from bot.settings import PREFIX, Settings

_PATIENCE_S: Final = 5.0
_USUAL_MS: Final = 60_000  # a second is usual; after a failure it tries again by and by
_LOST_MS: Final = 15 * 60_000
_SEE = "see what Litestream's log says (journalctl -u morning-report-litestream)"


class _Copied(msgspec.Struct):
    """What Litestream says of a database; ``last_sync_at`` is the replica's."""

    path: str
    status: str
    last_sync_at: datetime | None = None


class _List(msgspec.Struct):
    databases: Sequence[_Copied] = ()


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
        yield _judged(_asked(settings.litestream), settings.database)
    except (httpx.HTTPError, msgspec.DecodeError, OSError):
        said = f"Litestream does not answer at {settings.litestream}: nothing is replicated"
        yield problem("replica", said, "start it (systemctl start morning-report-litestream)")


def _asked(socket: Path) -> Sequence[_Copied]:
    transport = httpx.HTTPTransport(uds=str(socket))
    with httpx.Client(transport=transport, timeout=_PATIENCE_S, trust_env=False) as client:
        answer = client.get("http://litestream/list").raise_for_status()
        return msgspec.json.decode(answer.content, type=_List).databases


def _judged(copied: Sequence[_Copied], database: Path) -> Finding:
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
