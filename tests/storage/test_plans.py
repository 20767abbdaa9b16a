"""How SQLite finds rows: whoever asks for what is theirs waits for no look at all there is."""

import re
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from storage.case_facts import CasePosted
from storage.fact_order import FACT_ORDER
from storage.facts import PersonMet
from storage.live_rounds import LiveRound
from storage.marks import know_marks
from storage.polls import ParkedAnswer
from storage.retention import Retention
from storage.store import Store
from storage.time_units import DAY_MS
from tests.storage.samples import (
    ADA,
    BEN,
    GROUP,
    NOW,
    answered,
    begin_all,
    poll,
    posted,
    record,
)

Read = Callable[[Store], Awaitable[object]]

LIVE = LiveRound(
    *(1, "CODE", "token", ADA, "en", 1, ((0, 1),), "open", 0, 1, False, NOW, NOW, None, None, ""),
)
READS: dict[str, Read] = {
    "mydata": lambda s: s.people.everything(ADA),
    "role": lambda s: s.roles.holder(ADA, "author"),
    "authors": lambda s: s.roles.holders("author"),
    "role link": lambda s: s.roles.link("token"),
    "published case": lambda s: s.publications.case("lumps"),
    "own published case": lambda s: s.publications.case_of(1, ADA),
    "own published cases": lambda s: s.publications.cases_of(ADA),
    "publication of a case": lambda s: s.publications.of_case("lumps"),
    "publication of a draft": lambda s: s.publications.of_draft(1, ADA),
    "owed publications": lambda s: s.publications.owed(5),
    "news of publications": lambda s: s.publications.is_news(),
    "written publications": lambda s: s.publications.written(),
    "own draft": lambda s: s.drafts.get(1, ADA),
    "own drafts": lambda s: s.drafts.of(ADA),
    "draft of a message": lambda s: s.drafts.message(ADA, 1),
    "previews of a draft": lambda s: s.drafts.previews(1),
    "drafts to warn of": lambda s: s.drafts.to_warn(NOW, 5),
    "drafts to end": lambda s: s.drafts.to_end(NOW, 5),
    "person": lambda s: s.people.get(ADA),
    "progress": lambda s: s.people.progress(ADA),
    "sent case": lambda s: s.people.sent_case(ADA, "lumps"),
    "saved": lambda s: s.people.saved(ADA),
    "preferences": lambda s: s.people.preferences(ADA),
    "votes": lambda s: s.votes.read([(ADA, "poll")]),
    "past": lambda s: s.votes.past([(ADA, "revision")]),
    "known poll": lambda s: s.polls.known("poll"),
    "attempts": lambda s: s.polls.unanswered_attempts("print"),
    "answered": lambda s: s.polls.has_answered(ADA, 1, 0),
    "was forgotten": lambda s: s.polls.was_forgotten(ADA, 1, 0),
    "draft": lambda s: s.polls.draft(ADA, 1, 0),
    "waits": lambda s: s.polls.waits_for_earlier(
        ParkedAnswer(2, "poll", ADA, "en", (1,), NOW, fresh=True, told=False)
    ),
    "answered anywhere": lambda s: s.polls.has_answered_anywhere(ADA, "revision"),
    "tally": lambda s: s.polls.tally("revision"),
    "handled": lambda s: s.ledger.handled([1, 2]),
    "chat": lambda s: s.chats.get(GROUP),
    "added by": lambda s: s.chats.added_by(ADA),
    "question": lambda s: s.questions.question(1, 0),
    "question of a poll": lambda s: s.questions.question_of("poll"),
    "last closed": lambda s: s.questions.last_closed(GROUP),
    "standing in": lambda s: s.questions.standing_in(GROUP, 7),
    "answered case": lambda s: s.people.answered_case(ADA, None),
    "open in": lambda s: s.questions.open_in(GROUP),
    "answers": lambda s: s.questions.answers(1, 0),
    "answer of": lambda s: s.questions.answer_of(ADA, 1, 0),
    "used cases": lambda s: s.chats.used_cases(GROUP),
    "served": lambda s: s.chats.was_served(GROUP, NOW),
    "leaderboard": lambda s: s.chats.leaderboard(GROUP, NOW, 10, 3),
    "shown names": lambda s: s.chats.shown_names(GROUP),
    "daily": lambda s: s.chats.daily(ADA),
    "due": lambda s: s.chats.due(NOW),
    "digests due": lambda s: s.chats.digests_due(NOW),
    "closing": lambda s: s.questions.closing(NOW),
    "tallies due": lambda s: s.questions.tallies_due(NOW),
    "namings due": lambda s: s.namings.due(),
    "next due": lambda s: s.chats.next_due(0),
    "daily due": lambda s: s.chats.daily_due(NOW),
    "digest": lambda s: s.results.closed_since(GROUP, NOW),
    "voters": lambda s: s.results.voters_since(GROUP, NOW),
    "voters of a week": lambda s: s.results.voters_between(GROUP, 0, NOW),
    "results": lambda s: s.results.of_case(GROUP, "lumps"),
    "latest cases": lambda s: s.results.latest_cases(GROUP, 5),
    "flag": lambda s: s.flags.get(1),
    "item card": lambda s: s.item_cards.get(1),
    "cards of an item": lambda s: s.item_cards.of_item("lumps", "revision"),
    "retired in": lambda s: s.item_cards.retired_in("lumps"),
    "flags of an item": lambda s: s.item_cards.flags("lumps", "revision"),
    "live round": lambda s: s.live_rounds.get(1),
    "live round of a screen": lambda s: s.live_rounds.of_token("token"),
    "live round of a code": lambda s: s.live_rounds.of_code("CODE"),
    "live round presented by": lambda s: s.live_rounds.presented_by(ADA),
    "live rounds of colleagues": lambda s: s.live_rounds.of_colleagues(ADA),
    "live counts": lambda s: s.live_rounds.counts(LIVE),
    "live joined": lambda s: s.live_rounds.has_joined(1, ADA),
    "live part taken": lambda s: s.live_rounds.takes_part(1, ADA),
    "live answer told": lambda s: s.live_rounds.was_told(ADA, 1, 0),
    "live ever joined": lambda s: s.live_rounds.has_ever_joined(ADA),
    "live people": lambda s: s.live_rounds.people(1),
    "live votes of": lambda s: s.live_votes.of_person(1, 0, ADA),
    "live votes": lambda s: s.live_votes.of_all(1, 0),
    "live votes counted": lambda s: s.live_votes.counted(1, 0),
    "live calls owed": lambda s: s.live_rounds.to_be_told(1),
    "silent live rounds": lambda s: s.live_rounds.silent(NOW, 9),
    "live panels due": lambda s: s.live_rounds.panels_due(NOW, 9),
    "live votes to record": lambda s: s.live_rounds.to_record(NOW, 9),
    "live votes of one to record": lambda s: s.live_votes.to_record(1, 9),
    "sent back": lambda s: s.signatures.sent_back(ADA),
    "awaited": lambda s: s.flags.awaited(ADA),
    "waited for": lambda s: s.outbox.waited_for(ADA),
    "begin": lambda s: s.outbox.begin([1, 2], NOW),
    "figures": lambda s: s.figures.kept(["sha256"]),
}


