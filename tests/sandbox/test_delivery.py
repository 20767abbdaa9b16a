"""Updates: delivered, delivered again, confirmed; polls that wait; pollers that collide."""

import asyncio
import time
from importlib import import_module
from typing import Any, ClassVar

import pytest

from bot.base.clock import Clock
from bot.sandbox.errors import ApiError
from bot.sandbox.server import SandboxServer
from bot.sandbox.updates import KEPT_MS, Updates
from tests.sandbox.conftest import RawBot, refused
from tests.sandbox.spec import problems_with
from tests.support.sandbox import Person, SandboxClient


async def test_updates_come_again_until_confirmed(bot: RawBot, ada: Person) -> None:
    """The same updates come until an offset above theirs confirms them."""
    for text in "abc":
        await ada.send(text)
    first = await bot.updates()
    assert [update["message"]["text"] for update in first] == ["a", "b", "c"]
    assert await bot.updates() == first
    assert await bot.updates(limit=2) == first[:2]
    ids = [update["update_id"] for update in first]
    assert ids == list(range(ids[0], ids[0] + 3))
    assert await bot.updates(offset=ids[1]) == first[1:]
    assert await bot.updates(offset=ids[2] + 1) == []
    assert await bot.updates(offset=0) == []


async def test_negative_offset_forgets_what_is_before(bot: RawBot, ada: Person) -> None:
    """Offset -1 leaves the newest only."""
    for text in "abc":
        await ada.send(text)
    assert [update["message"]["text"] for update in await bot.updates(offset=-1)] == ["c"]
    assert len(await bot.updates()) == 1


async def test_offset_far_in_the_future_is_ignored(bot: RawBot, ada: Person) -> None:
    """An offset that cannot be right confirms nothing."""
    await ada.send("a")
    [update] = await bot.updates()
    assert await bot.updates(offset=update["update_id"] + 1000) == [update]


async def test_unwanted_kinds_are_not_queued_and_the_choice_lasts(bot: RawBot, ada: Person) -> None:
    """allowed_updates holds for what comes after, until it is named again."""
    await bot.updates(allowed_updates=["edited_message"])
    sent = await ada.send("a")
    await ada.edit(sent, "b")
    [update] = await bot.updates()
    assert update["edited_message"]["text"] == "b"
    await bot.updates(allowed_updates=[])
    await ada.send("c")
    assert [*(await bot.updates())[-1]][1] == "message"


async def test_long_poll_ends_when_something_comes(bot: RawBot, ada: Person) -> None:
    """A waiting call answers at the first update."""
    waiting = asyncio.create_task(bot.updates(timeout=30))
    await bot("getMe")
    await ada.send("now")
    async with asyncio.timeout(60):
        assert [update["message"]["text"] for update in await waiting] == ["now"]


async def test_of_two_waiting_pollers_one_is_ended(bot: RawBot, ada: Person) -> None:
    """One of the two is told of the conflict, in Telegram's words; the other goes on."""
    pollers = {asyncio.create_task(bot.updates(timeout=30)) for _ in range(2)}
    ended, waiting = await asyncio.wait(pollers, timeout=20, return_when=asyncio.FIRST_COMPLETED)
    assert (len(ended), len(waiting)) == (1, 1)
    assert await refused(ended.pop()) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is"
        " running",
    )
    await ada.send("x")
    assert len(await waiting.pop()) == 1


@pytest.fixture
def updates() -> Updates:
    return Updates(Clock())


async def _waiting(updates: Updates, offset: int = 0) -> asyncio.Task[list[dict[str, Any]]]:
    """A poller that waits already, unless something was pending for it."""
    call = asyncio.create_task(updates.get(offset, 100, 30))
    await asyncio.sleep(0)
    return call


def _texts(got: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in got]


async def test_the_earlier_of_two_waiting_pollers_is_ended(updates: Updates) -> None:
    """With nothing pending, who comes later waits and who waited gets the 409."""
    earlier = await _waiting(updates)
    later = await _waiting(updates)
    with pytest.raises(ApiError, match="terminated by other getUpdates"):
        await earlier
    updates.push("message", {"text": "x"})
    assert _texts(await later) == ["x"]


async def test_a_call_that_does_not_wait_ends_nobody(updates: Updates) -> None:
    """Without a timeout a newcomer is answered, and who waits goes on waiting."""
    waiting = await _waiting(updates)
    assert await updates.get(0, 100, 0) == []
    updates.push("message", {"text": "x"})
    assert _texts(await waiting) == ["x"]


async def test_pollers_meet_no_conflict_while_updates_are_pending(updates: Updates) -> None:
    """What nobody confirmed goes to all, however long they would have waited."""
    waiting = await _waiting(updates)
    updates.push("message", {"text": "x"})
    newcomers = [await updates.get(0, 100, 30) for _ in range(2)]
    assert [_texts(got) for got in [*newcomers, await waiting]] == [["x"]] * 3


