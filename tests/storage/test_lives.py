"""Lives of a database, made up at random: whatever happens in whichever order, counts hold."""

import asyncio
import json
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from msgspec import Struct
from msgspec.structs import replace

from storage.errors import RejectedError
from storage.facts import CasePosted, Fact, PersonForgotten, PersonMet
from storage.ledger import Entry
from storage.outbox import OwedRow
from storage.outcome import NOTHING, Outcome
from storage.poll_facts import AnswerUnparked, PollRecognised, UnknownPollSeen
from storage.question_facts import QuestionPut
from storage.retention import Retention
from storage.settlements import Postponed, Refused, Sent, SentPoll, Settlement
from storage.store import Store
from storage.time_units import DAY_MS
from tests.storage.samples import (
    NOW,
    answered,
    mentions,
    on_disk,
    parked,
    poll,
    posted,
    text,
)
from tests.support.lives import live
from tests.support.new_store import new_store

PEOPLE = (7_310_420_001, 7_310_420_002, 7_310_420_003)
people = st.sampled_from(PEOPLE)
GROUP, GROUP_POST = -8, 1_000_000


class TelegramPoll(Struct, frozen=True):
    """A poll that Telegram made, whether or not the bot ever heard of it."""

    poll_id: str
    chat_id: int
    post_id: int


