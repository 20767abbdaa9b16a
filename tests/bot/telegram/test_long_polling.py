"""Fetching: what is asked of Telegram, when, and what is believed of the answer."""

import logging
from typing import Any, ClassVar

import pytest

from bot.base.clock import Clock
from bot.base.shutdown import Stop
from bot.telegram import bot_api
from bot.telegram.batches import LIMIT, Batch, TokenRefusedError
from bot.telegram.long_polling import LONG_POLL_S, Fetcher
from bot.web.metrics import Metrics
from storage.outbox import Backlog

FAST = Clock(speed=1000)


class FakeTelegram:
    """Answers getUpdates with one reply after another, and notes what it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.replies: list[bot_api.Reply] = []
        self.asked: list[dict[str, Any]] = []
        monkeypatch.setattr(bot_api, "call", self._call)

    async def _call(self, bot: object, method: str, params: Any, **more: float) -> bot_api.Reply:
        self.asked.append(dict(params))
        return self.replies.pop(0)


class NotedStop(Stop):
    """Notes how long one would have paused."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.pauses: list[float] = []

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> FakeTelegram:
    return FakeTelegram(monkeypatch)


@pytest.fixture
def fetcher(telegram: FakeTelegram) -> Fetcher:
    return Fetcher(None, FAST, Stop(FAST), answer_within_s=1)  # type: ignore[arg-type]


async def batches(
    fetcher: Fetcher, telegram: FakeTelegram, *results: list[Any], done: bool = True
) -> list[Batch]:
    """Fetch these answers one after another, each worked on at once."""
    got = []
    for result in results:
        telegram.replies.append(bot_api.Done(result))
        batch = await fetcher.fetch()
        assert batch is not None
        got.append(batch)
        if done:
            fetcher.done(batch)
    return got


def updates(*ids: Any) -> list[dict[str, Any]]:
    return [{"update_id": number, "message": {}} for number in ids]


async def test_only_what_is_done_is_confirmed(fetcher: Fetcher, telegram: FakeTelegram) -> None:
    """A batch that failed is asked for again: no offset passes it."""
    await batches(fetcher, telegram, updates(5, 6))
    await batches(fetcher, telegram, updates(7), updates(7), done=False)
    assert [asked.get("offset") for asked in telegram.asked] == [None, 7, 7]


async def test_the_kinds_of_updates_are_always_named(
    fetcher: Fetcher, telegram: FakeTelegram
) -> None:
    """Left out, Telegram would keep whatever was named last."""
    await batches(fetcher, telegram, [], [])
    kinds = ["message", "edited_message", "callback_query", "poll", "poll_answer"]
    kinds.append("my_chat_member")
    assert [asked["allowed_updates"] for asked in telegram.asked] == [kinds, kinds]


async def test_ids_that_start_again_lower_are_not_passed_over(
    fetcher: Fetcher, telegram: FakeTelegram
) -> None:
    """After an empty answer no offset is named, so that lower ids are seen; and the last id of a
    batch confirms it, not the highest.
    """
    await batches(fetcher, telegram, updates(900), [], updates(901, 5), updates(6))
    assert [asked.get("offset") for asked in telegram.asked] == [None, 901, None, 6]


async def test_what_comes_again_though_confirmed_is_confirmed_by_its_highest_id(
    fetcher: Fetcher, telegram: FakeTelegram
) -> None:
    """Else the same updates would be fetched for ever, as fast as the network allows."""
    await batches(fetcher, telegram, updates(901, 5), updates(901, 5), [])
    assert [asked.get("offset") for asked in telegram.asked] == [None, 6, 902]


async def test_after_a_break_it_asks_what_waits(fetcher: Fetcher, telegram: FakeTelegram) -> None:
    """The first answer comes at once and is a backlog; what comes from then on is fresh."""
    got = await batches(fetcher, telegram, updates(1, 2), updates(3), updates(4))
    assert [asked["timeout"] for asked in telegram.asked] == [0, LONG_POLL_S, LONG_POLL_S]
    assert [batch.arrival.fresh for batch in got] == [False, True, True]


