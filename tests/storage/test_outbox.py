"""What is owed: begun, settled, and remembered where nobody can know."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from storage.errors import StorageError
from storage.facts import Fact, PersonForgotten, PersonLeft, PersonMet
from storage.outbox import Waiting
from storage.outcome import Afterwards, PollIntent, Quote
from storage.poll_facts import PollClosed, PollRecognised, UnknownPollSeen
from storage.settlements import Moved, Postponed, Refused, Sent, SentPoll, Settlement
from storage.store import Store
from tests.storage.samples import (
    ADA,
    BEN,
    GROUP,
    NOW,
    begin_all,
    on_disk,
    owed_count,
    poll,
    posted,
    record,
    text,
)

ATTEMPTS = "SELECT id, poll_id FROM poll_attempts ORDER BY id"


async def attempts(store: Store) -> list[int]:
    """The attempts at the sample poll whose result is not known."""
    return [attempt.id for attempt in await store.polls.unanswered_attempts("print")]


async def settle_one(store: Store, settlement: Settlement) -> None:
    """Begin what is owed, and settle one row of it."""
    await begin_all(store)
    await store.outbox.settle([settlement])


async def test_what_waits_is_listed_in_order(store: Store, path: Path) -> None:
    """Rows above a given id are listed by id, with what orders them."""
    await record(store, owed=(text(), text(chat_id=BEN, broadcast=True), text(chat_id=GROUP)))
    assert await store.outbox.waiting(1) == [
        Waiting(2, BEN, broadcast=True),
        Waiting(3, GROUP, broadcast=False),
    ]
    assert await store.outbox.waiting(3) == []
    assert owed_count(path) == 3


async def test_what_is_owed_still_stands_or_not(store: Store) -> None:
    """As it was begun; with a name blotted out, given up or gone it does not."""
    named = replace(text("Ada did it", GROUP), quotes=(Quote(ADA, "Ada"),))
    await record(
        store,
        owed=(named, text("to Ben", BEN), text("old", GROUP, edit_key="x"), text("so", GROUP)),
    )
    begun = await begin_all(store)
    assert [await store.outbox.still_owes(row) for row in begun] == [True] * 4
    await record(store, PersonForgotten(ADA), PersonForgotten(BEN))
    await record(store, owed=(text("new", GROUP, edit_key="x"),))
    assert [await store.outbox.still_owes(row) for row in begun] == [False, False, False, True]
    await store.outbox.settle([Sent(4)])
    assert not await store.outbox.still_owes(begun[3])


async def test_rows_that_are_gone_are_not_begun(store: Store) -> None:
    """Rows sent, refused, replaced, forgotten or never there are left out."""
    await record(store, owed=(text("sent"), text("refused"), text("old", edit_key="x")))
    await record(store, owed=(text("new", edit_key="x"), text("forgotten", BEN)))
    await store.outbox.settle([Sent(1), Refused(2, "no")])
    await record(store, PersonForgotten(BEN))
    begun = await store.outbox.begin([1, 2, 3, 4, 5, 6], NOW)
    assert [row.params for row in begun] == [{"text": "new"}]
    assert await store.outbox.begin([], NOW) == []


async def test_polls_that_are_gone_are_not_attempted(store: Store, path: Path) -> None:
    """Only what is handed out for sending has an attempt on record."""
    await record(store, *posted(), *posted(2, BEN), owed=(poll(), poll(2, BEN)))
    await store.outbox.settle([Refused(1, "no")])
    assert [row.id for row in await store.outbox.begin([1, 2], NOW)] == [2]
    assert on_disk(path, "SELECT outbox_id FROM poll_attempts") == [(2,)]


async def test_a_poll_is_on_record_before_it_is_sent(store: Store, path: Path) -> None:
    """Beginning a poll leaves an attempt on the disk; other calls leave none."""
    await record(store, *posted(), owed=(poll(), text(chat_id=BEN)))
    row, _ = await store.outbox.begin([1, 2], NOW + 5)
    assert row.poll == PollIntent(1, 0, "print")
    assert on_disk(path, "SELECT * FROM poll_attempts") == [
        (1, 1, 1, 0, ADA, "print", NOW + 5, *[None] * 6)
    ]


async def test_a_poll_forgotten_between_two_looks_is_not_sent(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that goes after it was read and before its attempt is recorded is left out."""
    await record(store, *posted(), *posted(2, BEN), owed=(poll(), poll(2, BEN)))
    read = store._database.rows

    async def read_and_forget(sql: str, parameters: tuple[object, ...] = ()) -> object:
        rows = await read(sql, parameters)
        await record(store, PersonForgotten(ADA))
        return rows

    monkeypatch.setattr(store._database, "rows", read_and_forget)
    assert [row.chat_id for row in await store.outbox.begin([1, 2], NOW)] == [BEN]
    monkeypatch.undo()
    assert await attempts(store) == [1]


