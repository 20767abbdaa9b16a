"""The sender: what is owed goes out in order, once settled, and nothing keeps it waiting."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.base.clock import Clock
from bot.base.shutdown import Stop
from bot.sending.delivery import Deliverer, Delivery, TokenRevokedError
from bot.sending.rate_limits import Limiter, Pace
from bot.sending.sender import Sender, SendingListeners
from bot.telegram.bot_api import MOST_AT_ONCE
from storage.chat_facts import ChatMoved
from storage.facts import PersonForgotten, PersonMet
from storage.ledger import Entry
from storage.outbox import OwedRow
from storage.outcome import Afterwards, Outcome, OwedCall
from storage.settlements import Moved, Postponed, Refused, Sent
from storage.store import Store
from tests.storage.samples import owed_count
from tests.support.database import FAIL, RECOVER, meddle
from tests.support.new_store import new_store

FAST = Clock(speed=50)
FREE = Pace(1e6, 1e6, 1e6, 1e6, 10**6, 1.0)
ADA, BEN, GROUP, SUPERGROUP = 1, 2, -3, -100_4


class FakeDeliverer(Deliverer):
    """Takes every call, and does with it what the test says; else it is sent."""

    def __init__(self) -> None:
        self.rows: list[OwedRow] = []
        self.judge: Callable[[OwedRow], Delivery] = lambda row: Delivery(row, Sent(row.id))
        self.gate = asyncio.Event()
        self.gate.set()

    async def deliver(self, row: OwedRow) -> Delivery:
        self.rows.append(row)
        await self.gate.wait()
        return self.judge(row)

    @property
    def texts(self) -> list[str]:
        """What the calls so far say."""
        return [str(row.params["text"]) for row in self.rows]


class SenderAtWork:
    """A sender at work with a real database."""

    def __init__(self, store: Store, path: Path) -> None:
        self.store = store
        self.path = path
        self.stop = Stop(FAST)
        self.deliverer = FakeDeliverer()
        self.refusals: list[tuple[int, str]] = []
        listeners = SendingListeners(lambda _: None, self.hear_refusal)
        self.sender = Sender(self.deliverer, store, FAST, self.stop, listeners)

    async def hear_refusal(self, row: OwedRow, description: str) -> None:
        """Note what a shared chat refused."""
        self.refusals.append((row.chat_id, description))

    async def owe(self, *calls: OwedCall, facts: tuple[Any, ...] = (), wake: bool = True) -> None:
        """Commit what is owed, as intake does."""
        await self.store.ledger.commit([Entry(Outcome(facts, calls))], FAST.now())
        if wake:
            self.sender.wake()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """The sender runs; its error, if any, is raised at the end."""
        running = asyncio.create_task(self.sender.run())
        try:
            yield
        finally:
            self.stop.set()
            async with asyncio.timeout(60):
                await running

    async def sql(self, statement: str) -> None:
        """Meddle with the database."""
        await asyncio.to_thread(meddle, self.path, statement)


@pytest.fixture
async def at_work(tmp_path: Path) -> AsyncIterator[SenderAtWork]:
    path = tmp_path / "bot.db"
    store = await new_store(path, 0)
    yield SenderAtWork(store, path)
    await store.close()


def say(text: str, chat_id: int = ADA, **more: Any) -> OwedCall:
    return OwedCall(chat_id, "sendMessage", {"text": text}, **more)


async def until(condition: Callable[[], object], within: float = 60) -> None:
    """Wait for a condition, with a bound."""
    async with asyncio.timeout(within):
        while True:
            if condition():
                return
            await asyncio.sleep(0.005)


async def test_a_broadcast_leaves_room_for_people(at_work: SenderAtWork) -> None:
    """Where Telegram is slow, a broadcast waits for it, and nobody else for the broadcast."""
    at_work.sender.limiter = Limiter(FAST.monotonic(), FREE)
    at_work.deliverer.gate.clear()
    readers = range(1000, 1000 + 2 * MOST_AT_ONCE)
    await at_work.owe(*(say("Good morning.", reader, broadcast=True) for reader in readers))
    async with at_work.open():
        await until(lambda: len(at_work.deliverer.rows) > MOST_AT_ONCE // 4)
        await at_work.owe(say("An answer."))
        await until(lambda: "An answer." in at_work.deliverer.texts)
        assert len(at_work.deliverer.rows) < MOST_AT_ONCE
        at_work.deliverer.gate.set()
        await until(lambda: len(at_work.deliverer.rows) == len(readers) + 1)


async def test_a_chat_gets_its_messages_in_the_order_owed(at_work: SenderAtWork) -> None:
    """One call of a chat is under way at a time, and the next is the next owed."""
    await at_work.owe(*(say(str(n)) for n in range(5)))
    async with at_work.open():
        await until(lambda: len(at_work.deliverer.rows) == 5)
    assert at_work.deliverer.texts == ["0", "1", "2", "3", "4"]
    assert owed_count(at_work.path) == 0


async def test_nothing_more_goes_to_a_chat_whose_result_is_not_on_disk(
    at_work: SenderAtWork,
) -> None:
    """While a call's result cannot be written down, its chat waits; afterwards it goes on."""
    await at_work.owe(say("a"), say("b"), say("c", BEN))
    await at_work.sql(FAIL.format("DELETE ON outbox"))
    async with at_work.open():
        await until(lambda: set(at_work.deliverer.texts) == {"a", "c"})
        await asyncio.sleep(0.1)
        assert sorted(at_work.deliverer.texts) == ["a", "c"]
        await at_work.sql(RECOVER)
        await until(lambda: sorted(at_work.deliverer.texts) == ["a", "b", "c"])


