"""Live rounds as they are remembered: each step once, each vote once, whatever comes too late."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from storage.case_facts import CasePosted, SnapshotTaken
from storage.cohort_facts import CohortClosed, CohortJoined, CohortMade
from storage.facts import Fact, PersonForgotten, PersonLeft, PersonMet
from storage.live_facts import (
    LiveAnswersRecorded,
    PanelShown,
    PresenterHeard,
    RoundEnded,
    RoundJoined,
    RoundTakenOver,
    VoteCast,
)
from storage.live_rounds import LiveCounts, LiveRound
from storage.outcome import About, OwedCall, Phone
from storage.people import Person
from storage.retention import Retention
from storage.role_facts import RoleAsked, RoleDecided
from storage.settlements import Sent
from storage.store import Store
from storage.time_units import DAY_MS
from tests.storage.samples import (
    ADA,
    BEN,
    NOW,
    answered,
    begin_all,
    live_round,
    mentions,
    on_disk,
    record,
    stepped,
    text,
)

LIVE_ROUND_MS = 30 * DAY_MS
PANEL_EVERY_MS = 2_000
SILENT_MS = 15 * 60 * 1000
CLEO = BEN + 1


def case() -> tuple[Fact, ...]:
    """The post of a live round: in nobody's chat."""
    return (
        SnapshotTaken("digest", "a case as JSON", NOW),
        CasePosted(1, None, None, "lumps", "digest", NOW, purpose="live"),
    )


def vote(person_id: int = BEN, *choices: int, **changes: Any) -> VoteCast:
    """A vote in the first ballot on the first question."""
    return replace(VoteCast(1, 0, 1, person_id, choices or (1,), NOW), **changes)


@pytest.fixture
async def opened(store: Store) -> Store:
    """Ada presents, and Ben and Cleo have joined; the first question is open."""
    await record(store, *case(), live_round())
    await record(store, PersonMet(BEN, "en", NOW), PersonMet(CLEO, "es", NOW))
    await record(store, RoundJoined(1, BEN, NOW), RoundJoined(1, CLEO, NOW))
    await record(store, stepped(), stepped(was="shown", state="open"))
    return store


async def found(store: Store, round_id: int = 1) -> LiveRound:
    """The round as it stands."""
    one = await store.live_rounds.get(round_id)
    assert one is not None
    return one


async def test_a_round_is_found_by_what_people_hold(store: Store) -> None:
    """Its screen's token; its code and its presenter while it is not over."""
    await record(store, *case(), live_round())
    rounds = store.live_rounds
    one = await found(store)
    assert (one.state, one.position, one.ballot, one.votes_shown) == ("gathering", 0, 1, False)
    assert (one.content, one.choice_orders, one.presenter) == ("a case as JSON", ((1, 0),), ADA)
    assert one == await rounds.of_token("screen 1") == await rounds.of_code("CODE1")
    assert one == await rounds.presented_by(ADA)
    await record(store, RoundEnded(1, NOW + 1))
    over = await found(store)
    assert over.is_over
    assert over == await rounds.of_token("screen 1")
    assert await rounds.of_code("CODE1") is None
    assert await rounds.presented_by(ADA) is None


async def test_an_educator_presents_one_round(store: Store) -> None:
    """Another is not written down until the first is over; its code may be the same then."""
    await record(store, *case(), live_round())
    await record(store, live_round(2))
    assert await store.live_rounds.get(2) is None
    await record(store, RoundEnded(1, NOW))
    await record(store, live_round(2, code="CODE1"))
    assert (await found(store, 2)).code == "CODE1"


async def test_of_two_presses_one_wins(opened: Store) -> None:
    """What leaves from where the round no longer stands, or from another's hand, does nothing."""
    close = stepped(was="open", state="closed", stepped_at=NOW + 5)
    await record(opened, close, replace(close, stepped_at=NOW + 9))
    await record(opened, replace(close, was_state="closed", state="revealed", presenter=BEN))
    await record(opened, replace(close, was_state="closed", state="revealed", was_ballot=2))
    one = await found(opened)
    assert (one.state, one.since, one.heard_at) == ("closed", NOW + 5, NOW + 5)
    shown = stepped(was="closed", state="closed", votes_shown=True, stepped_at=NOW + 7)
    await record(opened, shown, replace(shown, stepped_at=NOW + 8))
    one = await found(opened)
    assert (one.votes_shown, one.since, one.heard_at) == (True, NOW + 5, NOW + 7)