class Lives(RuleBasedStateMachine):
    """A bot in small, against a Telegram in small: it gives cases, takes votes, and is killed."""

    @initialize()
    def begin_life(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lives-"))
        self.runner = asyncio.Runner()
        self.number = 0  # the last used for an update, a post or a poll
        self.deaths = 0
        self.polls: dict[str, TelegramPoll] = {}
        self.voted: set[tuple[int, str]] = set()  # as Telegram knows them
        self.counted: set[tuple[int, str]] = set()  # of those, not forgotten since
        self.forgotten: set[int] = set()
        self.highest_row = 0
        self.group_voters: set[int] = set()  # whoever ever answered the group's open question
        self.path = self.folder / "bot.db"
        self.store = self.runner.run(new_store(self.path, NOW))
        snapshot, _ = posted()
        here = CasePosted(GROUP_POST, GROUP, None, "lumps", "digest", NOW)
        put = QuestionPut(GROUP_POST, 0, GROUP, "buttons", (0, 1, 2), NOW, NOW + 30 * DAY_MS)
        self.commit(Outcome((snapshot, here, put)))

    def open(self, name: str) -> None:
        self.path = self.folder / name
        self.store = self.runner.run(Store.open(self.path, NOW))

    def teardown(self) -> None:
        if hasattr(self, "runner"):
            self.runner.run(self.store.close())
            self.runner.close()
            shutil.rmtree(self.folder)

    def next(self) -> int:
        self.number += 1
        return self.number

    def commit(self, outcome: Outcome) -> None:
        """Commit what an update came to; delivered again, it is recognised, and cannot count."""
        ledger, entry = self.store.ledger, Entry(outcome, self.next())
        self.runner.run(ledger.commit([entry], NOW))
        assert self.runner.run(ledger.handled([self.number])) == {self.number}
        with pytest.raises(RejectedError):
            self.runner.run(ledger.commit([entry], NOW))
        for fact in outcome.facts:
            if isinstance(fact, PersonMet):
                self.forgotten.discard(fact.person_id)

    @rule(person=people)
    def give(self, person: int) -> None:
        """A person asks for a case."""
        post = self.next()
        facts = (PersonMet(person, "en", NOW), *posted(post, person))
        owed = (text(chat_id=person), replace(poll(post, person), reply_to=0))
        self.commit(Outcome(facts, owed))

    @rule(data=st.data())
    def send(self, data: st.DataObject) -> None:
        """The next call of some chats is begun, and each has its fate; or the bot is killed."""
        firsts: dict[int, int] = {}
        for waiting in self.runner.run(self.store.outbox.waiting(0)):
            firsts.setdefault(waiting.chat_id, waiting.id)
        for row in self.runner.run(self.store.outbox.begin(list(firsts.values()), NOW)):
            made = data.draw(st.booleans(), "made")
            poll_id = self.make_poll(row) if made and row.poll else None
            settlement: Settlement
            match data.draw(st.sampled_from(["answer", "silence", "kill"]), "then"):
                case "kill":
                    self.die()
                    return
                case "silence":
                    settlement = Postponed(row.id, done_perhaps=True)
                case _ if made:
                    sent = SentPoll(poll_id, NOW) if poll_id else None
                    settlement = Sent(row.id, self.number, sent)
                case _:
                    refused = data.draw(st.sampled_from([False, False, True]), "no")
                    later = Postponed(row.id, done_perhaps=False)
                    settlement = Refused(row.id, "no") if refused else later
            self.runner.run(self.store.outbox.settle([settlement]))

    def make_poll(self, row: OwedRow) -> str:
        assert row.poll is not None
        made = TelegramPoll(f"poll {self.next()}", row.chat_id, row.poll.post_id)
        self.polls[made.poll_id] = made
        return made.poll_id

    @precondition(lambda self: self.polls)
    @rule(data=st.data(), told=st.booleans())
    def vote(self, data: st.DataObject, told: bool) -> None:
        """The person of a chat votes there: known polls count at once, others wait."""
        voted_in = self.polls[data.draw(st.sampled_from(sorted(self.polls)), "poll")]
        person = voted_in.chat_id
        if (person, voted_in.poll_id) in self.voted:
            return
        self.voted.add((person, voted_in.poll_id))
        self.counted.add((person, voted_in.poll_id))
        met = PersonMet(person, "en", NOW)
        if self.runner.run(self.store.polls.is_known(voted_in.poll_id)):
            self.commit(Outcome((met, *self.answer(person, voted_in.poll_id))))
        else:
            vote = parked(self.number + 1, person, voted_in.poll_id)
            seen = UnknownPollSeen(voted_in.poll_id, "print", NOW)
            self.commit(Outcome((met, vote, *((seen,) if told else ()))))

    def answer(self, person: int, poll_id: str) -> tuple[Fact, ...]:
        """What a vote in a known poll comes to: an answer, unless there is one already."""
        polls = self.store.polls
        known = self.runner.run(polls.known(poll_id))
        assert known is not None
        post = known.question.post_id
        assert post is not None
        if self.runner.run(polls.has_answered(person, post, 0)):
            return ()
        first = not self.runner.run(polls.has_answered_anywhere(person, "revision"))
        return (answered(person, post, choices=(post % 3,), first=first),)

    @rule(person=people)
    def tap(self, person: int) -> None:
        """A person answers the group's question, perhaps once more after being forgotten."""
        polls, where = self.store.polls, (person, GROUP_POST, 0)
        if self.runner.run(polls.was_forgotten(*where)):
            assert person in self.group_voters
        elif not self.runner.run(polls.has_answered(*where)):
            met = PersonMet(person, "en", NOW)
            self.commit(Outcome((met, answered(person, GROUP_POST, first=False))))
            self.group_voters.add(person)

    @rule()
    def adopt(self) -> None:
        """Parked votes find their polls, where Telegram told what these look like."""
        polls = self.store.polls
        for vote in self.runner.run(polls.parked()):
            recognised: tuple[Fact, ...] = ()
            if not self.runner.run(polls.is_known(vote.poll_id)):
                fingerprint = self.runner.run(polls.fingerprint(vote.poll_id))
                attempts = self.runner.run(polls.unanswered_attempts(fingerprint or ""))
                post = self.polls[vote.poll_id].post_id
                mine = [a.id for a in attempts if a.question.post_id == post]
                if not mine:
                    # No promise was broken: the send was on record until its chat was forgotten,
                    # or Telegram has not told of the poll.
                    assert fingerprint is None
                    continue
                recognised = (PollRecognised(mine[-1], vote.poll_id),)
            self.commit(Outcome(recognised))
            facts = self.answer(vote.person_id, vote.poll_id)
            self.commit(Outcome((AnswerUnparked(vote.update_id), *facts)))

    @rule(person=people)
    def forget(self, person: int) -> None:
        """A person has themselves erased."""
        self.commit(Outcome((PersonForgotten(person),)))
        self.forgotten.add(person)
        self.counted = {vote for vote in self.counted if vote[0] != person}

    @rule()
    def grow_old(self) -> None:
        """All answers so far, and posts, lead to nobody any more; what waits goes on waiting."""
        self.runner.run(self.store.tidy(NOW + 2, Retention(answers=1)))
        self.counted &= {*on_disk(self.path, "SELECT person_id, poll_id FROM parked_answers")}

    @rule()
    def tell_again(self) -> None:
        """An update that means nothing is remembered all the same."""
        self.commit(NOTHING)

    @rule()
    def die(self) -> None:
        """The bot is killed: what it finds again is the files as they lie there at this instant."""
        self.deaths += 1
        name = f"{self.deaths}.db"
        for ending in ("", "-wal"):
            if (file := Path(f"{self.path}{ending}")).exists():
                shutil.copy(file, self.folder / f"{name}{ending}")
        self.runner.run(self.store.close())
        self.open(name)

    @invariant()
    def totals_are_what_a_recount_gives(self) -> None:
        """The tallies kept are those of all first answers on record."""
        recount: Counter[int] = Counter()
        for (choices,) in on_disk(self.path, "SELECT choices FROM answers WHERE first"):
            recount.update([-1, *json.loads(choices)])
        assert dict(on_disk(self.path, "SELECT choice, answers FROM tallies")) == dict(recount)

    @invariant()
    def every_vote_is_there_once(self) -> None:
        """Each vote that was not forgotten is an answer of its person to its post, or waits."""
        answers = Counter(on_disk(self.path, "SELECT person_id, post_id FROM answers"))
        known = {key: n for key, n in answers.items() if key[0] and key[1] != GROUP_POST}
        waiting = Counter(on_disk(self.path, "SELECT person_id, poll_id FROM parked_answers"))
        assert set(known.values()) <= {1}
        assert set(waiting.values()) <= {1}
        posts = {(person, self.polls[poll_id].post_id) for person, poll_id in self.counted}
        parked_posts = {(person, self.polls[poll_id].post_id) for person, poll_id in waiting}
        assert set(known) | parked_posts == posts
        assert set(waiting) <= self.counted

    @invariant()
    def nobody_counts_twice_in_a_group(self) -> None:
        """An answer to its open question is one of a person, forgotten in between or not."""
        answers = on_disk(self.path, f"SELECT id FROM answers WHERE post_id = {GROUP_POST}")
        assert len(answers) == len(self.group_voters)

    @invariant()
    def nobody_is_first_twice(self) -> None:
        """A person's first answer to a wording is one."""
        sql = """
            SELECT person_id FROM answers WHERE first AND person_id IS NOT NULL
            GROUP BY person_id HAVING count(*) > 1
        """
        assert on_disk(self.path, sql) == []

    @invariant()
    def the_forgotten_are_nowhere(self) -> None:
        """No row of any table holds the id of who is forgotten and did not come back."""
        assert [person for person in self.forgotten if mentions(self.path, person)] == []

    @invariant()
    def numbers_only_grow(self) -> None:
        """What becomes owed has a higher number than all that ever was."""
        ((newest,),) = on_disk(self.path, "SELECT coalesce(max(id), 0) FROM outbox")
        ((ever,),) = on_disk(self.path, "SELECT coalesce(max(seq), 0) FROM sqlite_sequence")
        assert newest <= ever
        assert ever >= self.highest_row
        self.highest_row = ever


@pytest.mark.long
def test_lives() -> None:
    """Whatever people, Telegram and power cuts do, each answer counts once."""
    live(Lives, 30)
