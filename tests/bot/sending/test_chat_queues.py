"""The order of sending, as pure bookkeeping."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from bot.sending.chat_queues import ChatQueues
from storage.outbox import Waiting

steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(1, 4), st.booleans()),
        st.tuples(st.just("take"), st.just(0), st.just(False)),
        st.tuples(st.just("done"), st.integers(1, 4), st.just(False)),
        st.tuples(st.just("pause"), st.integers(1, 4), st.booleans()),
        st.tuples(st.just("move"), st.integers(1, 4), st.booleans()),
        st.tuples(st.just("follow"), st.integers(1, 4), st.just(False)),
        st.tuples(st.just("later"), st.integers(1, 5), st.just(False)),
    ),
    max_size=80,
)


class Chats:
    """What is owed to each chat, told apart by plain lists."""

    def __init__(self) -> None:
        self.owed: defaultdict[int, list[int]] = defaultdict(list)
        self.busy: dict[int, int] = {}
        self.until: dict[int, float] = {}
        self.following: set[int] = set()

    def ready(self, now: float) -> list[int]:
        """The chats that can be served."""
        able = [chat for chat, rows in self.owed.items() if rows and chat not in self.busy]
        return [chat for chat in able if self.until.get(chat, 0) <= now]

    def done(self, chat_id: int) -> None:
        """What was under way was the oldest; an empty queue's pause is over."""
        assert self.owed[chat_id].pop(0) == self.busy.pop(chat_id)
        self.settle(chat_id)
        self.until = {chat: until for chat, until in self.until.items() if self.owed[chat]}

    def pause(self, chat_id: int, until_s: float) -> None:
        """What was under way is the first again."""
        del self.busy[chat_id]
        self.until[chat_id] = max(self.until.get(chat_id, 0), until_s)
        self.settle(chat_id)

    def settle(self, chat_id: int) -> None:
        """Nothing is under way: a chat that has a new id goes there."""
        if chat_id in self.following:
            self.move(chat_id)

    def move(self, old: int) -> None:
        """A chat's rows go to the next id, behind what is under way there."""
        new = old + 1
        self.busy.pop(old, None)
        self.following.discard(old)
        under_way = self.owed[new][: new in self.busy]
        rest = [*self.owed[new][len(under_way) :], *self.owed.pop(old, [])]
        self.owed[new] = [*under_way, *sorted(rest)]
        self.until[new] = max(self.until.get(new, 0), self.until.pop(old, 0))


@given(steps)
def test_every_row_is_taken_once_and_in_its_chats_order(moves: list[tuple[str, int, bool]]) -> None:
    """Whatever comes, pauses and moves: a chat has one row under way, and its oldest first."""
    queues, chats, now, number = ChatQueues(), Chats(), 0.0, 0
    for move, chat_id, flag in moves:
        match move:
            case "add":
                number += 1
                queues.add(Waiting(number, chat_id, flag))
                chats.owed[chat_id].append(number)
            case "take":
                row = queues.next(now)
                if row is None:
                    assert chats.ready(now) == []
                else:
                    assert row.chat_id in chats.ready(now)
                    assert row.id == chats.owed[row.chat_id][0]
                    chats.busy[row.chat_id] = row.id
            case "done" if chat_id in chats.busy:
                queues.done(chat_id)
                chats.done(chat_id)
            case "pause" if chat_id in chats.busy:
                queues.pause(chat_id, now + 1 + flag)
                chats.pause(chat_id, now + 1 + flag)
            case "move" if chat_id in chats.busy:
                queues.move(chat_id, chat_id + 1)
                chats.move(chat_id)
            case "follow" if chats.owed[chat_id]:
                queues.follow(chat_id, chat_id + 1)
                chats.following.add(chat_id)
                if chat_id not in chats.busy:
                    chats.settle(chat_id)
            case "later":
                now += chat_id / 2
        assert queues.busy == frozenset(chats.busy.values())
        assert len(queues) == sum(map(len, chats.owed.values()))
        assert bool(queues) is bool(len(queues))


def test_people_go_before_broadcasts() -> None:
    """A person's answer overtakes a broadcast to everybody else, but not one in its own chat."""
    queues = ChatQueues()
    for number, chat_id, broadcast in [(1, 1, True), (2, 2, True), (3, 2, False), (4, 3, False)]:
        queues.add(Waiting(number, chat_id, broadcast))
    taken = []
    while (row := queues.next(0.0)) is not None:
        taken.append(row.id)
        queues.done(row.chat_id)
    assert taken == [2, 4, 3, 1]


def test_a_broadcast_is_hurried_only_while_a_person_waits_behind_it() -> None:
    """Once the person's message is out, what is left in the queue is a broadcast again."""
    queues = ChatQueues()
    for number, broadcast in [(1, True), (2, False), (3, True)]:
        queues.add(Waiting(number, 1, broadcast))
    for number in (1, 2):
        assert queues.next(0.0, people_alone=True) == Waiting(number, 1, number == 1)
        queues.done(1)
    assert queues.next(0.0, people_alone=True) is None
    queues.add(Waiting(4, 2, broadcast=False))
    assert queues.next(0.0) == Waiting(4, 2, broadcast=False)
    assert queues.next(0.0) == Waiting(3, 1, broadcast=True)


