"""The order of sending, as pure bookkeeping."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from bot.lines import Lines
from storage.outbox import Waiting

steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(1, 4), st.booleans()),
        st.tuples(st.just("take"), st.just(0), st.just(False)),
        st.tuples(st.just("done"), st.integers(1, 4), st.just(False)),
        st.tuples(st.just("pause"), st.integers(1, 4), st.booleans()),
        st.tuples(st.just("move"), st.integers(1, 4), st.booleans()),
        st.tuples(st.just("later"), st.integers(1, 5), st.just(False)),
    ),
    max_size=80,
)


@given(steps)
def test_every_row_is_taken_once_and_in_its_chats_order(moves: list[tuple[str, int, bool]]) -> None:
    """Whatever comes, pauses and moves: a chat has one row under way, and its oldest first."""
    lines, now, number = Lines(), 0.0, 0
    owed: defaultdict[int, list[int]] = defaultdict(list)
    busy: dict[int, int] = {}
    until: dict[int, float] = {}
    for move, chat_id, flag in moves:
        match move:
            case "add":
                number += 1
                lines.add(Waiting(number, chat_id, flag))
                owed[chat_id].append(number)
            case "take":
                row = lines.next(now)
                ready = [c for c in owed if owed[c] and c not in busy and until.get(c, 0) <= now]
                if row is None:
                    assert ready == []
                else:
                    assert row.chat_id in ready
                    assert row.id == owed[row.chat_id][0]
                    busy[row.chat_id] = row.id
            case "done" if chat_id in busy:
                assert owed[chat_id].pop(0) == busy.pop(chat_id)
                lines.done(chat_id)
                if not owed[chat_id]:
                    until.pop(chat_id, None)
            case "pause" if chat_id in busy:
                del busy[chat_id]
                until[chat_id] = max(until.get(chat_id, 0), now + 1 + flag)
                lines.pause(chat_id, until[chat_id])
            case "move" if chat_id in busy and chat_id + 1 not in busy:
                del busy[chat_id]
                owed[chat_id + 1] = sorted(owed[chat_id + 1] + owed.pop(chat_id))
                until.pop(chat_id, None)
                lines.move(chat_id, chat_id + 1)
            case "later":
                now += chat_id / 2
        assert lines.busy == frozenset(busy.values())
        assert len(lines) == sum(map(len, owed.values()))


def test_people_go_before_broadcasts() -> None:
    """A person's answer overtakes a broadcast to everybody else, but not one in its own chat."""
    lines = Lines()
    for number, chat_id, broadcast in [(1, 1, True), (2, 2, True), (3, 2, False), (4, 3, False)]:
        lines.add(Waiting(number, chat_id, broadcast))
    taken = []
    while (row := lines.next(0.0)) is not None:
        taken.append(row.id)
        lines.done(row.chat_id)
    assert taken == [2, 4, 3, 1]


def test_a_paused_chat_tells_when_it_may_go_on() -> None:
    """The courier can sleep until exactly then."""
    lines = Lines()
    lines.add(Waiting(1, 1, broadcast=False))
    assert lines.wakes_at() is None
    assert lines.next(5.0) == Waiting(1, 1, broadcast=False)
    lines.pause(1, 9.0)
    assert (lines.wakes_at(), lines.next(8.9)) == (9.0, None)
    assert lines.next(9.0) == Waiting(1, 1, broadcast=False)


def test_a_moved_chat_waits_for_what_is_under_way_at_its_new_address() -> None:
    """Rows of the old id line up by age behind the one being sent to the new id."""
    lines = Lines()
    for number, chat_id in [(1, -1), (2, -100), (3, -1), (4, -100)]:
        lines.add(Waiting(number, chat_id, broadcast=False))
    assert [lines.next(0.0), lines.next(0.0)] == [
        Waiting(1, -1, broadcast=False),
        Waiting(2, -100, broadcast=False),
    ]
    lines.move(-1, -100)
    assert lines.next(0.0) is None
    lines.done(-100)
    taken = []
    while (row := lines.next(0.0)) is not None:
        taken.append((row.id, row.chat_id))
        lines.done(row.chat_id)
    assert taken == [(1, -100), (3, -100), (4, -100)]


def test_a_line_just_being_served_does_not_follow_its_chat() -> None:
    """What is under way keeps its place; a line at rest moves at once."""
    lines = Lines()
    for number, chat_id in [(1, -1), (2, -1), (3, -2)]:
        lines.add(Waiting(number, chat_id, broadcast=False))
    assert lines.next(0.0) == Waiting(1, -1, broadcast=False)
    lines.follow(-1, -100)
    lines.follow(-2, -200)
    lines.follow(-3, -300)
    lines.done(-1)
    assert lines.next(0.0) == Waiting(3, -200, broadcast=False)
    assert lines.next(0.0) == Waiting(2, -1, broadcast=False)


def test_everybody_is_served_before_anybody_again() -> None:
    """Who waits for a first message comes before another's second, however early that was owed."""
    lines = Lines()
    for number, chat_id in [(1, 1), (2, 1), (3, 2)]:
        lines.add(Waiting(number, chat_id, broadcast=False))
    order = []
    while (row := lines.next(0.0)) is not None:
        order.append(row.id)
        lines.done(row.chat_id)
    assert order == [1, 3, 2]


def test_what_a_broadcast_brings_stays_together() -> None:
    """A chat's poll follows its case, and not the cases of all other chats."""
    lines = Lines()
    for number, chat_id in [(1, 1), (2, 1), (3, 2), (4, 2)]:
        lines.add(Waiting(number, chat_id, broadcast=True))
    order = []
    while (row := lines.next(0.0)) is not None:
        order.append(row.id)
        lines.done(row.chat_id)
    assert order == [1, 2, 3, 4]


def test_people_can_be_served_alone() -> None:
    """Broadcasts stay where they are, and are taken in their order once they may go again."""
    lines = Lines()
    for number, (chat_id, broadcast) in enumerate([(1, True), (2, False), (3, True)]):
        lines.add(Waiting(number, chat_id, broadcast))
    assert lines.next(0, people_alone=True) == Waiting(1, 2, False)
    assert lines.next(0, people_alone=True) is None
    assert lines.next(0) == Waiting(0, 1, True)
    assert lines.next(0) == Waiting(2, 3, True)