async def test_what_one_poller_confirms_the_other_never_sees(updates: Updates) -> None:
    """Confirming counts for all, and by what it confirms a call may come to wait and to end one."""
    updates.push("message", {"text": "x"})
    [update] = await updates.get(0, 100, 30)
    confirming = await _waiting(updates, update["update_id"] + 1)
    newcomer = await _waiting(updates)
    with pytest.raises(ApiError, match="terminated by other getUpdates"):
        await confirming
    updates.push("message", {"text": "y"})
    assert _texts(await newcomer) == ["y"]


class _Steps(Clock, frozen=True):
    """A clock that moves only when somebody sleeps by it, and says for how long they did."""

    at = 1000.0
    slept: ClassVar[list[float]] = []

    def monotonic(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        type(self).at += seconds
        await asyncio.sleep(0)


async def test_a_second_conflict_within_three_seconds_is_held_back() -> None:
    """The first 409 comes at once, one soon after it 3 s later, one after a while at once."""
    clock = _Steps()
    updates = Updates(clock)

    async def end_one() -> list[float]:
        clock.slept.clear()
        pollers = [await _waiting(updates) for _ in range(2)]
        with pytest.raises(ApiError, match="terminated by other getUpdates"):
            await pollers[0]
        pollers[1].cancel()
        await asyncio.wait(pollers)
        return list(clock.slept)

    assert await end_one() == []
    type(clock).at += 2.9
    assert await end_one() == [3.0]
    assert await end_one() == []


async def test_long_poll_lasts_clock_seconds() -> None:
    """At speed 60 a poll of 30 seconds is over in half a second."""
    sandbox = SandboxServer(clock=Clock(1_750_000_000, 60, time.time()))
    await sandbox.start()
    bot = RawBot(sandbox.url)
    begun = time.monotonic()
    async with bot.http:
        assert await bot.updates(timeout=30) == []
    assert 0.4 < time.monotonic() - begun < 20
    await sandbox.stop()


class _Hands(Clock, frozen=True):
    """A clock that stands still until it is set."""

    at = 0

    def now(self) -> int:
        return self.at


async def test_unconfirmed_updates_are_kept_for_a_day() -> None:
    """After 24 hours of clock time an update is gone."""
    clock = _Hands()
    updates = Updates(clock)
    updates.push("message", {"text": "old"})
    type(clock).at = KEPT_MS
    assert len(await updates.get(0, 100, 0)) == 1
    type(clock).at = KEPT_MS + 1
    assert await updates.get(0, 100, 0) == []


@pytest.fixture
async def kinds(bot: RawBot, ada: Person) -> list[dict[str, Any]]:
    """One update of every kind that a private chat gives."""
    sent = await ada.send("see https://example.com and @somebody #tag")
    await ada.edit(sent, "edited")
    poll = await bot("sendPoll", chat_id=ada.id, question="?", options=["a"], is_anonymous=False)
    await ada.vote(poll, [0])
    marked = await bot(
        "sendMessage",
        chat_id=ada.id,
        text="press",
        reply_markup={"inline_keyboard": [[{"text": "b", "callback_data": "d"}]]},
    )
    pressing = asyncio.create_task(ada.press(marked, "d"))
    pressed = await bot.until("callback_query")
    await bot("answerCallbackQuery", callback_query_id=pressed["callback_query"]["id"])
    await pressing
    await ada.block()
    return await bot.updates()


async def test_every_kind_of_update_is_as_specified(kinds: list[dict[str, Any]]) -> None:
    """Each kind comes once, and the specification finds nothing wrong with it."""
    assert [[*update][1] for update in kinds] == [
        "message",
        "edited_message",
        "poll",
        "poll_answer",
        "callback_query",
        "my_chat_member",
    ]
    assert [problem for update in kinds for problem in problems_with("Update", update)] == []


async def test_aiogram_parses_every_kind_of_update(kinds: list[dict[str, Any]]) -> None:
    """Another library's types take what the sandbox sends."""
    update_type = import_module("aiogram.types").Update  # seconds, for whoever runs this
    parsed = [update_type.model_validate(update) for update in kinds]
    assert [update.event_type for update in parsed] == [[*update][1] for update in kinds]


async def test_stop_is_quick_with_everything_open(client: SandboxClient) -> None:
    """Streams, long polls and held calls do not keep the sandbox from ending."""
    sandbox = SandboxServer()
    await sandbox.start()
    bot = RawBot(sandbox.url)
    async with SandboxClient(sandbox.url) as other, bot.http:
        await other.fault("timeout", "getMe")
        waiting = [
            asyncio.create_task(bot.http.post("getUpdates", json={"timeout": 50})),
            asyncio.create_task(bot.http.post("getMe")),
            asyncio.create_task(bot.http.get(f"{sandbox.url}/sandbox/events")),
        ]
        await bot("getWebhookInfo")
        begun = time.monotonic()
        await sandbox.stop()
        assert time.monotonic() - begun < 20
        await asyncio.gather(*waiting, return_exceptions=True)