async def test_a_round_that_is_over_stays_so(opened: Store) -> None:
    """Nobody goes on with it, joins it, is heard in it, takes it over or ends it once more."""
    await record(opened, RoundEnded(1, NOW + 1))
    await record(opened, PanelShown(1, None))
    over = await found(opened)
    await record(opened, stepped(was="open", state="closed"), RoundJoined(1, ADA, NOW))
    await record(opened, PresenterHeard(1, ADA, NOW + 2), RoundTakenOver(1, ADA, BEN, NOW + 2))
    await record(opened, RoundEnded(1, NOW + 3), vote())
    assert await found(opened) == over
    assert await opened.live_rounds.counts(await found(opened)) == LiveCounts(2, 0)
    assert await opened.live_rounds.panels_due(NOW + DAY_MS, 9) == []


async def test_a_vote_stands_until_another_of_the_same_person(opened: Store) -> None:
    """In that ballot; to choose nothing takes it back."""
    rounds = opened.live_rounds
    await record(opened, vote(BEN, 0), vote(CLEO, 1))
    await record(opened, vote(BEN, 1), vote(CLEO, 0, 2))
    assert await rounds.counts(await found(opened)) == LiveCounts(2, 2)
    assert await opened.live_votes.of_all(1, 0) == {BEN: {1: (1,)}, CLEO: {1: (0, 2)}}
    assert await opened.live_votes.of_person(1, 0, CLEO) == {1: (0, 2)}
    assert await opened.live_votes.counted(1, 0) == {1: {(1,): 1, (0, 2): 1}}
    await record(opened, replace(vote(BEN), choices=()))
    assert await rounds.counts(await found(opened)) == LiveCounts(2, 1)


async def test_who_cannot_vote_is_not_waited_for(opened: Store) -> None:
    """Who blocked the bot is not in the count, unless they had voted; who comes back is. The panel
    follows at once.
    """
    rounds = opened.live_rounds
    await record(opened, vote(BEN, 0), PanelShown(1, None))
    await record(opened, PersonLeft(BEN, NOW), PersonLeft(CLEO, NOW))
    assert [one.id for one in await rounds.panels_due(NOW, 9)] == [1]
    assert await rounds.counts(await found(opened)) == LiveCounts(1, 1)
    await record(opened, PersonMet(CLEO, "es", NOW))
    assert await rounds.counts(await found(opened)) == LiveCounts(2, 1)
    await record(opened, stepped(was="open", state="closed"))
    await record(opened, stepped(was="closed", state="open", ballot=2))
    assert await rounds.counts(await found(opened)) == LiveCounts(1, 0)


@pytest.mark.parametrize(
    "late",
    [
        vote(position=1),
        vote(ballot=2),
        vote(ADA),
        vote(round_id=2),
        replace(vote(BEN), choices=(), ballot=2),
    ],
)
async def test_a_vote_for_what_is_not_open_is_none(opened: Store, late: VoteCast) -> None:
    """Another question, another ballot, another round, or by somebody who has not joined."""
    await record(opened, vote(BEN, 0))
    await record(opened, late)
    assert on_disk_votes(opened) == [(0, 1, BEN, "[0]")]


@pytest.mark.parametrize("changed", [(1,), ()])
async def test_what_was_closed_is_no_longer_voted_on(
    opened: Store, changed: tuple[int, ...]
) -> None:
    """Neither cast, changed nor taken back."""
    await record(opened, vote(BEN, 0))
    await record(opened, stepped(was="open", state="closed"))
    await record(opened, vote(CLEO), replace(vote(BEN), choices=changed))
    assert on_disk_votes(opened) == [(0, 1, BEN, "[0]")]


