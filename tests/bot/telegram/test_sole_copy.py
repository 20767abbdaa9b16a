"""What a copy that starts concludes: by examples, and in a model of Telegram's queue."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from bot.telegram.sole_copy import (
    RECENT_MS,
    WAIT_S,
    Watch,
    WatchEnd,
    ids_to_look_up,
    is_latest,
    is_restart,
    refused,
    seen,
)


def updates(*ids: int) -> list[dict[str, Any]]:
    return [{"update_id": number, "message": {}} for number in ids]


def looks(*shown: list[dict[str, Any]], every_s: float = 1.0) -> Watch | WatchEnd:
    """What these looks come to, one after another from 0 s on, for a copy that handled nothing."""
    watch = Watch(0.0)
    for number, updates in enumerate(shown):
        verdict = seen(watch, updates, number * every_s, latest=False)
        if not isinstance(verdict, Watch):
            return verdict
        watch = verdict
    return watch


def test_one_update_on_record_tells_of_all_that_wait() -> None:
    """Those that wait, and the one before them."""
    assert ids_to_look_up(updates(7, 8)) == [6, 7, 8]
    assert ids_to_look_up([]) == []


@pytest.mark.parametrize(
    ("on_record", "ago_ms", "latest"),
    [
        ([6], 5, True),
        ([6], -5, True),
        ([6], 10 * RECENT_MS, True),
        ([], 5, False),
        ([6], None, False),
    ],
)
def test_the_latest_database_has_the_last_update_and_its_own_place(
    on_record: list[int], ago_ms: int | None, latest: bool
) -> None:
    """However long ago it was; a copy of it has the update too, but was never at work there."""
    assert is_latest(on_record, ago_ms) is latest


@pytest.mark.parametrize(
    ("waiting", "ago_ms", "latest", "restart"),
    [
        (updates(7), 10 * RECENT_MS, True, True),
        # Somebody has confirmed what came before, however lately this copy was at work.
        (updates(7), 1000, False, False),
        ([], 0, False, True),
        ([], RECENT_MS, False, True),
        ([], RECENT_MS + 1, False, False),
        # The clock was ahead then, or is behind now.
        ([], -1, False, False),
        ([], None, False, False),
    ],
)
def test_a_restart_is_known_by_the_database(
    waiting: list[dict[str, Any]], ago_ms: int | None, latest: bool, restart: bool
) -> None:
    """By its last update; while nothing waits, by when the bot was last at work with it."""
    assert is_restart(waiting, ago_ms, latest=latest) is restart


def test_nothing_but_silence_for_long_enough_lets_a_starting_copy_begin() -> None:
    """Not before, and not because what waits stays."""
    assert isinstance(seen(Watch(0.0), [], WAIT_S - 0.1, latest=False), Watch)
    assert seen(Watch(0.0), [], WAIT_S, latest=False) is WatchEnd.BEGIN
    assert isinstance(looks(*[updates(1, 2)] * 30), Watch)
    assert looks(*[updates(1, 2)] * 31) is WatchEnd.BEGIN


def test_a_copy_at_work_begins_as_soon_as_it_knows_itself() -> None:
    """The update that its last one precedes may come at any time."""
    assert seen(Watch(0.0, before=-1), updates(7), 3.0, latest=True) is WatchEnd.BEGIN


def test_what_came_and_went_shows_another_copy() -> None:
    """Whether anything else waits by then or not."""
    assert looks(updates(1), updates(1, 2), updates(3)) is WatchEnd.GIVE_WAY
    assert looks([], updates(5), []) is WatchEnd.GIVE_WAY


def test_what_waited_before_may_go_by_its_age() -> None:
    """Telegram keeps presses for minutes, and all else for a day."""
    assert isinstance(looks(updates(1, 2), updates(2), [], updates(9)), Watch)


def test_an_answer_cut_short_shows_nothing() -> None:
    """Who asks again within half a second is given the first update alone."""
    assert isinstance(looks(updates(1), updates(1, 2, 3), updates(1), updates(1, 2, 3)), Watch)


def test_being_refused_is_no_proof_against_a_database_with_posts() -> None:
    """It watches anew; one without posts gives way."""
    assert refused(5.0, has_posts=True) == Watch(5.0)
    assert refused(5.0, has_posts=False) is WatchEnd.GIVE_WAY


class Queued(Struct, frozen=True):
    """An update: when it came, and for how long it is kept."""

    number: int
    came_s: float
    kept_s: float


@st.composite
def queues(draw: st.DrawFn) -> list[Queued]:
    """What people did before and while a starting copy watches from 0 s on, oldest first."""
    came = sorted(draw(st.lists(st.floats(-86_500, WAIT_S + 10), max_size=60)))
    first = draw(st.integers(1, 1000))
    kept = st.sampled_from([150.0, 86_400.0, 86_400.0])
    return [Queued(first + place, at, draw(kept)) for place, at in enumerate(came)]


def shown(queue: list[Queued], now_s: float, limit: int, confirmed: int) -> list[dict[str, Any]]:
    """What getUpdates without an offset returns."""
    waits = [
        each.number
        for each in queue
        if each.came_s <= now_s < each.came_s + each.kept_s and each.number > confirmed
    ]
    return updates(*waits[:limit])


PACES = st.lists(
    st.tuples(st.floats(1.0, 3.0), st.sampled_from([1, 100])), min_size=32, max_size=32
)
"""Seconds until the next look, and how many updates Telegram will show."""


@given(queues(), PACES)
def test_alone_nobody_gives_way(queue: list[Queued], paces: list[tuple[float, int]]) -> None:
    """Whatever comes, and whatever Telegram keeps no longer; and it begins in good time."""
    watch, now = Watch(0.0), 0.0
    for pause, limit in paces:
        verdict = seen(watch, shown(queue, now, limit, confirmed=0), now, latest=False)
        assert verdict is not WatchEnd.GIVE_WAY
        if verdict is WatchEnd.BEGIN:
            assert WAIT_S <= now <= WAIT_S + 3.0
            return
        watch, now = verdict, now + pause
    pytest.fail("it watched for too long")


@given(queues(), PACES, st.floats(0.0, 2.0))
def test_beside_a_copy_at_work_nobody_begins(
    queue: list[Queued], paces: list[tuple[float, int]], lag_s: float
) -> None:
    """Whoever saw an update come gives way at the first look after the other has confirmed it."""
    watch, now = Watch(0.0), 0.0
    for pause, limit in paces:
        confirmed = max((each.number for each in queue if each.came_s + lag_s <= now), default=0)
        verdict = seen(watch, shown(queue, now, limit, confirmed), now, latest=False)
        if watch.newest is not None:
            assert (verdict is WatchEnd.GIVE_WAY) == (confirmed >= watch.newest)
        if not isinstance(verdict, Watch):
            return
        watch, now = verdict, now + pause