async def test_rows_deleted_under_way_do_not_hold_up_what_follows(at_work: SenderAtWork) -> None:
    """Forgetting a person empties their line; the farewell behind it goes out with no more news."""
    async with at_work.open():
        at_work.deliverer.judge = lambda row: Delivery(row, Postponed(row.id, False), pause_s=10)
        await at_work.owe(say("1"), say("2"), say("3"), facts=(PersonMet(ADA, None, 0),))
        await until(lambda: at_work.deliverer.texts == ["1"])
        at_work.deliverer.judge = lambda row: Delivery(row, Sent(row.id))
        await at_work.owe(say("You are forgotten."), facts=(PersonForgotten(ADA),))
        await until(lambda: at_work.deliverer.texts == ["1", "You are forgotten."])


async def test_a_newer_edit_takes_the_place_of_one_that_waits(at_work: SenderAtWork) -> None:
    """An edit that was replaced while its chat paused is not sent; its successor is."""
    async with at_work.open():
        at_work.deliverer.judge = lambda row: Delivery(row, Postponed(row.id, False), pause_s=10)
        await at_work.owe(say("old", edit_key="tally"))
        await until(lambda: at_work.deliverer.texts == ["old"])
        at_work.deliverer.judge = lambda row: Delivery(row, Sent(row.id))
        await at_work.owe(say("new", edit_key="tally"))
        await until(lambda: at_work.deliverer.texts == ["old", "new"])


async def test_a_long_silence_does_not_end_sending(at_work: SenderAtWork) -> None:
    """However long Telegram does not answer, sending goes on once it does."""
    silence = Delivery(
        OwedRow(1, ADA, "sendMessage", {}, None, 0, 0, False), Postponed(1, True), answered=False
    )
    for _ in range(2000):
        at_work.sender._back_off.note(silence, FAST.monotonic())
    await at_work.owe(say("at last"))
    async with at_work.open():
        await until(lambda: at_work.deliverer.texts == ["at last"])


async def test_when_nobody_answers_other_chats_are_spared(at_work: SenderAtWork) -> None:
    """After five calls without any answer everything waits a little, then tries again."""
    people = range(10, 40)
    at_work.deliverer.judge = lambda row: Delivery(
        row, Postponed(row.id, True), 1.0, answered=False
    )
    async with at_work.open():
        for person in people:
            await at_work.owe(say("hello", person))
            if not await _sent_within(at_work, person, 0.05):
                break
        else:
            pytest.fail("every chat was tried")
        at_work.deliverer.judge = lambda row: Delivery(row, Sent(row.id))
        await until(lambda: at_work.deliverer.rows[-1].chat_id == person)


async def _sent_within(at_work: SenderAtWork, person: int, seconds: float) -> bool:
    try:
        await until(lambda: any(row.chat_id == person for row in at_work.deliverer.rows), seconds)
    except TimeoutError:
        return False
    return True


async def test_a_storm_of_refusals_makes_sending_wait(at_work: SenderAtWork) -> None:
    """When it is too much for chat after chat, one call at a time is tried until one is done."""
    tried: list[float] = []

    def judge(row: OwedRow) -> Delivery:
        tried.append(FAST.monotonic())
        return Delivery(row, Postponed(row.id, False), pause_s=5.0, rate_limited=True)

    at_work.sender.limiter = Limiter(FAST.monotonic(), FREE)
    at_work.deliverer.judge = judge
    at_work.deliverer.gate.clear()
    chats = set(range(10, 10 + MOST_AT_ONCE))
    await at_work.owe(*(say("hello", chat) for chat in chats))
    async with at_work.open():
        await until(lambda: len(at_work.deliverer.rows) == MOST_AT_ONCE)
        at_work.deliverer.gate.set()
        await until(lambda: len(tried) >= MOST_AT_ONCE + 4)
        gaps = [after - before for before, after in pairwise(tried[MOST_AT_ONCE - 1 :])]
        assert min(gaps) >= 5
        done: set[int] = set()

        def note(row: OwedRow) -> Delivery:
            done.add(row.chat_id)
            return Delivery(row, Sent(row.id))

        at_work.deliverer.judge = note
        await until(lambda: done == chats)


