"""Lives of the outbox, made up at random: what is owed stays whole, whatever fails."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from storage.errors import StorageError
from storage.facts import PersonForgotten, PersonLeft
from storage.ledger import Entry
from storage.outcome import Outcome, OwedCall
from storage.settlements import Refused, Sent
from storage.store import Store
from tests.storage.samples import ADA, BEN, NOW, on_disk, text
from tests.support.lives import live
from tests.support.new_store import new_store


def owed_call(common: str, own: str, person: int, edit_key: str | None) -> OwedCall:
    """A message that begins as many do."""
    return text(common + own, person, common=common, edit_key=edit_key)


people = st.sampled_from((ADA, BEN))
calls = st.lists(
    st.builds(
        owed_call,
        st.sampled_from(("", "Right. ", "Wrong. ")),
        st.sampled_from(("", "Yours")),
        people,
        st.sampled_from((None, None, "key")),
    ),
    min_size=1,
    max_size=22,
)
# Nothing; SQLite fails at its so many-th instruction; cancelled after so many turns of the loop.
troubles = st.one_of(
    st.none(),
    st.tuples(st.just("fails"), st.integers(1, 400)),
    st.tuples(st.just("cancelled"), st.integers(0, 6)),
)
Trouble = tuple[str, int] | None


class Owed(RuleBasedStateMachine):
    """Calls become owed, are sent, refused, replaced and forgotten; writing them may fail."""

    @initialize()
    def begin_life(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="owed-"))
        self.path = self.folder / "bot.db"
        self.runner = asyncio.Runner()
        self.store = self.runner.run(new_store(self.path, NOW))
        self.update_id = 0
        self.owed: list[OwedCall] = []

    def teardown(self) -> None:
        if hasattr(self, "runner"):
            self.runner.run(self.store.close())
            self.runner.close()
            shutil.rmtree(self.folder)

    def tried(self, work: Callable[[], Awaitable[None]], trouble: Trouble) -> bool | None:
        """Whether it was done; None where it was cancelled, and nobody was told."""

        async def attempt() -> bool | None:
            writer, done = self.store._database._writer, count(1)
            kind, number = trouble or ("", 0)
            if kind == "fails":
                await writer.set_progress_handler(lambda: next(done) == number, 1)
            task = asyncio.ensure_future(work())
            if kind == "cancelled":
                for _ in range(number):
                    await asyncio.sleep(0)
                task.cancel()
            try:
                await task
            except StorageError:
                return False
            except asyncio.CancelledError:
                return None
            finally:
                await writer.set_progress_handler(lambda: 0, 0)
            return True

        return self.runner.run(attempt())

    @rule(calls=calls, trouble=troubles)
    def owe(self, calls: list[OwedCall], trouble: Trouble) -> None:
        """Calls become owed: all, or none where that fails."""
        self.update_id += 1
        entry = Entry(Outcome(owed=tuple(calls)), self.update_id)
        done = self.tried(lambda: self.store.ledger.commit([entry], NOW), trouble)
        kept = on_disk(self.path, "SELECT 1 FROM updates WHERE id = ?", self.update_id) != []
        assert kept or done is not True
        if not kept:
            return
        if edits := [call for call in calls if call.edit_key]:
            self.owed = [call for call in self.owed if call.edit_key is None]
        self.owed += [call for call in calls if call.edit_key is None or call is edits[-1]]

    @rule(trouble=troubles)
    def tidy(self, trouble: Trouble) -> None:
        """What begins many messages goes once none is owed."""
        if self.tried(lambda: self.store.tidy(NOW), trouble):
            needed = "SELECT DISTINCT text_digest FROM outbox WHERE text_digest IS NOT NULL"
            kept = on_disk(self.path, "SELECT digest FROM texts")
            assert sorted(kept) == sorted(on_disk(self.path, needed))

    @rule(number=st.sampled_from((1, 3, 1000)), refused=st.booleans())
    def settle(self, number: int, refused: bool) -> None:
        """The oldest calls are made, or refused."""
        rows = self.runner.run(self.store.outbox.waiting(0))[:number]
        results = [Refused(row.id, "no") if refused else Sent(row.id, row.id) for row in rows]
        self.runner.run(self.store.outbox.settle(results))
        self.owed = self.owed[number:]

    @rule(person=people, left=st.booleans())
    def go(self, person: int, left: bool) -> None:
        """A person blocks the bot, or has themselves erased."""
        fact = PersonLeft(person, NOW) if left else PersonForgotten(person)
        self.runner.run(self.store.ledger.commit([Entry(Outcome((fact,)))], NOW))
        self.owed = [call for call in self.owed if call.chat_id != person]

    @rule()
    def start_again(self) -> None:
        """The bot ends, and starts."""
        self.runner.run(self.store.close())
        self.store = self.runner.run(Store.open(self.path, NOW))

    @invariant()
    def what_is_owed_is_whole_and_in_order(self) -> None:
        """Each call comes out as it went in, with all of its text."""
        ids = [row.id for row in self.runner.run(self.store.outbox.waiting(0))]
        rows = self.runner.run(self.store.outbox.begin(ids, NOW))
        assert [(row.chat_id, row.params) for row in rows] == [
            (call.chat_id, call.params) for call in self.owed
        ]


@pytest.mark.long
def test_what_is_owed_is_whole() -> None:
    """Whatever fails, is cancelled or is tidied away meanwhile."""
    live(Owed, 60)
