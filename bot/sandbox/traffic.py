"""A record of what the bot asked for and was told, for tests and benchmarks."""

import hashlib
from collections import deque
from itertools import islice
from typing import Any, Final

from bot.sandbox.params import Params
from bot.sandbox.wire import Json

KEPT: Final = 100_000


class Traffic:
    """The last 100,000 calls, numbered from 1 in the order in which they were settled."""

    def __init__(self) -> None:
        self._seq = 0
        self._calls: deque[Json] = deque(maxlen=KEPT)

    def record(
        self, method: str, params: Params, status: int | None, result: Any, now: int
    ) -> None:
        """Keep a call; ``status`` and ``result`` are None where nothing was answered."""
        self._seq += 1
        values: Json = dict(params.values)
        for name, upload in params.uploads.items():
            values[name] = {
                "name": upload.name,
                "size": len(upload.data),
                "sha256": hashlib.sha256(upload.data).hexdigest(),
            }
        self._calls.append(
            {
                "seq": self._seq,
                "method": method,
                "params": values,
                "status": status,
                "result": result,
                "time": now,
            }
        )

    def calls(
        self, after: int = 0, method: str | None = None, *, polling: bool = False
    ) -> list[Json]:
        """Calls with a higher number, oldest first; getUpdates only when ``polling`` is wanted."""
        oldest = self._seq - len(self._calls)
        return [
            call
            for call in islice(self._calls, max(0, after - oldest), None)
            if (polling or call["method"] != "getUpdates" or method == "getUpdates")
            and (method is None or call["method"] == method)
        ]