def test_a_paused_chat_tells_when_it_may_go_on() -> None:
    """The sender can sleep until exactly then."""
    queues = ChatQueues()
    queues.add(Waiting(1, 1, broadcast=False))
    assert queues.wakes_at() is None
    assert queues.next(5.0) == Waiting(1, 1, broadcast=False)
    queues.pause(1, 9.0)
    assert (queues.wakes_at(), queues.next(8.9)) == (9.0, None)
    assert queues.next(9.0) == Waiting(1, 1, broadcast=False)


def test_a_moved_chat_waits_for_what_is_under_way_at_its_new_address() -> None:
    """Rows of the old id queue up by age behind the one being sent to the new id."""
    queues = ChatQueues()
    for number, chat_id in [(1, -1), (2, -100), (3, -1), (4, -100)]:
        queues.add(Waiting(number, chat_id, broadcast=False))
    assert [queues.next(0.0), queues.next(0.0)] == [
        Waiting(1, -1, broadcast=False),
        Waiting(2, -100, broadcast=False),
    ]
    queues.move(-1, -100)
    assert queues.next(0.0) is None
    queues.done(-100)
    taken = []
    while (row := queues.next(0.0)) is not None:
        taken.append((row.id, row.chat_id))
        queues.done(row.chat_id)
    assert taken == [(1, -100), (3, -100), (4, -100)]


def test_a_moved_chat_s_broadcasts_stay_behind_what_people_wait_for() -> None:
    """And what a person waits for there goes before other chats' broadcasts."""
    queues = ChatQueues()
    for number, chat_id, broadcast in [(1, -1, True), (2, -2, False), (3, -3, True)]:
        queues.add(Waiting(number, chat_id, broadcast))
    queues.follow(-1, -101)
    queues.follow(-2, -102)
    assert queues.next(0.0, people_alone=True) == Waiting(2, -102, broadcast=False)
    assert queues.next(0.0, people_alone=True) is None
    assert queues.next(0.0) == Waiting(1, -101, broadcast=True)


def test_a_queue_just_being_served_follows_its_chat_afterwards() -> None:
    """What is under way keeps its place; then the rest goes on under the new id, in order."""
    queues = ChatQueues()
    for number, chat_id in [(1, -1), (2, -1), (3, -2), (4, -3), (5, -3)]:
        queues.add(Waiting(number, chat_id, broadcast=False))
    taken = [queues.next(0.0), queues.next(0.0), queues.next(0.0)]
    assert taken == [Waiting(n, chat, broadcast=False) for n, chat in [(1, -1), (3, -2), (4, -3)]]
    queues.pause(-2, 1.0)
    for chat_id in (-1, -2, -3, -4):
        queues.follow(chat_id, chat_id - 100)
    queues.add(Waiting(6, -101, broadcast=False))
    queues.pause(-3, 2.0)
    assert queues.next(0.0) == Waiting(6, -101, broadcast=False)
    queues.done(-101)
    assert queues.next(0.0) is None
    queues.done(-1)
    assert queues.next(0.0) == Waiting(2, -101, broadcast=False)
    assert queues.wakes_at() == 1.0
    assert queues.next(1.0) == Waiting(3, -102, broadcast=False)
    assert queues.next(2.0) == Waiting(4, -103, broadcast=False)
    queues.done(-103)
    assert queues.next(2.0) == Waiting(5, -103, broadcast=False)


def test_everybody_is_served_before_anybody_again() -> None:
    """Who waits for a first message comes before another's second, however early that was owed."""
    queues = ChatQueues()
    for number, chat_id in [(1, 1), (2, 1), (3, 2)]:
        queues.add(Waiting(number, chat_id, broadcast=False))
    order = []
    while (row := queues.next(0.0)) is not None:
        order.append(row.id)
        queues.done(row.chat_id)
    assert order == [1, 3, 2]


def test_what_a_broadcast_brings_stays_together() -> None:
    """A chat's poll follows its case, and not the cases of all other chats."""
    queues = ChatQueues()
    for number, chat_id in [(1, 1), (2, 1), (3, 2), (4, 2)]:
        queues.add(Waiting(number, chat_id, broadcast=True))
    order = []
    while (row := queues.next(0.0)) is not None:
        order.append(row.id)
        queues.done(row.chat_id)
    assert order == [1, 2, 3, 4]


def test_people_can_be_served_alone() -> None:
    """Broadcasts stay where they are, and are taken in their order once they may go again."""
    queues = ChatQueues()
    for number, (chat_id, broadcast) in enumerate([(1, True), (2, False), (3, True)]):
        queues.add(Waiting(number, chat_id, broadcast))
    assert queues.next(0, people_alone=True) == Waiting(1, 2, False)
    assert queues.next(0, people_alone=True) is None
    assert queues.next(0) == Waiting(0, 1, True)
    assert queues.next(0) == Waiting(2, 3, True)