async def test_a_single_update_of_a_backlog_may_be_one_of_many(
    fetcher: Fetcher, telegram: FakeTelegram
) -> None:
    """Where somebody asked just before, Telegram gives one at most: so it is asked at once again,
    until that shows what waits.
    """
    got = await batches(fetcher, telegram, updates(1))
    assert not fetcher.caught_up
    got += await batches(fetcher, telegram, updates(2), [], updates(3))
    assert [asked["timeout"] for asked in telegram.asked] == [0, 0, 0, LONG_POLL_S]
    assert [batch.arrival.fresh for batch in got] == [False, False, False, True]


async def test_what_a_look_has_found_comes_first(fetcher: Fetcher, telegram: FakeTelegram) -> None:
    """It is not asked for twice; and a look confirms nothing."""
    telegram.replies += [bot_api.Done(updates(1, 2)), bot_api.Done(updates(1, 2))]
    await fetcher.look(0)
    found = await fetcher.look(0)
    assert isinstance(found, Batch)
    assert [asked.get("offset") for asked in telegram.asked] == [None, None]
    fetcher.begin_with(found)
    assert await fetcher.fetch() is found
    fetcher.done(found)
    await batches(fetcher, telegram, updates(3))
    assert telegram.asked[-1]["offset"] == 3


class _Paused(Clock, frozen=True):
    """A clock twice as fast as the system's, whose hands a test moves."""

    speed: float = 2.0
    at: ClassVar[float] = 1_000.0

    def monotonic(self) -> float:
        return self.at


@pytest.mark.parametrize(("real_seconds", "fresh"), [(0.0, True), (5.0, True), (5.1, False)])
async def test_what_came_within_five_seconds_of_the_last_look_is_fresh(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch, real_seconds: float, fresh: bool
) -> None:
    """The system's seconds: whoever works on a batch for longer asks for what waited meanwhile."""
    clock = _Paused()
    fetcher = Fetcher(None, clock, Stop(clock), answer_within_s=1)  # type: ignore[arg-type]
    await batches(fetcher, telegram, [])
    monkeypatch.setattr(_Paused, "at", _Paused.at + 2 * real_seconds)
    (batch,) = await batches(fetcher, telegram, updates(1))
    assert batch.arrival.fresh is fresh


async def test_behind_a_full_batch_there_may_be_more(
    fetcher: Fetcher, telegram: FakeTelegram
) -> None:
    """Nothing is fresh until an answer was not full."""
    full = updates(*range(LIMIT))
    got = await batches(fetcher, telegram, [], full, updates(200, 201), updates(202))
    assert [batch.arrival.fresh for batch in got] == [False, True, False, True]


async def test_what_was_not_kept_is_a_backlog(fetcher: Fetcher, telegram: FakeTelegram) -> None:
    """Updates that come again after a storage failure have waited."""
    await batches(fetcher, telegram, [])
    await batches(fetcher, telegram, updates(1), done=False)
    (again, later) = await batches(fetcher, telegram, updates(1, 2), updates(3))
    assert (again.arrival.fresh, later.arrival.fresh) == (False, True)


async def test_what_gathers_during_trouble_is_a_backlog(
    fetcher: Fetcher, telegram: FakeTelegram
) -> None:
    """After a failed call nothing is fresh either."""
    await batches(fetcher, telegram, [])
    telegram.replies.append(bot_api.NoAnswer("timed out"))
    assert await fetcher.fetch() is None
    (batch,) = await batches(fetcher, telegram, updates(1))
    assert not batch.arrival.fresh


async def test_it_knows_when_nothing_more_can_wait(
    fetcher: Fetcher, telegram: FakeTelegram
) -> None:
    """Caught up is who has worked on all there was: not amid a batch, nor after trouble."""
    seen = [fetcher.caught_up]
    await batches(fetcher, telegram, updates(*range(LIMIT)))
    seen.append(fetcher.caught_up)
    await batches(fetcher, telegram, updates(200, 201))
    seen.append(fetcher.caught_up)
    (batch,) = await batches(fetcher, telegram, updates(202), done=False)
    seen.append(fetcher.caught_up)
    fetcher.done(batch)
    seen.append(fetcher.caught_up)
    telegram.replies.append(bot_api.NoAnswer("timed out"))
    await fetcher.fetch()
    assert [*seen, fetcher.caught_up] == [False, False, True, False, True, False]