async def test_nothing_is_begun_while_the_database_fails(store: Store) -> None:
    """A poll whose attempt cannot be recorded is not handed out for sending."""
    await record(store, *posted(), owed=(poll(),))
    await store._database._writer.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageError):
        await begin_all(store)
    await store._database._writer.execute("PRAGMA query_only = OFF")
    assert len(await begin_all(store)) == 1
    assert await attempts(store) == [1]


async def test_sent(store: Store, path: Path) -> None:
    """A call that was made goes, whatever it made."""
    await record(store, owed=(text(), text()))
    await store.outbox.settle([Sent(1, 101), Sent(2)])
    assert on_disk(path, "SELECT * FROM outbox") == []


async def test_replies_learn_which_message_they_reply_to(store: Store) -> None:
    """Once the call replied to is made, those that reply to it name its message; they alone."""
    await record(
        store, owed=(text("a"), text("b", reply_to=0), text("c", reply_to=0), text("d", reply_to=1))
    )
    await store.outbox.settle([Sent(1, 101)])
    reply = {"message_id": 101, "allow_sending_without_reply": True}
    assert [row.params for row in await begin_all(store)] == [
        {"text": "b", "reply_parameters": reply},
        {"text": "c", "reply_parameters": reply},
        {"text": "d"},
    ]
    await store.outbox.settle([Sent(2, 102)])
    rows = await begin_all(store)
    assert [row.params.get("reply_parameters", {}).get("message_id") for row in rows] == [101, 102]


@pytest.mark.parametrize("fate", [Sent(1), Refused(1, "no")], ids=lambda fate: type(fate).__name__)
async def test_a_reply_to_nothing_is_sent_all_the_same(store: Store, fate: Settlement) -> None:
    """Where the call replied to made no message, the reply goes out as a message of its own."""
    await record(store, owed=(text("a"), text("b", reply_to=0)))
    await store.outbox.settle([fate])
    assert [row.params for row in await begin_all(store)] == [{"text": "b"}]


EDIT = Afterwards("editMessageReplyMarkup", {"message_id": 7})


@pytest.mark.parametrize(
    "fate", [Sent(1, 101), Refused(1, "no"), Refused(1, "no answer", done_perhaps=True)]
)
async def test_what_comes_after_a_call_is_owed_once_that_is_over(
    store: Store, path: Path, fate: Settlement
) -> None:
    """At the same moment, behind all else, for nobody to wait for: no kill comes in between."""
    await record(store, owed=(text("a", afterwards=EDIT), text("b")))
    assert [row.params for row in await begin_all(store)] == [{"text": "a"}, {"text": "b"}]
    await store.outbox.settle([Postponed(1, done_perhaps=True)])
    assert [row.id for row in await store.outbox.waiting(0)] == [1, 2]
    await store.outbox.settle([fate, Sent(2)])
    assert on_disk(path, "SELECT id, chat_id, owed_at FROM outbox WHERE state = 'owed'") == [
        (3, ADA, NOW)
    ]
    (edit,) = await begin_all(store)
    assert (edit.method, edit.params, edit.broadcast) == (EDIT.method, EDIT.params, True)
    await record(store, owed=(text("c"),))
    assert [row.id for row in await store.outbox.waiting(0)] == [3, 4]


