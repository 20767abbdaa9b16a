"""The order of sending: a line per chat, people before broadcasts, each once before any again.

Pure bookkeeping: no clock, no database, no network.
"""

import heapq
from collections import deque

from msgspec import Struct, field

from storage.outbox import Waiting


class _Line(Struct):
    rows: deque[Waiting] = field(default_factory=deque)
    people: int = 0  # rows in the line that a person waits for
    served: int = 0  # rows sent since the line was last empty
    busy: bool = False
    paused_until: float = 0.0
    moves_to: int | None = None  # once what is under way is settled


class Lines:
    """What waits for each chat. A chat is served one call at a time, in the order owed."""

    def __init__(self) -> None:
        self._lines: dict[int, _Line] = {}
        # (broadcast?, served, row id, chat): may hold stale entries, which are dropped when met.
        self._ready: list[tuple[bool, int, int, int]] = []
        self._paused: list[tuple[float, int]] = []

    def __len__(self) -> int:
        return sum(len(line.rows) for line in self._lines.values())

    def __bool__(self) -> bool:
        return bool(self._lines)

    @property
    def busy(self) -> frozenset[int]:
        """The rows taken by :meth:`next` and not yet settled."""
        return frozenset(line.rows[0].id for line in self._lines.values() if line.busy)

    def add(self, waiting: Waiting) -> None:
        """Put a row at the end of its chat's line."""
        line = self._lines.setdefault(waiting.chat_id, _Line())
        line.rows.append(waiting)
        line.people += not waiting.broadcast
        self._offer(waiting.chat_id, line)

    def next(self, now: float, *, people_alone: bool = False) -> Waiting | None:
        """The row to send next, or None; its chat is busy until :meth:`done` or :meth:`pause`.

        A broadcast at the head of a line goes with the people's if a person waits behind it.
        ``people_alone``: broadcasts stay where they are.
        """
        while self._paused and self._paused[0][0] <= now:
            _, chat_id = heapq.heappop(self._paused)
            if line := self._lines.get(chat_id):
                self._offer(chat_id, line)
        while self._ready and not (people_alone and self._ready[0][0]):
            key = heapq.heappop(self._ready)
            line = self._lines.get(key[3])
            if line is None or line.busy or not line.rows or self._key(key[3], line) != key:
                continue
            if line.paused_until > now:
                continue
            line.busy = True
            return line.rows[0]
        return None

    def wakes_at(self) -> float | None:
        """When the earliest pause ends, if any chat is paused."""
        return self._paused[0][0] if self._paused else None

    def pause(self, chat_id: int, until: float) -> None:
        """Send this chat nothing before ``until``; its head row stays the head."""
        line = self._lines[chat_id]
        line.busy = False
        line.paused_until = max(line.paused_until, until)
        if line.moves_to is not None:
            self.move(chat_id, line.moves_to)
        else:
            heapq.heappush(self._paused, (line.paused_until, chat_id))

    def done(self, chat_id: int) -> None:
        """The head row is settled: on to the next."""
        line = self._lines[chat_id]
        line.busy = False
        line.people -= not line.rows.popleft().broadcast
        line.served += 1
        if line.moves_to is not None:
            self.move(chat_id, line.moves_to)
        elif line.rows:
            self._offer(chat_id, line)
        else:
            del self._lines[chat_id]

    def move(self, chat_id: int, new_chat_id: int) -> None:
        """The chat has a new id: its line goes on there, in order, and as late."""
        moved = self._lines.pop(chat_id, _Line())
        line = self._lines.setdefault(new_chat_id, _Line())
        # What is being sent to the new id stays at the head until it is settled.
        head = [line.rows.popleft()] if line.busy else []
        rest = sorted([*moved.rows, *line.rows], key=lambda row: row.id)
        line.rows = deque(Waiting(row.id, new_chat_id, row.broadcast) for row in [*head, *rest])
        line.people = sum(not row.broadcast for row in line.rows)
        line.paused_until = max(line.paused_until, moved.paused_until)
        if not line.rows:
            del self._lines[new_chat_id]
            return
        if moved.paused_until:
            heapq.heappush(self._paused, (line.paused_until, new_chat_id))
        self._offer(new_chat_id, line)

    def follow(self, chat_id: int, new_chat_id: int) -> None:
        """As :meth:`move`, where the new id is learnt of elsewhere.

        A line that is just being served moves when that is settled: storage already knows where
        its rows go.
        """
        line = self._lines.get(chat_id)
        if line is None:
            return
        if line.busy:
            line.moves_to = new_chat_id
        else:
            self.move(chat_id, new_chat_id)

    def _offer(self, chat_id: int, line: _Line) -> None:
        if not line.busy:
            heapq.heappush(self._ready, self._key(chat_id, line))

    @staticmethod
    def _key(chat_id: int, line: _Line) -> tuple[bool, int, int, int]:
        # Of a broadcast, what belongs together comes together: the case, and then its poll.
        served = line.served if line.people else 0
        return (line.people == 0, served, line.rows[0].id, chat_id)