class Explainer:
    """Tells of statements which tables they go through from end to end."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        know_marks(self._connection)
        names = "SELECT name FROM sqlite_master WHERE type = 'table'"
        self._tables = {name for (name,) in self._connection.execute(names)}

    def scanned(self, sql: str) -> list[str]:
        """What is bound may stand in the statement already, or not."""
        values = dict.fromkeys(re.findall(r":(\w+)", sql), 1) or [1] * sql.count("?")
        plan = self._connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        steps = [detail.split() for (_, _, _, detail) in plan]
        named = re.findall(r"\b(?:FROM|JOIN|UPDATE|INTO)\s+(\w+)\s+(?:AS\s+)?(\w+)", sql)
        whole = {alias: table for table, alias in named}
        # An index read from end to end is as long as its table.
        found = (whole.get(step[1], step[1]) for step in steps if step[0] == "SCAN")
        return [name for name in found if name in self._tables]

    def close(self) -> None:
        self._connection.close()


async def statements_of(store: Store, work: Callable[[], Awaitable[object]]) -> list[str]:
    """What some work has SQLite do, its values filled in."""
    made: list[str] = []
    for connection in (store._database._reader, store._database._writer):
        await connection.set_trace_callback(made.append)
    await work()
    for connection in (store._database._reader, store._database._writer):
        await connection.set_trace_callback(lambda _: None)
    return [sql for sql in made if sql.split()[0] in {"SELECT", "INSERT", "UPDATE", "DELETE"}]


@pytest.mark.parametrize("what", READS)
async def test_a_question_reads_what_it_is_about(store: Store, path: Path, what: str) -> None:
    """Whatever people and due times ask for is found by an index."""
    statements = await statements_of(store, lambda: READS[what](store))
    assert statements
    with closing(Explainer(path)) as explainer:
        assert [found for sql in statements for found in explainer.scanned(sql)] == []


async def test_nothing_that_happens_is_written_by_going_through_a_table(
    store: Store, path: Path
) -> None:
    """No fact does, be it a vote, a chat that moves, or somebody who is erased."""
    with closing(Explainer(path)) as explainer:
        scans = {
            kind.__name__: found
            for kind in FACT_ORDER
            for sql in kind.STATEMENTS
            if (found := explainer.scanned(sql))
        }
    assert scans == {}


async def test_retention_goes_by_ids(store: Store, path: Path) -> None:
    """Each step looks at its own span, and at what is theirs of the people in it."""
    await record(store, PersonMet(ADA, "en", NOW), *posted(), answered(), owed=(poll(),))
    await record(store, CasePosted(2, GROUP, None, "lumps", "digest", NOW), answered(BEN, 2))
    await begin_all(store)
    ends = Retention(answers=DAY_MS, people=DAY_MS)
    statements = await statements_of(store, lambda: store.tidy(NOW + 9 * DAY_MS, ends))
    assert await store.people.get(ADA) is None
    with closing(Explainer(path)) as explainer:
        found = {table for sql in statements for table in explainer.scanned(sql)}
    assert found & {"people", "answers", "posts", "poll_attempts", "questions"} == set()


def test_what_goes_through_a_table_is_noticed(tmp_path: Path) -> None:
    """By its name or by another; an index read to its end counts, a search does not."""
    path = tmp_path / "some.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, words, day)")
        connection.execute("CREATE INDEX notes_by_day ON notes (day)")
    with closing(Explainer(path)) as explainer:
        assert explainer.scanned("SELECT words FROM notes WHERE words = ?") == ["notes"]
        assert explainer.scanned("SELECT n.words FROM notes n WHERE n.words = :it") == ["notes"]
        assert explainer.scanned("SELECT day FROM notes WHERE day > 1 OR words = 2") == ["notes"]
        assert explainer.scanned("SELECT count(day) FROM notes") == ["notes"]
        assert explainer.scanned("SELECT words FROM notes n WHERE day = ? AND id > ?") == []
