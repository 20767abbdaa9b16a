"""Writing Outcomes down: together, once, and in order."""

from pathlib import Path

import pytest

from storage.errors import RejectedError, StorageError
from storage.facts import Fact, PersonMet
from storage.ledger import Entry, SetAside
from storage.outcome import NOTHING, Outcome, OwedCall, PollIntent
from storage.settlements import Refused, Sent
from storage.store import Store
from tests.storage.samples import (
    ADA,
    BEN,
    NOW,
    answered,
    begin_all,
    columns,
    on_disk,
    parked,
    poll,
    posted,
    record,
    text,
)


def counts(path: Path) -> dict[str, int]:
    """How many rows each table has that holds any, but those that a new file starts with."""
    found = {table: on_disk(path, f"SELECT count(*) FROM {table}")[0][0] for table in columns(path)}
    return {table: n for table, n in found.items() if n and table != "migrations"}


async def test_what_happened_and_what_is_owed_are_one(store: Store, path: Path) -> None:
    """An Outcome's facts and calls, and the update that it came from, are committed together."""
    outcome = Outcome((PersonMet(ADA, "en", NOW), *posted()), (poll(), text()))
    await store.ledger.commit([Entry(outcome, 41)], NOW)
    assert counts(path) == {"people": 1, "posts": 1, "snapshots": 1, "outbox": 2, "updates": 1}
    assert on_disk(path, "SELECT * FROM updates") == [(41, NOW)]


FLAWS: dict[str, Outcome] = {
    "a fact that breaks a rule": Outcome((answered(BEN, verdict="perhaps"),)),
    "a fact about a post that is not": Outcome((answered(BEN, post_id=2),)),
    "a call that is no text": Outcome(owed=(text("\ud800"),)),
    "a call that is not JSON": Outcome(owed=(text(object()),)),
    "a poll of a post that is not": Outcome(owed=(poll(post_id=2),)),
    "a chat that is too far": Outcome(owed=(text(chat_id=2**63),)),
}


@pytest.mark.parametrize("flaw", FLAWS)
async def test_one_bad_entry_rejects_the_round(store: Store, path: Path, flaw: str) -> None:
    """Nothing of a round is kept where one of its Outcomes cannot be; the others can come alone."""
    good = Entry(Outcome((PersonMet(ADA, "en", NOW), *posted(), answered()), (text(),)), 1)
    bad = Entry(FLAWS[flaw], 2)
    for entries in ([good, bad], [bad, good], [bad]):
        with pytest.raises(RejectedError):
            await store.ledger.commit(entries, NOW)
        assert counts(path) == {}
        assert await store.ledger.handled([1, 2]) == frozenset()
    await store.ledger.commit([good], NOW)
    assert await store.ledger.handled([1, 2]) == {1}
    aside = Entry(Outcome(owed=(text(chat_id=BEN),)), 2, SetAside("message", "flaw", BEN))
    await store.ledger.commit([aside], NOW)
    assert on_disk(path, "SELECT * FROM set_aside") == [(2, "message", "flaw", BEN, NOW)]
    assert len(await store.outbox.waiting(0)) == 2


async def test_a_failing_database_keeps_nothing(store: Store, path: Path) -> None:
    """A round that could not be written for want of room can be committed again as it is."""
    database = store._database
    entry = Entry(Outcome(posted(), tuple(text("word " * 500) for _ in range(50))), 1)
    await database._writer.execute("PRAGMA max_page_count = 1")
    with pytest.raises(StorageError):
        await store.ledger.commit([entry], NOW)
    assert counts(path) == {}
    await database._writer.execute("PRAGMA max_page_count = 1000000")
    await store.ledger.commit([entry], NOW)
    assert counts(path) == {"posts": 1, "snapshots": 1, "outbox": 50, "updates": 1}


async def test_redelivered_updates_are_recognised(store: Store) -> None:
    """Handled and set-aside updates are known again by id, whichever way the ids go."""
    await store.ledger.commit([Entry(NOTHING, 900), Entry(NOTHING, 902), Entry(NOTHING)], NOW)
    await store.ledger.commit([Entry(NOTHING, 5, SetAside("message", "flaw", None))], NOW)
    assert await store.ledger.handled([1, 5, 900, 901, 902]) == {5, 900, 902}
    assert await store.ledger.handled([]) == frozenset()


async def test_an_update_counts_once(store: Store, path: Path) -> None:
    """An update already on record is refused whole, and so is one that stands twice in a round."""
    await store.ledger.commit([Entry(Outcome(owed=(text(),)), 7)], NOW)
    for entries in ([Entry(Outcome(owed=(text(),)), 7)], [Entry(NOTHING, 8), Entry(NOTHING, 8)]):
        with pytest.raises(RejectedError):
            await store.ledger.commit(entries, NOW)
    assert counts(path) == {"outbox": 1, "updates": 1}


async def test_an_answer_counts_once(store: Store, path: Path) -> None:
    """A second answer by the same person to the same question of a post is refused."""
    await record(store, *posted(), answered())
    with pytest.raises(RejectedError):
        await record(store, answered(choices=(0,)))
    assert on_disk(path, "SELECT choices FROM answers") == [("[1]",)]
    assert (await store.polls.tally("revision")).all.answers == 1