async def test_one_crowded_chat_holds_up_no_other(at_work: SenderAtWork) -> None:
    """However often it is too much for one chat, the others are served at once."""
    rate_limited = Delivery(
        OwedRow(1, GROUP, "sendMessage", {}, None, 0, 0, False),
        Postponed(1, done_perhaps=False),
        pause_s=1000.0,
        rate_limited=True,
    )
    for _ in range(20):
        at_work.sender._back_off.note(rate_limited, FAST.monotonic())
    await at_work.owe(say("hello"))
    async with at_work.open():
        await until(lambda: at_work.deliverer.texts == ["hello"])


async def test_a_pause_that_telegram_asks_for_is_kept(at_work: SenderAtWork) -> None:
    """After 429 nothing goes to that chat before its time; other chats are served meanwhile."""
    times: list[float] = []

    def judge(row: OwedRow) -> Delivery:
        if row.chat_id == ADA:
            times.append(FAST.monotonic())
            if len(times) == 1:
                return Delivery(row, Postponed(row.id, False), pause_s=20)
        return Delivery(row, Sent(row.id))

    at_work.deliverer.judge = judge
    async with at_work.open():
        await at_work.owe(say("1"), say("2"))
        await until(lambda: len(times) == 1)
        await at_work.owe(say("for Ben", BEN))
        await until(lambda: "for Ben" in at_work.deliverer.texts)
        assert len(times) == 1
        await until(lambda: len(times) == 3)
    assert times[1] - times[0] >= 20
    assert at_work.deliverer.texts == ["1", "for Ben", "1", "2"]


async def test_a_result_that_cannot_be_kept_costs_only_its_details(at_work: SenderAtWork) -> None:
    """A message id that is no number does not stop the settling of this and other results."""
    at_work.deliverer.judge = lambda row: Delivery(
        row, Sent(row.id, message_id=2**70 if row.chat_id == ADA else 5)
    )
    at_work.deliverer.gate.clear()
    await at_work.owe(say("1"), say("2"), say("3", BEN))
    async with at_work.open():
        await until(lambda: len(at_work.deliverer.rows) == 2)
        at_work.deliverer.gate.set()
        await until(lambda: sorted(at_work.deliverer.texts) == ["1", "2", "3"])
    assert owed_count(at_work.path) == 0


async def test_a_result_is_recorded_once_though_what_follows_fails(at_work: SenderAtWork) -> None:
    """Noting that a person is gone may have to wait; the result itself is not recorded again."""
    await at_work.owe(say("1"), facts=(PersonMet(ADA, None, 0),))
    await at_work.sql(FAIL.format("UPDATE ON people"))
    settled = []
    settle = at_work.store.outbox.settle

    async def counting(settlements: Any) -> None:
        settled.extend(settlements)
        await settle(settlements)

    at_work.store.outbox.settle = counting  # type: ignore[method-assign]
    at_work.deliverer.judge = lambda row: Delivery(row, Refused(row.id, "blocked"), gone=True)
    async with at_work.open():
        await until(lambda: settled)
        await asyncio.sleep(0.1)
        await at_work.sql(RECOVER)
        await _until_blocked(at_work)
    assert settled == [Refused(1, "blocked")]


EDIT = Afterwards("editMessageReplyMarkup", {"text": "edited"})


async def test_what_comes_after_a_call_goes_without_other_news(at_work: SenderAtWork) -> None:
    """Behind what was owed meanwhile; and not to who has blocked the bot."""

    def judge(row: OwedRow) -> Delivery:
        if row.chat_id == BEN:
            return Delivery(row, Refused(row.id, "blocked"), gone=True)
        return Delivery(row, Sent(row.id))

    at_work.deliverer.judge = judge
    met = PersonMet(BEN, "en", 0)
    await at_work.owe(say("to Ben", BEN, afterwards=EDIT), facts=(met,))
    await at_work.owe(say("a", afterwards=EDIT), say("b"))
    async with at_work.open():
        await until(lambda: "edited" in at_work.deliverer.texts)
    assert [row.params["text"] for row in at_work.deliverer.rows if row.chat_id == ADA] == [
        *("a", "b", "edited")
    ]
    assert [row.params["text"] for row in at_work.deliverer.rows if row.chat_id == BEN] == [
        "to Ben"
    ]
    assert owed_count(at_work.path) == 0


async def _until_blocked(at_work: SenderAtWork) -> None:
    async with asyncio.timeout(60):
        while True:
            person = await at_work.store.people.get(ADA)
            if person is not None and person.blocked_at is not None:
                return
            await asyncio.sleep(0.01)