@pytest.mark.parametrize("gone", [PersonForgotten(ADA), PersonLeft(ADA, NOW)])
async def test_nothing_is_owed_afterwards_to_who_is_gone(
    store: Store, path: Path, gone: Fact
) -> None:
    """They went before the result was known, or by it."""
    owed = (text("a", afterwards=EDIT), text("b", afterwards=EDIT))
    await record(store, PersonMet(ADA, "en", NOW), owed=owed)
    await begin_all(store)
    await store.outbox.settle([Refused(1, "blocked")])
    assert [row.id for row in await store.outbox.waiting(0)] == [2, 3]
    await record(store, gone)
    await store.outbox.settle([Sent(2, 102)])
    assert owed_count(path) == 0


async def test_a_sent_poll_is_known(store: Store, path: Path) -> None:
    """Its result says which question its poll puts, where and since when."""
    await record(store, *posted(), UnknownPollSeen("poll", "print", NOW), owed=(poll(),))
    await settle_one(store, Sent(1, 101, SentPoll("poll", NOW + 9)))
    known = await store.polls.known("poll")
    assert known is not None
    assert (known.message_id, known.sent_at) == (101, NOW + 9)
    assert (known.question.post_id, known.question.chat_id, known.question.position) == (1, ADA, 0)
    assert known.question.snapshot == "a case as JSON"
    assert await attempts(store) == []
    assert on_disk(path, "SELECT * FROM unknown_polls") == []
    assert on_disk(path, "SELECT * FROM outbox") == []


async def test_postponed(store: Store, path: Path) -> None:
    """A call not made is tried again: as it is, and counting the tries."""
    await record(store, owed=(text(),))
    for _ in range(2):
        await settle_one(store, Postponed(1, done_perhaps=True))
        await settle_one(store, Postponed(1, done_perhaps=False))
    (row,) = await begin_all(store)
    assert (row.params, row.attempts) == ({"text": "Hello"}, 4)


async def test_a_poll_surely_not_sent_leaves_no_attempt(store: Store) -> None:
    """Where Telegram said no or not now, there is no poll to look for."""
    await record(store, *posted(), *posted(2, BEN), owed=(poll(), poll(2, BEN)))
    await begin_all(store)
    await store.outbox.settle([Postponed(1, done_perhaps=False), Refused(2, "no")])
    assert await attempts(store) == []


async def test_a_poll_perhaps_sent_stays_on_record(store: Store, path: Path) -> None:
    """After a time-out its attempt is kept, also when the next try is refused or makes a poll."""
    await record(store, *posted(), owed=(poll(),))
    await settle_one(store, Postponed(1, done_perhaps=True))
    assert await attempts(store) == [1]
    await settle_one(store, Postponed(1, done_perhaps=False))
    assert await attempts(store) == [1]
    await settle_one(store, Postponed(1, done_perhaps=True))
    assert await attempts(store) == [1, 2]
    await settle_one(store, Sent(1, 101, SentPoll("third", NOW)))
    assert on_disk(path, ATTEMPTS) == [(1, None), (2, None), (3, "third")]


@pytest.mark.parametrize(
    ("done_perhaps", "left"), [(False, [1]), (True, [1, 2])], ids=["no", "no-answer"]
)
async def test_giving_up_forgets_no_poll(
    store: Store, path: Path, done_perhaps: bool, left: list[int]
) -> None:
    """When a call is given up for want of an answer, its last try may have made a poll too."""
    await record(store, *posted(), owed=(poll(),))
    await settle_one(store, Postponed(1, done_perhaps=True))
    await settle_one(store, Refused(1, "no answer", done_perhaps))
    assert await attempts(store) == left
    assert owed_count(path) == 0


