"""The limits on sending: never more than Telegram is assumed to take, and no more waiting."""

from heapq import heappop, heappush

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sending.rate_limits import Limiter, Pace

gaps = st.lists(st.floats(0, 3), min_size=1, max_size=150)
chats = st.sampled_from([1, 2, 3, -4, -5])


def sent(gaps: list[float], chat_ids: list[int], start: float) -> list[tuple[float, int]]:
    """When and where a sender that obeys the limiter sends, trying at these moments."""
    limiter, now = Limiter(start), start
    calls = []
    for gap, chat_id in zip(gaps, chat_ids, strict=False):
        now += gap
        while wait := max(limiter.delay(now), limiter.chat_delay(chat_id, now)):
            assert now + wait > now
            now += wait
        limiter.spend(chat_id, now)
        calls.append((now, chat_id))
    return calls


def most_in(times: list[float], span: float) -> int:
    """The most calls in any window of this many seconds."""
    return max(sum(at <= other <= at + span for other in times) for at in times)


@given(gaps, st.lists(chats, min_size=150, max_size=150), st.floats(0, 1e9))
def test_no_window_holds_more_than_telegram_takes(
    gaps: list[float], chat_ids: list[int], start: float
) -> None:
    """In all: 30 a second after a burst of 30; in a chat: 1 after 3; in a group: 20 a minute.

    Clocks that run fast have large readings, in which short waits are lost to rounding.
    """
    calls = sent(gaps, chat_ids, start)
    times = [at for at, _ in calls]
    for span in (0.0, 1.0, 10.0):
        assert most_in(times, span) <= 30 + 30 * span
        for chat_id in set(chat_ids[: len(calls)]):
            own = [at for at, where in calls if where == chat_id]
            assert most_in(own, span) <= 3 + span
            if chat_id < 0:
                assert most_in(own, 60.0) <= 20


ways = st.lists(st.tuples(st.floats(0, 0.1), st.floats(0, 4), st.floats(0, 1)), max_size=200)


@given(ways)
def test_calls_held_up_on_their_way_are_not_too_many(
    calls: list[tuple[float, float, float]],
) -> None:
    """Each is answered after a while, and arrived at any moment until then: Telegram's bucket of
    30, refilled at 30 a second, never runs dry.
    """
    limiter, now = Limiter(0.0), 0.0
    answers: list[tuple[float, int]] = []
    arrived = []
    for chat_id, (gap, takes, part) in enumerate(calls, start=1):
        now += gap
        while True:
            while answers and answers[0][0] <= now:
                at, answered = heappop(answers)
                limiter.end(answered, at)
            if not (wait := limiter.delay(now)):
                break
            now = min(now + wait, answers[0][0]) if answers else now + wait
        limiter.begin()
        heappush(answers, (now + takes, chat_id))
        arrived.append(now + takes * part)
    level, last = 30.0, 0.0
    for at in sorted(arrived):
        level, last = min(30.0, level + (at - last) * 30) - 1, at
        assert level > -1e-6


def test_a_burst_passes_at_once() -> None:
    """Short answers to one person need not wait: two messages go in the same moment."""
    assert sent([0.0, 0.0], [1, 1], 0.0) == [(0.0, 1), (0.0, 1)]


def test_full_speed_is_kept_up() -> None:
    """A broadcast to a thousand people takes no longer than 29.5 a second allow."""
    calls = sent([0.0] * 1000, list(range(1, 1001)), 100.0)
    assert calls[-1][0] - 100 < 1000 / 29.5


def test_what_is_under_way_is_spoken_for() -> None:
    """A whole burst that nobody has answered yet leaves no room; one called off gives it back."""
    limiter = Limiter(0.0, Pace(per_second=10, burst=5))
    for _ in range(5):
        assert limiter.delay(0.0) == 0
        limiter.begin()
    assert limiter.delay(0.0) == pytest.approx(0.1)
    limiter.call_off()
    assert limiter.delay(0.0) == 0
    limiter.begin()
    limiter.end(1, 0.0)
    assert limiter.delay(0.0) == pytest.approx(0.1), "its answer frees nothing: it was sent"


def test_what_is_sent_at_once_and_how_fast_it_goes_on() -> None:
    """25 to different people, and 2 to one person; then 29.5 a second, and nearly 1 a second."""
    crowd = [at for at, _ in sent([0.0] * 60, [*range(1, 61)], 0.0)]
    assert crowd[24] == 0.0
    assert crowd[25:] == [pytest.approx((n + 1) / 29.5) for n in range(35)]
    alone = [at for at, _ in sent([0.0] * 6, [1] * 6, 0.0)]
    assert alone == [pytest.approx(max(0.0, (n - 1.8) / 0.98)) for n in range(6)]


def test_a_group_is_sent_twenty_messages_a_minute() -> None:
    """The next goes out when the oldest of them is a minute and a second old; people get more."""
    to_group = [at for at, _ in sent([2.5] * 45, [-1] * 45, 0.0)]
    assert to_group[19] == 20 * 2.5
    assert to_group[20] == to_group[0] + 61
    assert to_group[40] == to_group[20] + 61
    assert sent([2.5] * 45, [1] * 45, 0.0)[-1][0] == 45 * 2.5


def test_a_group_whose_minute_has_room_still_waits_for_its_second() -> None:
    """The longer of the two waits holds."""
    limiter = Limiter(0.0, Pace(chat_per_second=0.01, chat_burst=2, group_messages=2))
    for at in (0.0, 0.0):
        limiter.spend(-1, at)
    assert limiter.chat_delay(-1, 0.0) == pytest.approx(100)
    assert limiter.chat_delay(-1, 70.0) == pytest.approx(30)


def test_quiet_chats_are_forgotten() -> None:
    """The limiter does not grow with everybody who was ever written to.

    It looks every two minutes, and lets go of those that were not written to for as long: their
    limits are all free again.
    """
    limiter = Limiter(0.0)
    for chat_id in range(-50, 50):
        limiter.spend(chat_id, 0.0)
    limiter.spend(1, 50.0)
    limiter.spend(1000, 119.0)
    assert len(limiter._chats) == 101
    limiter.spend(1000, 122.0)
    assert (set(limiter._chats), set(limiter._groups)) == ({1, 1000}, set())
    limiter.spend(2, 239.0)
    assert set(limiter._chats) == {1, 2, 1000}
    limiter.spend(2, 242.0)
    assert set(limiter._chats) == {2, 1000}


def test_another_pace_is_kept_instead() -> None:
    """A chat may be sent to as often as its pace says, and no more often."""
    limiter = Limiter(0.0, Pace(chat_per_second=10, chat_burst=5))
    for _ in range(5):
        assert limiter.chat_delay(1, 0.0) == 0
        limiter.spend(1, 0.0)
    assert limiter.chat_delay(1, 0.0) == pytest.approx(0.1)