async def test_a_parked_vote_is_never_ignored(store: Store, path: Path) -> None:
    """Should update ids come round again while a vote waits, the new vote is not lost unseen."""
    await record(store, parked(1))
    with pytest.raises(RejectedError):
        await record(store, parked(1, BEN))


async def test_setting_aside_never_fails_for_an_old_one(store: Store, path: Path) -> None:
    """Update ids may come round while what was set aside is still kept: the new one replaces it."""
    await store.ledger.commit([Entry(NOTHING, 1, SetAside("message", "old", ADA))], NOW)
    await store._database._writer.execute("DELETE FROM updates")
    await store.ledger.commit([Entry(NOTHING, 1, SetAside("poll", "new", None))], NOW + 1)
    assert on_disk(path, "SELECT kind, error, person_id, at FROM set_aside") == [
        ("poll", "new", None, NOW + 1)
    ]


async def test_calls_keep_their_order_and_their_replies(store: Store, path: Path) -> None:
    """Calls are numbered through a round in order; ``reply_to`` counts within its own Outcome."""
    first = Outcome(owed=(text("a"), text("b", reply_to=0)))
    second = Outcome(owed=(text("c", BEN), text("d", BEN, reply_to=0), text("e", BEN, reply_to=1)))
    added = first + Outcome(owed=(text("f"), text("g", reply_to=0)))
    await store.ledger.commit([Entry(first, 1), Entry(NOTHING, 2), Entry(second, 3)], NOW)
    await store.ledger.commit([Entry(added, 4)], NOW)
    rows = on_disk(path, "SELECT id, text, reply_to FROM outbox ORDER BY id")
    assert rows == [
        (1, "a", None),
        (2, "b", 1),
        (3, "c", None),
        (4, "d", 3),
        (5, "e", 4),
        (6, "a", None),
        (7, "b", 6),
        (8, "f", None),
        (9, "g", 8),
    ]


async def test_calls_are_kept_as_they_are(store: Store) -> None:
    """Whatever JSON a call holds comes out as it went in."""
    params = {
        "text": 'Ünï\u2028code "quotes" \\ \0 🩺',
        "numbers": [0, -1, 2**53, 0.5],
        "nested": {"$figure": "hash", "none": None, "yes": True},
    }
    call = OwedCall(ADA, "sendMessage", params, broadcast=True, edit_key="key")
    await record(store, *posted(), owed=(call, poll()))
    sent, asked = await begin_all(store)
    assert sent.params == params
    assert (sent.chat_id, sent.method, sent.poll) == (ADA, "sendMessage", None)
    assert (sent.owed_at, sent.attempts) == (NOW, 0)
    assert asked.poll == PollIntent(1, 0, "print")
    assert [w.broadcast for w in await store.outbox.waiting(0)] == [True, False]


async def test_a_newer_edit_replaces_one_not_yet_sent(store: Store, path: Path) -> None:
    """Of the edits with one key only the newest waits, also among those of one round."""
    await record(store, owed=(text("a", edit_key="x"), text("b", edit_key="y"), text("c")))
    await record(store, owed=(text("d", edit_key="x"), text("e"), text("f", edit_key="x")))
    rows = on_disk(path, "SELECT text FROM outbox ORDER BY id")
    assert rows == [("b",), ("c",), ("e",), ("f",)]


async def test_an_edit_that_was_refused_stays_on_record(store: Store, path: Path) -> None:
    """A newer edit is another try; why the last one failed can still be looked up."""
    await record(store, owed=(text("a", edit_key="x"),))
    await store.outbox.settle([Refused(1, "Bad Request: no")])
    await record(store, owed=(text("b", edit_key="x"),))
    assert on_disk(path, "SELECT state FROM outbox ORDER BY id") == [("refused",), ("owed",)]


async def test_ids_are_never_used_twice(store: Store, path: Path) -> None:
    """Numbering goes on above all that ever was, also when the outbox is empty after a restart."""
    await record(store, owed=(text(), text()))
    await store.outbox.settle([Sent(1, 101), Sent(2, 102)])
    with pytest.raises(RejectedError):
        await record(store, owed=(text(), text("\ud800")))
    await store.close()
    again = await Store.open(path, NOW)
    await record(again, owed=(text(),))
    ((number,),) = on_disk(path, "SELECT id FROM outbox")
    await again.close()
    assert number > 2


async def test_facts_are_written_in_an_order_that_holds(store: Store, path: Path) -> None:
    """However an Outcome lists its facts, what is referred to is written first."""
    facts = (answered(), *reversed(posted()), PersonMet(ADA, "en", NOW))
    await record(store, *facts)
    assert counts(path) == {"people": 1, "snapshots": 1, "posts": 1, "answers": 1, "tallies": 2}


async def test_a_kind_of_fact_without_a_place_is_a_mistake_in_the_program(store: Store) -> None:
    """A fact that the ledger cannot write stops the commit: it must not vanish."""

    class Unheard(Fact, frozen=True):
        """Something that nobody writes down."""

    with pytest.raises(TypeError, match="Unheard"):
        await record(store, Unheard())


async def test_params_hold_json_objects(store: Store, path: Path) -> None:
    """What stands in the table is compact JSON, and beside it the text as it is."""
    call = OwedCall(ADA, "sendMessage", {"text": "a b", "parse_mode": "HTML"})
    await record(store, owed=(call,))
    assert on_disk(path, "SELECT text, params FROM outbox") == [("a b", '{"parse_mode":"HTML"}')]