def on_disk_votes(store: Store) -> list[tuple[Any, ...]]:
    """Every vote there is."""
    path = store._database.path
    return on_disk(path, "SELECT position, ballot, person_id, choices FROM live_votes")


async def test_both_ballots_are_kept(opened: Store) -> None:
    """Who votes again has two votes, and is counted in the ballot in view."""
    await record(opened, vote(BEN, 0), vote(CLEO, 0))
    await record(opened, stepped(was="open", state="closed"))
    await record(opened, stepped(was="closed", state="open", ballot=2))
    await record(opened, vote(BEN, 1, ballot=2))
    assert await opened.live_votes.of_all(1, 0) == {BEN: {1: (0,), 2: (1,)}, CLEO: {1: (0,)}}
    assert await opened.live_votes.counted(1, 0) == {1: {(0,): 2}, 2: {(1,): 1}}
    assert await opened.live_rounds.counts(await found(opened)) == LiveCounts(2, 1)


async def test_the_first_ballot_becomes_answers(opened: Store) -> None:
    """Of who has none in it the second; once the question is over, and not again once answered."""
    rounds = opened.live_rounds
    await record(opened, vote(BEN, 0))
    await record(opened, stepped(was="open", state="closed"))
    await record(opened, stepped(was="closed", state="open", ballot=2))
    await record(opened, vote(BEN, 1, ballot=2), vote(CLEO, 1, ballot=2))
    assert await rounds.to_record(NOW + DAY_MS, 9) == []
    assert await opened.live_votes.to_record(1, 9) == []
    again = stepped(was="open", state="closed", was_ballot=2, ballot=2)
    await record(opened, again, replace(again, was_state="closed", state="revealed"))
    (one,) = await rounds.to_record(NOW, 9)
    assert one.id == 1
    votes = await opened.live_votes.to_record(1, 9)
    assert [(v.person_id, v.ballot, v.choices) for v in votes] == [(BEN, 1, (0,)), (CLEO, 2, (1,))]
    assert len(await opened.live_votes.to_record(1, 1)) == 1
    await record(opened, answered(BEN))
    assert [v.person_id for v in await opened.live_votes.to_record(1, 9)] == [CLEO]
    await record(opened, answered(CLEO), LiveAnswersRecorded(1))
    assert await opened.live_votes.to_record(1, 9) == []
    assert await rounds.to_record(NOW, 9) == []


async def test_what_stands_at_the_end_becomes_answers(opened: Store) -> None:
    """Of the question that was in view, open or not."""
    await record(opened, vote(BEN, 0))
    await record(opened, RoundEnded(1, NOW + 5))
    assert [one.id for one in await opened.live_rounds.to_record(NOW + 5, 9)] == [1]
    assert [v.person_id for v in await opened.live_votes.to_record(1, 9)] == [BEN]


async def test_silence_counts_from_the_last_act(opened: Store) -> None:
    """Not a millisecond before; an act that changes nothing counts too."""
    rounds = opened.live_rounds
    assert await rounds.silent(NOW + SILENT_MS - 1, 9) == []
    assert [one.id for one in await rounds.silent(NOW + SILENT_MS, 9)] == [1]
    assert await opened.chats.next_due(0) == NOW + PANEL_EVERY_MS
    await record(opened, PresenterHeard(1, BEN, NOW + 9), PanelShown(1, None))
    assert await opened.chats.next_due(0) == NOW + SILENT_MS
    await record(opened, PresenterHeard(1, ADA, NOW + 1))
    assert await rounds.silent(NOW + SILENT_MS, 9) == []


async def test_a_panel_is_brought_up_to_date_at_a_bounded_rate(opened: Store) -> None:
    """Some time after the first of many votes; then after the next one."""
    rounds = opened.live_rounds
    await record(opened, PanelShown(1, None))
    await record(opened, vote(BEN, at=NOW + 10), vote(CLEO, at=NOW + 900))
    assert await rounds.panels_due(NOW + 10 + PANEL_EVERY_MS - 1, 9) == []
    due = await rounds.panels_due(NOW + 10 + PANEL_EVERY_MS, 9)
    assert [one.id for one in due] == [1]
    await record(opened, PanelShown(1, None))
    assert await rounds.panels_due(NOW + DAY_MS, 9) == []