async def test_a_call_that_cannot_be_made_is_set_aside(at_work: SenderAtWork) -> None:
    """A mistake of ours in one call does not hold up its chat."""

    def judge(row: OwedRow) -> Delivery:
        if row.params["text"] == "broken":
            raise ValueError
        return Delivery(row, Sent(row.id))

    at_work.deliverer.judge = judge
    await at_work.owe(say("broken"), say("fine"))
    async with at_work.open():
        await until(lambda: at_work.deliverer.texts == ["broken", "fine"])
    assert owed_count(at_work.path) == 0


async def test_a_revoked_token_ends_sending(at_work: SenderAtWork) -> None:
    """401 is nobody's message's fault: the sender ends, and the message stays owed."""

    def judge(row: OwedRow) -> Delivery:
        raise TokenRevokedError

    at_work.deliverer.judge = judge
    await at_work.owe(say("1"))
    with pytest.raises(TokenRevokedError):
        async with asyncio.timeout(60):
            await at_work.sender.run()
    assert owed_count(at_work.path) == 1


async def test_settling_that_breaks_is_noticed(at_work: SenderAtWork) -> None:
    """If results could no longer be recorded at all, the sender ends with the error."""

    async def broken(settlements: Any) -> None:
        raise ZeroDivisionError

    at_work.store.outbox.settle = broken  # type: ignore[method-assign]
    await at_work.owe(say("1"))
    with pytest.raises(ZeroDivisionError):
        async with asyncio.timeout(60):
            await at_work.sender.run()


async def test_what_is_under_way_at_the_end_is_waited_for(at_work: SenderAtWork) -> None:
    """Asked to stop, the sender lets its calls end and records them; the rest stays owed."""
    at_work.deliverer.gate.clear()
    await at_work.owe(say("1"), say("2"))
    running = asyncio.create_task(at_work.sender.run())
    await until(lambda: at_work.deliverer.rows)
    at_work.stop.set()
    await asyncio.sleep(0.05)
    at_work.deliverer.gate.set()
    await running
    assert at_work.deliverer.texts == ["1"]
    assert [row.id for row in await at_work.store.outbox.waiting(0)] == [2]


async def test_a_group_that_moved_gets_the_rest_at_its_new_address(at_work: SenderAtWork) -> None:
    """After a migration the same call and those behind it go to the supergroup, in order."""

    def judge(row: OwedRow) -> Delivery:
        if row.chat_id == GROUP:
            return Delivery(row, Moved(row.id, GROUP, SUPERGROUP))
        return Delivery(row, Sent(row.id))

    at_work.deliverer.judge = judge
    await at_work.owe(say("1", GROUP), say("2", GROUP))
    async with at_work.open():
        await until(lambda: len(at_work.deliverer.rows) == 3)
    assert [(row.chat_id, row.params["text"]) for row in at_work.deliverer.rows] == [
        (GROUP, "1"),
        (SUPERGROUP, "1"),
        (SUPERGROUP, "2"),
    ]


async def test_a_move_heard_of_elsewhere_is_followed_under_way(at_work: SenderAtWork) -> None:
    """A call to the old group is under way when its move is committed: the rest goes on anew."""
    at_work.deliverer.gate.clear()
    await at_work.owe(say("1", GROUP), say("2", GROUP))
    async with at_work.open():
        await until(lambda: at_work.deliverer.texts == ["1"])
        await at_work.owe(say("3", SUPERGROUP), facts=(ChatMoved(GROUP, SUPERGROUP),), wake=False)
        at_work.sender.moved(GROUP, SUPERGROUP)
        at_work.deliverer.gate.set()
        await until(lambda: sorted(at_work.deliverer.texts) == ["1", "2", "3"])
    assert {row.chat_id for row in at_work.deliverer.rows[1:]} == {SUPERGROUP}


async def test_refusals_are_heard_of(at_work: SenderAtWork) -> None:
    """What is refused for good is told once it is on disk; not where nobody is there any more."""
    at_work.deliverer.judge = lambda row: Delivery(
        row, Refused(row.id, "no rights"), gone=row.chat_id == ADA
    )
    await at_work.owe(say("1", GROUP), say("2"))
    async with at_work.open():
        await until(lambda: at_work.refusals)
        await until(lambda: len(at_work.deliverer.rows) == 2)
    assert at_work.refusals == [(GROUP, "no rights")]


async def test_an_outbox_that_cannot_be_read_is_read_later(at_work: SenderAtWork) -> None:
    """A storage failure stops nothing for good."""
    await at_work.owe(say("1"))
    await at_work.sql("ALTER TABLE outbox RENAME TO hidden")
    async with at_work.open():
        await asyncio.sleep(0.1)
        await at_work.sql("ALTER TABLE hidden RENAME TO outbox")
        await until(lambda: at_work.deliverer.texts == ["1"])