async def test_a_poll_under_way_when_killed_stays_on_record(store: Store, path: Path) -> None:
    """After a restart the row is owed again, and its first attempt is still looked for."""
    await record(store, *posted(), owed=(poll(),))
    await begin_all(store)
    await store.close()
    again = await Store.open(path, NOW)
    assert len(await begin_all(again)) == 1
    await again.outbox.settle([Sent(1, 101, SentPoll("second", NOW))])
    assert await attempts(again) == [1]
    await record(again, PollRecognised(1, "first"))
    assert await attempts(again) == []
    first, second = await again.polls.known("first"), await again.polls.known("second")
    assert first is not None
    assert second is not None
    assert first.question == second.question
    assert (first.message_id, first.sent_at, second.message_id) == (None, None, 101)
    await again.close()


async def test_recognised_first_and_settled_later(store: Store, path: Path) -> None:
    """A result tells more than a guess: the poll goes to the attempt that made it."""
    await record(store, *posted(), *posted(2, BEN), owed=(poll(), poll(2, BEN)))
    await begin_all(store)
    await record(store, PollRecognised(1, "poll"), PollClosed("poll", NOW))
    await store.outbox.settle([Sent(2, 102, SentPoll("poll", NOW))])
    assert on_disk(path, ATTEMPTS) == [(1, None), (2, "poll")]
    await store.outbox.settle([Sent(1, 101, SentPoll("other", NOW))])
    assert on_disk(path, ATTEMPTS) == [(1, "other"), (2, "poll")]


async def test_recognised_first_and_confirmed_later(store: Store) -> None:
    """Where the guess was right, the result adds the message and keeps what is known."""
    await record(store, *posted(), owed=(poll(),))
    await begin_all(store)
    await record(store, PollRecognised(1, "poll"))
    await store.outbox.settle([Sent(1, 101, SentPoll("poll", NOW))])
    known = await store.polls.known("poll")
    assert known is not None
    assert (known.message_id, known.sent_at) == (101, NOW)


async def test_a_recognised_attempt_outlives_a_refusal(store: Store) -> None:
    """An attempt whose poll was recognised is not taken for the one that is refused."""
    await record(store, *posted(), owed=(poll(),))
    await settle_one(store, Postponed(1, done_perhaps=True))
    await record(store, PollRecognised(1, "poll"))
    await settle_one(store, Refused(1, "no"))
    assert await store.polls.is_known("poll")
    assert await attempts(store) == []


async def test_refused(store: Store, path: Path) -> None:
    """What is refused is set aside with Telegram's reason and without its words."""
    await record(store, owed=(text("secret"), text("next")))
    await store.outbox.settle([Refused(1, "Bad Request: no")])
    assert on_disk(path, "SELECT state, params, error FROM outbox WHERE id = 1") == [
        ("refused", "{}", "Bad Request: no")
    ]
    assert [row.id for row in await begin_all(store)] == [2]
    assert owed_count(path) == 1


async def test_moved(store: Store, path: Path) -> None:
    """A group's posts, polls and calls go where the group went; others stay."""
    await record(store, *posted(1, GROUP), *posted(2, ADA), owed=(poll(1, GROUP), poll(2, ADA)))
    await record(store, owed=(text(chat_id=GROUP),))
    await settle_one(store, Postponed(1, done_perhaps=True))
    await settle_one(store, Moved(1, GROUP, GROUP - 1))
    waiting = await store.outbox.waiting(0)
    assert [(row.id, row.chat_id) for row in waiting] == [(1, GROUP - 1), (2, ADA), (3, GROUP - 1)]
    assert on_disk(path, "SELECT chat_id FROM posts ORDER BY id") == [(GROUP - 1,), (ADA,)]
    # The first try of row 1 is still looked for; the one that met the move is not.
    rows = on_disk(path, "SELECT outbox_id, chat_id FROM poll_attempts ORDER BY id")
    assert rows == [(1, GROUP - 1), (2, ADA), (2, ADA)]


