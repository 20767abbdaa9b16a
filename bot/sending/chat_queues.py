"""The order of sending: a queue per chat, people before broadcasts, each once before any again.

Pure bookkeeping: no clock, no database, no network.
"""

import heapq
from collections import deque

from msgspec import Struct, field

from storage.outbox import Waiting


class _ChatQueue(Struct):
    rows: deque[Waiting] = field(default_factory=deque)
    people: int = 0  # rows in the queue that a person waits for
    served: int = 0  # rows sent since the queue was last empty
    busy: bool = False
    paused_until_s: float = 0.0
    moves_to: int | None = None  # once what is under way is settled


class ChatQueues:
    """What waits for each chat. A chat is served one call at a time, in the order owed."""

    def __init__(self) -> None:
        self._queues: dict[int, _ChatQueue] = {}
        # (broadcast?, served, row id, chat): may hold stale entries, which are dropped when met.
        self._ready: list[tuple[bool, int, int, int]] = []
        self._paused: list[tuple[float, int]] = []

    def __len__(self) -> int:
        return sum(len(queue.rows) for queue in self._queues.values())

    def __bool__(self) -> bool:
        return bool(self._queues)

    @property
    def busy(self) -> frozenset[int]:
        """The rows taken by :meth:`next` and not yet settled."""
        return frozenset(queue.rows[0].id for queue in self._queues.values() if queue.busy)

    def add(self, waiting: Waiting) -> None:
        """Put a row at the end of its chat's queue."""
        queue = self._queues.setdefault(waiting.chat_id, _ChatQueue())
        queue.rows.append(waiting)
        queue.people += not waiting.broadcast
        self._offer(waiting.chat_id, queue)

    def next(self, now: float, *, people_alone: bool = False) -> Waiting | None:
        """The row to send next, or None; its chat is busy until :meth:`done` or :meth:`pause`.

        A broadcast at the head of a queue goes with the people's if a person waits behind it.
        ``people_alone``: broadcasts stay where they are.
        """
        while self._paused and self._paused[0][0] <= now:
            _, chat_id = heapq.heappop(self._paused)
            if queue := self._queues.get(chat_id):
                self._offer(chat_id, queue)
        while self._ready and not (people_alone and self._ready[0][0]):
            key = heapq.heappop(self._ready)
            queue = self._queues.get(key[3])
            if queue is None or queue.busy or not queue.rows or self._key(key[3], queue) != key:
                continue
            if queue.paused_until_s > now:
                continue
            queue.busy = True
            return queue.rows[0]
        return None

    def wakes_at(self) -> float | None:
        """When the earliest pause ends, if any chat is paused."""
        return self._paused[0][0] if self._paused else None

    def pause(self, chat_id: int, until_s: float) -> None:
        """Send this chat nothing before ``until_s``; its head row stays the head."""
        queue = self._queues[chat_id]
        queue.busy = False
        queue.paused_until_s = max(queue.paused_until_s, until_s)
        if queue.moves_to is not None:
            self.move(chat_id, queue.moves_to)
        else:
            heapq.heappush(self._paused, (queue.paused_until_s, chat_id))

    def done(self, chat_id: int) -> None:
        """The head row is settled: on to the next."""
        queue = self._queues[chat_id]
        queue.busy = False
        queue.people -= not queue.rows.popleft().broadcast
        queue.served += 1
        if queue.moves_to is not None:
            self.move(chat_id, queue.moves_to)
        elif queue.rows:
            self._offer(chat_id, queue)
        else:
            del self._queues[chat_id]

    def move(self, chat_id: int, new_chat_id: int) -> None:
        """The chat has a new id: its queue goes on there, in order, and as late."""
        moved = self._queues.pop(chat_id, _ChatQueue())
        queue = self._queues.setdefault(new_chat_id, _ChatQueue())
        # What is being sent to the new id stays at the head until it is settled.
        head = [queue.rows.popleft()] if queue.busy else []
        rest = sorted([*moved.rows, *queue.rows], key=lambda row: row.id)
        queue.rows = deque(Waiting(row.id, new_chat_id, row.broadcast) for row in [*head, *rest])
        queue.people = sum(not row.broadcast for row in queue.rows)
        queue.paused_until_s = max(queue.paused_until_s, moved.paused_until_s)
        if not queue.rows:
            del self._queues[new_chat_id]
            return
        if moved.paused_until_s:
            heapq.heappush(self._paused, (queue.paused_until_s, new_chat_id))
        self._offer(new_chat_id, queue)

    def follow(self, chat_id: int, new_chat_id: int) -> None:
        """As :meth:`move`, where the new id is learnt of elsewhere.

        A queue that is just being served moves when that is settled: storage already knows where
        its rows go.
        """
        queue = self._queues.get(chat_id)
        if queue is None:
            return
        if queue.busy:
            queue.moves_to = new_chat_id
        else:
            self.move(chat_id, new_chat_id)

    def _offer(self, chat_id: int, queue: _ChatQueue) -> None:
        if not queue.busy:
            heapq.heappush(self._ready, self._key(chat_id, queue))

    @staticmethod
    def _key(chat_id: int, queue: _ChatQueue) -> tuple[bool, int, int, int]:
        # Of a broadcast, what belongs together comes together: the case, and then its poll.
        served = queue.served if queue.people else 0
        return (queue.people == 0, served, queue.rows[0].id, chat_id)
