"""The courier: what is owed goes out in order, once settled, and nothing keeps it waiting."""

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


class FakeCarrier(Deliverer):
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


class Office:
    """A courier at work with a real database."""

    def __init__(self, store: Store, path: Path) -> None:
        self.store = store
        self.path = path
        self.stop = Stop(FAST)
        self.deliverer = FakeCarrier()
        self.refusals: list[tuple[int, str]] = []
        listeners = SendingListeners(lambda _: None, self.hear_refusal)
        self.courier = Sender(self.deliverer, store, FAST, self.stop, listeners)

    async def hear_refusal(self, row: OwedRow, description: str) -> None:
        """Note what a shared chat refused."""
        self.refusals.append((row.chat_id, description))

    async def owe(self, *calls: OwedCall, facts: tuple[Any, ...] = (), wake: bool = True) -> None:
        """Commit what is owed, as intake does."""
        await self.store.ledger.commit([Entry(Outcome(facts, calls))], FAST.now())
        if wake:
            self.courier.wake()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """The courier runs; its error, if any, is raised at the end."""
        running = asyncio.create_task(self.courier.run())
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
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    path = tmp_path / "bot.db"
    store = await new_store(path, 0)
    yield Office(store, path)
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


async def test_a_broadcast_leaves_room_for_people(office: Office) -> None:
    """Where Telegram is slow, a broadcast waits for it, and nobody else for the broadcast."""
    office.courier.limiter = Limiter(FAST.monotonic(), FREE)
    office.deliverer.gate.clear()
    readers = range(1000, 1000 + 2 * MOST_AT_ONCE)
    await office.owe(*(say("Good morning.", reader, broadcast=True) for reader in readers))
    async with office.open():
        await until(lambda: len(office.deliverer.rows) > MOST_AT_ONCE // 4)
        await office.owe(say("An answer."))
        await until(lambda: "An answer." in office.deliverer.texts)
        assert len(office.deliverer.rows) < MOST_AT_ONCE
        office.deliverer.gate.set()
        await until(lambda: len(office.deliverer.rows) == len(readers) + 1)


async def test_a_chat_gets_its_messages_in_the_order_owed(office: Office) -> None:
    """One call of a chat is under way at a time, and the next is the next owed."""
    await office.owe(*(say(str(n)) for n in range(5)))
    async with office.open():
        await until(lambda: len(office.deliverer.rows) == 5)
    assert office.deliverer.texts == ["0", "1", "2", "3", "4"]
    assert owed_count(office.path) == 0


async def test_nothing_more_goes_to_a_chat_whose_result_is_not_on_disk(office: Office) -> None:
    """While a call's result cannot be written down, its chat waits; afterwards it goes on."""
    await office.owe(say("a"), say("b"), say("c", BEN))
    await office.sql(FAIL.format("DELETE ON outbox"))
    async with office.open():
        await until(lambda: set(office.deliverer.texts) == {"a", "c"})
        await asyncio.sleep(0.1)
        assert sorted(office.deliverer.texts) == ["a", "c"]
        await office.sql(RECOVER)
        await until(lambda: sorted(office.deliverer.texts) == ["a", "b", "c"])


async def test_rows_deleted_under_way_do_not_hold_up_what_follows(office: Office) -> None:
    """Forgetting a person empties their line; the farewell behind it goes out with no more news."""
    async with office.open():
        office.deliverer.judge = lambda row: Delivery(row, Postponed(row.id, False), pause_s=10)
        await office.owe(say("1"), say("2"), say("3"), facts=(PersonMet(ADA, None, 0),))
        await until(lambda: office.deliverer.texts == ["1"])
        office.deliverer.judge = lambda row: Delivery(row, Sent(row.id))
        await office.owe(say("You are forgotten."), facts=(PersonForgotten(ADA),))
        await until(lambda: office.deliverer.texts == ["1", "You are forgotten."])


async def test_a_newer_edit_takes_the_place_of_one_that_waits(office: Office) -> None:
    """An edit that was replaced while its chat paused is not sent; its successor is."""
    async with office.open():
        office.deliverer.judge = lambda row: Delivery(row, Postponed(row.id, False), pause_s=10)
        await office.owe(say("old", edit_key="tally"))
        await until(lambda: office.deliverer.texts == ["old"])
        office.deliverer.judge = lambda row: Delivery(row, Sent(row.id))
        await office.owe(say("new", edit_key="tally"))
        await until(lambda: office.deliverer.texts == ["old", "new"])


async def test_a_long_silence_does_not_end_sending(office: Office) -> None:
    """However long Telegram does not answer, sending goes on once it does."""
    silence = Delivery(
        OwedRow(1, ADA, "sendMessage", {}, None, 0, 0, False), Postponed(1, True), answered=False
    )
    for _ in range(2000):
        office.courier._back_off.note(silence, FAST.monotonic())
    await office.owe(say("at last"))
    async with office.open():
        await until(lambda: office.deliverer.texts == ["at last"])


async def test_when_nobody_answers_other_chats_are_spared(office: Office) -> None:
    """After five calls without any answer everything waits a little, then tries again."""
    people = range(10, 40)
    office.deliverer.judge = lambda row: Delivery(row, Postponed(row.id, True), 1.0, answered=False)
    async with office.open():
        for person in people:
            await office.owe(say("hello", person))
            if not await _sent_within(office, person, 0.05):
                break
        else:
            pytest.fail("every chat was tried")
        office.deliverer.judge = lambda row: Delivery(row, Sent(row.id))
        await until(lambda: office.deliverer.rows[-1].chat_id == person)


async def _sent_within(office: Office, person: int, seconds: float) -> bool:
    try:
        await until(lambda: any(row.chat_id == person for row in office.deliverer.rows), seconds)
    except TimeoutError:
        return False
    return True


async def test_a_storm_of_refusals_is_not_knocked_against(office: Office) -> None:
    """When it is too much for chat after chat, one call at a time is tried until one is done."""
    tried: list[float] = []

    def judge(row: OwedRow) -> Delivery:
        tried.append(FAST.monotonic())
        return Delivery(row, Postponed(row.id, False), pause_s=5.0, rate_limited=True)

    office.courier.limiter = Limiter(FAST.monotonic(), FREE)
    office.deliverer.judge = judge
    office.deliverer.gate.clear()
    chats = set(range(10, 10 + MOST_AT_ONCE))
    await office.owe(*(say("hello", chat) for chat in chats))
    async with office.open():
        await until(lambda: len(office.deliverer.rows) == MOST_AT_ONCE)
        office.deliverer.gate.set()
        await until(lambda: len(tried) >= MOST_AT_ONCE + 4)
        gaps = [after - before for before, after in pairwise(tried[MOST_AT_ONCE - 1 :])]
        assert min(gaps) >= 5
        done: set[int] = set()

        def note(row: OwedRow) -> Delivery:
            done.add(row.chat_id)
            return Delivery(row, Sent(row.id))

        office.deliverer.judge = note
        await until(lambda: done == chats)


async def test_one_crowded_chat_holds_up_no_other(office: Office) -> None:
    """However often it is too much for one chat, the others are served at once."""
    rate_limited = Delivery(
        OwedRow(1, GROUP, "sendMessage", {}, None, 0, 0, False),
        Postponed(1, done_perhaps=False),
        pause_s=1000.0,
        rate_limited=True,
    )
    for _ in range(20):
        office.courier._back_off.note(rate_limited, FAST.monotonic())
    await office.owe(say("hello"))
    async with office.open():
        await until(lambda: office.deliverer.texts == ["hello"])


async def test_a_pause_that_telegram_asks_for_is_kept(office: Office) -> None:
    """After 429 nothing goes to that chat before its time; other chats are served meanwhile."""
    times: list[float] = []

    def judge(row: OwedRow) -> Delivery:
        if row.chat_id == ADA:
            times.append(FAST.monotonic())
            if len(times) == 1:
                return Delivery(row, Postponed(row.id, False), pause_s=20)
        return Delivery(row, Sent(row.id))

    office.deliverer.judge = judge
    async with office.open():
        await office.owe(say("1"), say("2"))
        await until(lambda: len(times) == 1)
        await office.owe(say("for Ben", BEN))
        await until(lambda: "for Ben" in office.deliverer.texts)
        assert len(times) == 1
        await until(lambda: len(times) == 3)
    assert times[1] - times[0] >= 20
    assert office.deliverer.texts == ["1", "for Ben", "1", "2"]


async def test_a_result_that_cannot_be_kept_costs_only_its_details(office: Office) -> None:
    """A message id that is no number does not stop the settling of this and other results."""
    office.deliverer.judge = lambda row: Delivery(
        row, Sent(row.id, message_id=2**70 if row.chat_id == ADA else 5)
    )
    office.deliverer.gate.clear()
    await office.owe(say("1"), say("2"), say("3", BEN))
    async with office.open():
        await until(lambda: len(office.deliverer.rows) == 2)
        office.deliverer.gate.set()
        await until(lambda: sorted(office.deliverer.texts) == ["1", "2", "3"])
    assert owed_count(office.path) == 0


async def test_a_result_is_recorded_once_though_what_follows_fails(office: Office) -> None:
    """Noting that a person is gone may have to wait; the result itself is not recorded again."""
    await office.owe(say("1"), facts=(PersonMet(ADA, None, 0),))
    await office.sql(FAIL.format("UPDATE ON people"))
    settled = []
    settle = office.store.outbox.settle

    async def counting(settlements: Any) -> None:
        settled.extend(settlements)
        await settle(settlements)

    office.store.outbox.settle = counting  # type: ignore[method-assign]
    office.deliverer.judge = lambda row: Delivery(row, Refused(row.id, "blocked"), gone=True)
    async with office.open():
        await until(lambda: settled)
        await asyncio.sleep(0.1)
        await office.sql(RECOVER)
        await _until_blocked(office)
    assert settled == [Refused(1, "blocked")]


EDIT = Afterwards("editMessageReplyMarkup", {"text": "edited"})


async def test_what_comes_after_a_call_goes_without_other_news(office: Office) -> None:
    """Behind what was owed meanwhile; and not to who has blocked the bot."""

    def judge(row: OwedRow) -> Delivery:
        if row.chat_id == BEN:
            return Delivery(row, Refused(row.id, "blocked"), gone=True)
        return Delivery(row, Sent(row.id))

    office.deliverer.judge = judge
    met = PersonMet(BEN, "en", 0)
    await office.owe(say("to Ben", BEN, afterwards=EDIT), facts=(met,))
    await office.owe(say("a", afterwards=EDIT), say("b"))
    async with office.open():
        await until(lambda: "edited" in office.deliverer.texts)
    assert [row.params["text"] for row in office.deliverer.rows if row.chat_id == ADA] == [
        *("a", "b", "edited")
    ]
    assert [row.params["text"] for row in office.deliverer.rows if row.chat_id == BEN] == ["to Ben"]
    assert owed_count(office.path) == 0


async def _until_blocked(office: Office) -> None:
    async with asyncio.timeout(60):
        while True:
            person = await office.store.people.get(ADA)
            if person is not None and person.blocked_at is not None:
                return
            await asyncio.sleep(0.01)


async def test_a_call_that_cannot_be_made_is_set_aside(office: Office) -> None:
    """A mistake of ours in one call does not hold up its chat."""

    def judge(row: OwedRow) -> Delivery:
        if row.params["text"] == "broken":
            raise ValueError
        return Delivery(row, Sent(row.id))

    office.deliverer.judge = judge
    await office.owe(say("broken"), say("fine"))
    async with office.open():
        await until(lambda: office.deliverer.texts == ["broken", "fine"])
    assert owed_count(office.path) == 0


async def test_a_revoked_token_ends_the_courier(office: Office) -> None:
    """401 is nobody's message's fault: the courier ends, and the message stays owed."""

    def judge(row: OwedRow) -> Delivery:
        raise TokenRevokedError

    office.deliverer.judge = judge
    await office.owe(say("1"))
    with pytest.raises(TokenRevokedError):
        async with asyncio.timeout(60):
            await office.courier.run()
    assert owed_count(office.path) == 1


async def test_settling_that_breaks_is_noticed(office: Office) -> None:
    """If results could no longer be recorded at all, the courier ends with the error."""

    async def broken(settlements: Any) -> None:
        raise ZeroDivisionError

    office.store.outbox.settle = broken  # type: ignore[method-assign]
    await office.owe(say("1"))
    with pytest.raises(ZeroDivisionError):
        async with asyncio.timeout(60):
            await office.courier.run()


async def test_what_is_under_way_at_the_end_is_waited_for(office: Office) -> None:
    """Asked to stop, the courier lets its calls end and records them; the rest stays owed."""
    office.deliverer.gate.clear()
    await office.owe(say("1"), say("2"))
    running = asyncio.create_task(office.courier.run())
    await until(lambda: office.deliverer.rows)
    office.stop.set()
    await asyncio.sleep(0.05)
    office.deliverer.gate.set()
    await running
    assert office.deliverer.texts == ["1"]
    assert [row.id for row in await office.store.outbox.waiting(0)] == [2]


async def test_a_group_that_moved_gets_the_rest_at_its_new_address(office: Office) -> None:
    """After a migration the same call and those behind it go to the supergroup, in order."""

    def judge(row: OwedRow) -> Delivery:
        if row.chat_id == GROUP:
            return Delivery(row, Moved(row.id, GROUP, SUPERGROUP))
        return Delivery(row, Sent(row.id))

    office.deliverer.judge = judge
    await office.owe(say("1", GROUP), say("2", GROUP))
    async with office.open():
        await until(lambda: len(office.deliverer.rows) == 3)
    assert [(row.chat_id, row.params["text"]) for row in office.deliverer.rows] == [
        (GROUP, "1"),
        (SUPERGROUP, "1"),
        (SUPERGROUP, "2"),
    ]


async def test_a_move_heard_of_elsewhere_is_followed_under_way(office: Office) -> None:
    """A call to the old group is under way when its move is committed: the rest goes on anew."""
    office.deliverer.gate.clear()
    await office.owe(say("1", GROUP), say("2", GROUP))
    async with office.open():
        await until(lambda: office.deliverer.texts == ["1"])
        await office.owe(say("3", SUPERGROUP), facts=(ChatMoved(GROUP, SUPERGROUP),), wake=False)
        office.courier.moved(GROUP, SUPERGROUP)
        office.deliverer.gate.set()
        await until(lambda: sorted(office.deliverer.texts) == ["1", "2", "3"])
    assert {row.chat_id for row in office.deliverer.rows[1:]} == {SUPERGROUP}


async def test_refusals_are_heard_of(office: Office) -> None:
    """What is refused for good is told once it is on disk; not where nobody is there any more."""
    office.deliverer.judge = lambda row: Delivery(
        row, Refused(row.id, "no rights"), gone=row.chat_id == ADA
    )
    await office.owe(say("1", GROUP), say("2"))
    async with office.open():
        await until(lambda: office.refusals)
        await until(lambda: len(office.deliverer.rows) == 2)
    assert office.refusals == [(GROUP, "no rights")]


async def test_an_outbox_that_cannot_be_read_is_read_later(office: Office) -> None:
    """A storage failure stops nothing for good."""
    await office.owe(say("1"))
    await office.sql("ALTER TABLE outbox RENAME TO hidden")
    async with office.open():
        await asyncio.sleep(0.1)
        await office.sql("ALTER TABLE hidden RENAME TO outbox")
        await until(lambda: office.deliverer.texts == ["1"])
