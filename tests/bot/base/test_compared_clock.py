"""The clock is compared with Telegram's, and what people do is recorded with the right time."""

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import field

from bot.base.clock import Clock
from bot.base.compared_clock import TOLERANCE_MS, ComparedClock, off_by
from bot.base.time_units import HOUR_MS

TRUE = 1_772_409_600_000  # 2026-03-02, 00:00 UTC


class HandClock(Clock, frozen=True):
    """The right time and the error of what is shown, in ms, both set by hand."""

    hands: dict[str, int] = field(default_factory=lambda: {"true": TRUE, "error": 0})

    def now(self) -> int:
        """UTC milliseconds."""
        return self.hands["true"] + self.hands["error"]

    def monotonic(self) -> float:
        """Seconds; nobody sets them."""
        return self.hands["true"] / 1000


def date(at: int) -> str:
    """A Date header of that time."""
    return formatdate(at / 1000, usegmt=True)


@given(
    at=st.integers(0, 4_000_000_000_000),
    error=st.integers(-(10**12), 10**12),
    took=st.integers(0, 100_000),
    after=st.floats(0, 1),
)
def test_no_difference_is_found_that_is_not_there(
    at: int, error: int, took: int, after: float
) -> None:
    """Whenever within the call the answer was dated: never more than the error, of its sign.

    What whole seconds and the call's time leave open is given to the clock, and no more.
    """
    dated = at - round(took * after)
    off = off_by(date(dated - dated % 1000), at + error, took / 1000)
    assert off is not None
    assert min(error, 0) <= off <= max(error, 0)
    assert abs(off) >= abs(error) - took - 1000


@given(speed=st.floats(1, 3600), took=st.floats(0, 60), behind=st.floats(0, 1))
def test_a_fast_clock_does_not_go_silent(speed: float, took: float, behind: float) -> None:
    """However much of its time passes between an answer and its reading."""
    own = HandClock(speed=speed)
    clock = ComparedClock.of(own)
    written = TRUE - round(took * behind * speed * 1000)
    clock.heard(date(written - written % 1000), took)
    assert clock.right
    assert (clock.off_ms, clock.now()) == (0, TRUE)


@pytest.mark.parametrize(
    "error", [-50 * 365 * 24 * HOUR_MS, -HOUR_MS, HOUR_MS, 10 * 365 * 24 * HOUR_MS]
)
def test_a_wrong_clock_is_found_out_and_corrected(error: int) -> None:
    """Times are Telegram's then; once it is set, nobody waits for the next answer."""
    own = HandClock()
    clock = ComparedClock.of(own)
    trusted = clock.right
    assert trusted
    own.hands["error"] = error
    clock.heard(date(TRUE), 0)
    found_out = clock.right
    assert not found_out
    assert clock.off_ms == pytest.approx(error, abs=1000)
    own.hands["true"] += HOUR_MS
    assert clock.now() == pytest.approx(TRUE + HOUR_MS, abs=1000)
    assert clock.latest_day().isoformat() == "2026-03-02", "reviews are judged by it"
    own.hands["error"] = 0
    assert clock.right
    assert clock.now() == pytest.approx(TRUE + HOUR_MS, abs=1000)
    clock.heard(date(TRUE + HOUR_MS), 0)
    assert (clock.off_ms, clock.now()) == (0, TRUE + HOUR_MS)


def test_a_clock_that_is_set_wrong_is_noticed_before_the_next_answer() -> None:
    """It was right when Telegram answered last, and has jumped since."""
    own = HandClock()
    clock = ComparedClock.of(own)
    clock.heard(date(TRUE), 0)
    for error in (TOLERANCE_MS + 1000, -TOLERANCE_MS - 1000):
        own.hands["error"] = error
        assert not clock.right
    own.hands["error"] = TOLERANCE_MS - 1000
    assert clock.right


def test_what_says_nothing_of_the_time_changes_nothing() -> None:
    """A Date that is none."""
    clock = ComparedClock.of(HandClock())
    for nonsense in ("", "soon", "Mon, 99 Mar 2026 00:00:00 GMT"):
        clock.heard(nonsense, 0)
    assert (clock.right, clock.off_ms, clock.now()) == (True, 0, TRUE)