async def test_results_are_recorded_together(store: Store, path: Path) -> None:
    """While the database fails no result is half-recorded, and all can be recorded afterwards."""
    await record(store, *posted(), owed=(text(), poll()))
    await begin_all(store)
    results = [Sent(1, 101), Sent(2, 102, SentPoll("poll", NOW))]
    await store._database._writer.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageError):
        await store.outbox.settle(results)
    await store._database._writer.execute("PRAGMA query_only = OFF")
    assert owed_count(path) == 2
    await store.outbox.settle(results)
    assert owed_count(path) == 0


async def test_results_for_what_is_gone_change_nothing(store: Store, path: Path) -> None:
    """A person may be forgotten while a call to them is under way: its result is harmless."""
    await record(store, *posted(), owed=(poll(), text(), text(), text()))
    await begin_all(store)
    await record(store, PersonForgotten(ADA))
    await store.outbox.settle(
        [
            Sent(1, 101, SentPoll("poll", NOW)),
            Refused(2, "no"),
            Postponed(3, done_perhaps=True),
            Moved(4, ADA, BEN),
        ]
    )
    assert on_disk(path, "SELECT * FROM outbox") == []
    known = await store.polls.known("poll")
    assert known is not None
    assert known.question.chat_id is None


async def test_what_many_are_told_is_kept_once(store: Store, path: Path) -> None:
    """What begins alike is on the disk once, however many are owed it, and each call is whole."""
    told = "What everybody who chose so is told."
    for number, person in enumerate((ADA, BEN)):
        calls = (
            text(f"{told} Yours, {number}.", person, common=told),
            text(f"For {number} alone", person),
        )
        await record(store, owed=calls)
    assert [text_ for (text_,) in on_disk(path, "SELECT content FROM texts")] == [told]
    assert on_disk(path, "SELECT count(*) FROM outbox WHERE instr(params, ?)", told) == [(0,)]
    rows = await begin_all(store)
    assert [row.params for row in rows] == [
        {"text": f"{told} Yours, 0."},
        {"text": "For 0 alone"},
        {"text": f"{told} Yours, 1."},
        {"text": "For 1 alone"},
    ]


async def test_a_common_text_stays_while_a_call_needs_it(store: Store, path: Path) -> None:
    """Tidying spares it while it is owed to anybody; once sent, refused or forgotten it goes."""

    async def kept() -> int:
        await store.tidy(NOW)
        ((count,),) = on_disk(path, "SELECT count(*) FROM texts")
        return int(count)

    calls = (text("a", common="a"), text("a", common="a"), text("b", BEN, common="b"))
    await record(store, PersonMet(BEN, "en", NOW), owed=calls)
    await store.outbox.settle([Sent(1, 101)])
    assert await kept() == 2
    await store.outbox.settle([Refused(2, "Bad Request: no")])
    assert await kept() == 1
    await record(store, PersonForgotten(BEN))
    assert await kept() == 0


async def test_a_common_text_that_was_tidied_away_is_written_again(store: Store) -> None:
    """The next who is owed it is told all of it."""
    for _ in range(2):
        await record(store, owed=(text("Right. Yours", common="Right. "),))
        (row,) = await begin_all(store)
        assert row.params == {"text": "Right. Yours"}
        await store.outbox.settle([Sent(row.id, 101)])
        await store.tidy(NOW)


async def test_a_common_text_replies_and_moves_as_any_other(store: Store) -> None:
    """What is written into a waiting call later leaves its text as it is."""
    await record(store, owed=(text("first", GROUP), text("a", GROUP, common="a", reply_to=0)))
    await store.outbox.settle([Sent(1, 101)])
    (row,) = await begin_all(store)
    reply = {"message_id": 101, "allow_sending_without_reply": True}
    assert row.params == {"text": "a", "reply_parameters": reply}
    await store.outbox.settle([Moved(row.id, GROUP, GROUP - 1)])
    (row,) = await begin_all(store)
    assert (row.chat_id, row.params) == (GROUP - 1, {"text": "a"})