async def test_a_colleague_takes_over(opened: Store) -> None:
    """Who teaches a cohort with the presenter sees the round; who presents one takes no other."""
    rounds = opened.live_rounds
    taught = [
        CohortJoined(5, one, role, "Name", None, True, 0, NOW)
        for one, role in ((ADA, "educator"), (BEN, "educator"), (CLEO, "member"))
    ]
    await record(opened, CohortMade(5, "Interns", "UTC", NOW), *taught)
    assert [one.id for one in await rounds.of_colleagues(BEN)] == [1]
    assert await rounds.of_colleagues(CLEO) == []
    assert await rounds.of_colleagues(ADA) == []
    await record(opened, CohortClosed(5, NOW))
    assert await rounds.of_colleagues(BEN) == []
    await record(opened, live_round(2, CLEO))
    await record(opened, RoundTakenOver(1, CLEO, BEN, NOW), RoundTakenOver(1, ADA, CLEO, NOW))
    assert (await found(opened)).presenter == ADA
    await record(opened, RoundTakenOver(1, ADA, BEN, NOW + 3))
    taken = await found(opened)
    assert (taken.presenter, taken.heard_at, taken.panel_message) == (BEN, NOW + 3, None)
    assert await rounds.of_colleagues(BEN) == []


async def test_a_panel_is_brought_up_to_date_in_its_message(opened: Store) -> None:
    """Of whoever presents the round; asked for once more it is sent anew."""
    await record(opened, owed=(text("Panel", ADA, panel=1),))
    await opened.outbox.settle([Sent((await begin_all(opened))[0].id, 101)])
    there = text("Panel", ADA, panel=1, edit_key="panel:1")
    await record(opened, owed=(there, text("Panel", ADA, panel=1)))
    rows = await begin_all(opened)
    assert [row.method for row in rows] == ["editMessageText", "sendMessage"]
    assert rows[0].params["message_id"] == 101
    await opened.outbox.settle([Sent(rows[0].id, 101), Sent(rows[1].id, 102)])
    await record(opened, owed=(there,))
    assert (await begin_all(opened))[0].params["message_id"] == 102


async def test_where_panel_and_phones_are_is_known_once_sent(opened: Store) -> None:
    """Each in their own message; a presenter may hold a phone too. Blocked phones are not told."""
    await record(opened, RoundJoined(1, ADA, NOW), PersonMet(ADA, "en", NOW))
    calls = (
        text("Panel", ADA, panel=1),
        *(asked(one) for one in (ADA, BEN, CLEO)),
    )
    await record(opened, owed=calls)
    rounds = opened.live_rounds
    assert await rounds.to_be_told(1) == 3
    rows = await begin_all(opened)
    assert {tuple(row.params) for row in rows} == {("text",)}
    await opened.outbox.settle(
        [Sent(row.id, 101 + place, phone=row.phone) for place, row in enumerate(rows)]
    )
    assert await rounds.to_be_told(1) == 0
    assert (await found(opened)).panel_message == 101
    await record(opened, PersonLeft(CLEO, NOW))
    told = await rounds.people(1)
    assert told == [Person(ADA, None, "en", None), Person(BEN, None, "en", None)]
    assert await rounds.takes_part(1, BEN)
    assert not await rounds.takes_part(1, CLEO)
    assert await rounds.has_joined(1, CLEO)
    assert await rounds.has_ever_joined(CLEO)
    assert not await rounds.has_ever_joined(CLEO + 1)
    assert not await rounds.has_joined(1, CLEO + 1)


def asked(person_id: int, words: str = "Vote", position: int = 0) -> OwedCall:
    """What a phone shows of a question."""
    key = f"phone {person_id} {position}"
    phone = Phone(1, person_id, position)
    about = About(1)
    return text(words, person_id, phone=phone, edit_key=key, broadcast=True, about=about)