@pytest.mark.parametrize("odd", ["text", None, True, -1, 2**63, 1.5])
async def test_what_has_no_id_is_passed_over(
    fetcher: Fetcher, telegram: FakeTelegram, odd: object
) -> None:
    """It can be neither kept nor confirmed; the others go on."""
    (batch,) = await batches(fetcher, telegram, [*updates(1, odd), "nonsense", {}, *updates(2)])
    assert [update["update_id"] for update in batch.updates] == [1, 2]


@pytest.mark.parametrize("result", [{"not": "a list"}, ["nonsense", {}], None])
async def test_nonsense_is_trouble(
    fetcher: Fetcher, telegram: FakeTelegram, result: object
) -> None:
    """An answer that holds nothing usable is not asked for again at full speed."""
    telegram.replies.append(bot_api.Done(result))
    began = FAST.monotonic()
    assert await fetcher.fetch() is None
    assert FAST.monotonic() - began >= 1


async def test_the_copy_at_work_stays_and_asks_again_soon(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    """However often it is refused; the log says so once an hour."""
    caplog.set_level(logging.WARNING)
    stop = NotedStop(FAST)
    fetcher = Fetcher(None, FAST, stop, answer_within_s=1)  # type: ignore[arg-type]
    refused = bot_api.UpdatesTaken("Conflict: terminated by other getUpdates request")
    telegram.replies += [refused, bot_api.Done([]), *[refused] * 50]
    for _ in range(52):
        await fetcher.fetch()
    assert len(stop.pauses) == 51
    assert max(stop.pauses) < 1
    assert ["stays at work" in message for message in caplog.messages] == [True]


async def test_a_webhook_that_somebody_set_is_told_of(telegram: FakeTelegram) -> None:
    """Each time it is met: whoever is told sees to it that that is not too often."""
    stop = NotedStop(FAST)
    fetcher = Fetcher(None, FAST, stop, answer_within_s=1)  # type: ignore[arg-type]
    told: list[bool] = []

    async def diverted() -> None:
        told.append(True)

    fetcher.diverted = diverted
    telegram.replies += [
        bot_api.UpdatesTaken("Conflict: can't use getUpdates while webhook is active")
    ] * 2
    for _ in range(2):
        assert await fetcher.fetch() is None
    assert told == [True, True]
    await batches(fetcher, telegram, [])
    assert told == [True, True]


async def test_the_end_of_trouble_is_told(
    fetcher: Fetcher, telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    """Once, and only where the trouble was told of: being asked to wait is none."""
    caplog.set_level(logging.INFO)
    telegram.replies += [bot_api.NoAnswer("timed out"), bot_api.NoAnswer("timed out")]
    for _ in range(2):
        assert await fetcher.fetch() is None
    await batches(fetcher, telegram, [], [])
    telegram.replies.append(bot_api.TooMany(1))
    assert await fetcher.fetch() is None
    await batches(fetcher, telegram, [])
    assert [message.split("(")[0] for message in caplog.messages] == [
        "No updates from Telegram ",
        "Telegram gives updates again.",
    ]


async def test_retry_after_is_obeyed(fetcher: Fetcher, telegram: FakeTelegram) -> None:
    """Told to wait, it waits as long as told."""
    telegram.replies.append(bot_api.TooMany(20))
    began = FAST.monotonic()
    assert await fetcher.fetch() is None
    assert FAST.monotonic() - began >= 20


async def test_an_unknown_token_is_an_error(fetcher: Fetcher, telegram: FakeTelegram) -> None:
    """There is no sense in trying again."""
    telegram.replies.append(bot_api.BadToken())
    with pytest.raises(TokenRefusedError):
        await fetcher.fetch()


async def test_a_conflict_counts_among_telegram_s_errors(telegram: FakeTelegram) -> None:
    """The alarm about another copy has nothing but the fetching to go by."""
    metrics = Metrics()
    fetcher = Fetcher(None, FAST, Stop(FAST), 1, metrics.answered)  # type: ignore[arg-type]
    telegram.replies += [bot_api.UpdatesTaken("Conflict: terminated by other getUpdates request")]
    assert await fetcher.fetch() is None
    figures = metrics.text(Backlog(0, None), 0, {}, 0).decode()
    assert 'morning_report_telegram_errors_total{kind="conflict"} 1.0' in figures
