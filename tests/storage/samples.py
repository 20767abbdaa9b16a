"""Small legal facts and calls to build on, and a look at the file past the code under test."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from storage.case_facts import AnswerGiven, CasePosted, SnapshotTaken
from storage.facts import Fact
from storage.flag_facts import QuestionFlagged
from storage.item_facts import ItemCardOpened, ItemDecided
from storage.ledger import Entry
from storage.live_facts import RoundOpened, RoundStepped
from storage.marks import know_marks
from storage.outbox import OwedRow
from storage.outcome import Outcome, OwedCall, PollIntent
from storage.poll_facts import AnswerParked
from storage.store import Store

NOW = 1_700_000_000_000  # UTC milliseconds
# Ids that no other number in a test resembles, so that the whole file can be searched for them.
ADA = 7_310_420_001
BEN = 7_310_420_002
GROUP = -1_007_310_420_003


def posted(post_id: int = 1, person_id: int = ADA, case_id: str = "lumps") -> tuple[Fact, ...]:
    """A case given to a person in private."""
    return (
        SnapshotTaken("digest", "a case as JSON", NOW),
        CasePosted(post_id, person_id, person_id, case_id, "digest", NOW),
    )


def answered(person_id: int = ADA, post_id: int | None = 1, **changes: Any) -> AnswerGiven:
    """A person's right answer to a post's only question; ``changes`` replace its fields."""
    answer = AnswerGiven(
        person_id,
        post_id,
        position=0,
        case_id="lumps",
        question_id="nature",
        revision="revision",
        choices=(1,),
        verdict="correct",
        score=1.0,
        first=True,
        answered_at=NOW,
        time_taken=None,
    )
    return replace(answer, **changes)


def parked(update_id: int = 1, person_id: int = ADA, poll_id: str = "poll") -> AnswerParked:
    """A vote for the second option of a poll not known yet."""
    return AnswerParked(update_id, poll_id, person_id, "en", (1,), NOW, fresh=True)


def flagged(flag_id: int = 1, person_id: int = ADA, **changes: Any) -> QuestionFlagged:
    """A person's flag on a post's only question; ``changes`` replace its fields."""
    flag = QuestionFlagged(
        flag_id, person_id, "lumps", "nature", "digest", 0, "other", "Is it?", flagged_at=NOW
    )
    return replace(flag, **changes)


def item_card(card_id: int = 1, **changes: Any) -> ItemCardOpened:
    """The card of a post's only question; ``changes`` replace its fields."""
    opened = ItemCardOpened(
        *(card_id, "lumps", "nature", "revision", "digest", 0),
        reasons=("flags",),
        numbers='{"answers": 60}',
        answers=60,
        opened_at=NOW,
    )
    return replace(opened, **changes)


def decided(card: ItemCardOpened, person_id: int = ADA, **changes: Any) -> ItemDecided:
    """Somebody retires the item of an open card; ``changes`` replace fields."""
    done = ItemDecided(
        *(card.card_id, card.case_id, card.revision, "open", "retired", None),
        *(person_id, "Ada", NOW),
    )
    return replace(done, **changes)


def live_round(round_id: int = 1, presenter: int = ADA, **changes: Any) -> RoundOpened:
    """Somebody presents the case of a post; ``changes`` replace fields."""
    opened = RoundOpened(
        *(round_id, f"CODE{round_id}", f"screen {round_id}", presenter, "en", 1, "[[1, 0]]", NOW)
    )
    return replace(opened, **changes)


def stepped(
    round_id: int = 1,
    presenter: int = ADA,
    was: str = "gathering",
    state: str = "shown",
    **changes: Any,
) -> RoundStepped:
    """A round goes on, at its first question and ballot; ``changes`` replace fields."""
    step = RoundStepped(
        *(round_id, presenter, was, 0, 1, False, state, 0, 1, False),
        stepped_at=NOW,
    )
    return replace(step, **changes)


def text(words: Any = "Hello", chat_id: int = ADA, **more: Any) -> OwedCall:
    """A message to be sent."""
    return OwedCall(chat_id, "sendMessage", {"text": words}, **more)


def poll(post_id: int = 1, chat_id: int = ADA, fingerprint: str = "print") -> OwedCall:
    """A poll to be sent: the first question of a post."""
    intent = PollIntent(post_id, 0, fingerprint)
    return OwedCall(chat_id, "sendPoll", {"question": "What are they?"}, poll=intent)


async def record(store: Store, *facts: Fact, owed: tuple[OwedCall, ...] = ()) -> None:
    """Commit one Outcome that no update caused."""
    await store.ledger.commit([Entry(Outcome(facts, owed))], NOW)


async def begin_all(store: Store) -> list[OwedRow]:
    """Begin every call that is owed."""
    return await store.outbox.begin([w.id for w in await store.outbox.waiting(0)], NOW)


def on_disk(path: Path, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """What a program of its own sees in the file: committed rows alone."""
    with closing(sqlite3.connect(path)) as connection:
        know_marks(connection)
        return connection.execute(sql, parameters).fetchall()


def owed_count(path: Path) -> int:
    """How many calls are still owed."""
    ((count,),) = on_disk(path, "SELECT count(*) FROM outbox WHERE state = 'owed'")
    return int(count)


def columns(path: Path) -> dict[str, list[str]]:
    """The project's tables and their columns."""
    found: dict[str, list[str]] = {}
    sql = """
        SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT GLOB 'sqlite_*' ORDER BY t.name, c.cid
    """
    for table, column in on_disk(path, sql):
        found.setdefault(table, []).append(column)
    return found


def mentions(path: Path, number: int) -> dict[str, int]:
    """In how many rows of each table any column holds a number, on its own or within a text."""
    counts = " UNION ALL ".join(
        f"SELECT '{table}', count(*) FROM {table}"
        f" WHERE instr(concat_ws(' ', {', '.join(names)}), :number)"
        for table, names in columns(path).items()
    )
    with closing(sqlite3.connect(path)) as connection:
        connection.create_function("concat_ws", -1, _joined, deterministic=True)
        return {table: n for table, n in connection.execute(counts, {"number": str(number)}) if n}


def _joined(separator: str, *values: object) -> str:
    return separator.join(map(str, values))
