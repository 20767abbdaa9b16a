"""Places on this machine where a server can listen."""

from pathlib import Path
from typing import Self

from msgspec import Struct

HEALTH, READINESS, METRICS = "/healthz", "/readyz", "/metrics"
"""Paths at which the bot itself answers, so that no webhook can have them."""
LIVE = "/live"
"""The path above the screens of live rounds, which no webhook can have either."""
_UNIX = "unix:"


class ListenAddress(Struct, frozen=True):
    """Where to listen: a port (0: any free one) of an address, or a Unix socket at a path."""

    host: str = "127.0.0.1"
    port: int = 0
    path: Path | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``host:port``, ``[host]:port``, ``port`` or ``unix:/path``. Raises ValueError."""
        if text.startswith(_UNIX) and text != _UNIX:
            return cls(path=Path(text.removeprefix(_UNIX)))
        host, _, port = text.rpartition(":")
        if not port.isascii() or not port.isdigit() or int(port) > 65535:
            raise ValueError("must look like 127.0.0.1:8080 or unix:/run/morning-report.sock")
        return cls(host.strip("[]") or "127.0.0.1", int(port))

    def __str__(self) -> str:
        if self.path is not None:
            return f"{_UNIX}{self.path}"
        return f"{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"