async def test_what_stands_on_a_phone_is_edited(opened: Store) -> None:
    """Where the question stands there by then; each question has a message of its own."""

    async def sent(call: OwedCall, message_id: int) -> tuple[str, dict[str, Any]]:
        await record(opened, owed=(call,))
        (row,) = await begin_all(opened)
        await opened.outbox.settle([Sent(row.id, message_id, phone=row.phone)])
        return row.method, dict(row.params)

    assert await sent(asked(BEN), 101) == ("sendMessage", {"text": "Vote"})
    edit = ("editMessageText", {"text": "Revealed", "message_id": 101})
    assert await sent(asked(BEN, "Revealed"), 101) == edit
    assert await sent(asked(BEN, "Next", 1), 102) == ("sendMessage", {"text": "Next"})
    assert await sent(asked(CLEO, "Revealed"), 103) == ("sendMessage", {"text": "Revealed"})
    await record(opened, RoundJoined(1, BEN, NOW))
    assert await sent(asked(BEN, "Next", 1), 104) == ("sendMessage", {"text": "Next"})


async def test_what_is_said_meanwhile_edits_the_message_under_way(opened: Store) -> None:
    """Though it replaces what that message says, in the outbox too."""
    await record(opened, owed=(asked(BEN),))
    (under_way,) = await begin_all(opened)
    await record(opened, owed=(asked(BEN, "Again"),))
    await record(opened, owed=(asked(BEN, "Revealed"),))
    await opened.outbox.settle([Sent(under_way.id, 101, phone=under_way.phone)])
    (row,) = await begin_all(opened)
    edit = ("editMessageText", {"text": "Revealed", "message_id": 101})
    assert (row.method, dict(row.params)) == edit


async def test_who_blocked_the_bot_casts_no_vote(opened: Store) -> None:
    """Though a press of theirs comes."""
    await record(opened, PersonLeft(BEN, NOW))
    await record(opened, vote(BEN))
    assert on_disk_votes(opened) == []


async def test_who_is_forgotten_is_in_no_round(opened: Store, path: Path) -> None:
    """Their votes go; what they presented is seen to at once, as nobody presents it."""
    await record(opened, vote(BEN), vote(CLEO))
    await record(opened, PersonForgotten(BEN), PersonForgotten(ADA))
    assert await opened.live_rounds.counts(await found(opened)) == LiveCounts(1, 1)
    assert mentions(path, BEN) == {}
    assert mentions(path, ADA) == {}
    (one,) = await opened.live_rounds.silent(NOW, 9)
    assert (one.id, one.presenter) == (1, None)


async def test_who_is_approved_no_more_presents_nothing(opened: Store) -> None:
    """It is seen to at once; who is approved goes on."""
    await record(opened, RoleAsked(ADA, "educator", "Ada", None, NOW))
    await record(opened, RoleDecided(ADA, "educator", True, BEN, "Ben", NOW))
    assert await opened.live_rounds.silent(NOW, 9) == []
    await record(opened, RoleDecided(ADA, "educator", False, BEN, "Ben", NOW))
    assert [one.id for one in await opened.live_rounds.silent(NOW, 9)] == [1]


@pytest.mark.parametrize(
    ("retention", "kept_ms"),
    [(Retention(), LIVE_ROUND_MS), (Retention(answers=2 * DAY_MS), 2 * DAY_MS)],
)
async def test_rounds_are_deleted_some_time_after_their_end(
    opened: Store, path: Path, retention: Retention, kept_ms: int
) -> None:
    """With all that was in them, and no later than answers lead to nobody; others stay."""
    await record(opened, live_round(2, CLEO), vote())
    await record(opened, RoundEnded(1, NOW))

    def kept() -> list[int]:
        tables = ("live_rounds", "live_people", "live_votes")
        return [on_disk(path, f"SELECT count(*) FROM {table}")[0][0] for table in tables]

    await opened.tidy(NOW + kept_ms, retention)
    assert kept() == [2, 2, 1]
    await opened.tidy(NOW + kept_ms + 1, retention)
    assert kept() == [1, 0, 0]
