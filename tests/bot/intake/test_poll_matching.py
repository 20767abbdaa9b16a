"""Parked votes: which poll they were for, and what becomes of them meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.i18n import Languages
from bot.base.shutdown import Stop
from bot.features.cases.answer import Vote, answer_all
from bot.features.cases.choose_case import Named
from bot.features.cases.send_case import send_case
from bot.features.posts.post_case import post_case
from bot.features.shared.chat_settings import ChatSettings
from bot.features.shared.served_chat import served_chat
from bot.features.shared.visitors import Visitor, receive
from bot.intake.poll_matching import TELL_AFTER_MS, match_vote, matching
from bot.intake.unmatched_votes import UnmatchedVotes
from bot.services import Outcomes, Services
from bot.settings import Settings
from bot.telegram.batches import Arrival
from bot.telegram.poll_fingerprint import poll_fingerprint
from content.library import Library, load_library
from storage.chat_facts import ChatJoined
from storage.facts import AnswerGiven, PersonForgotten
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.poll_facts import AnswerParked, PollRecognised, UnknownPollSeen
from storage.polls import Attempt, ParkedAnswer, Question
from storage.settlements import Postponed, Sent, SentPoll
from tests.content.samples import write_case
from tests.support.new_store import new_store
from tests.support.trouble import fast_clock

ADA, BEN = 11, 12
CLOCK = fast_clock(100)


def attempt(number: int, chat_id: int | None, post: int = 1) -> Attempt:
    return Attempt(number, number, Question(post, chat_id, 0, ""))


@pytest.mark.parametrize(
    ("chats", "found"),
    [
        ([ADA, BEN], [0]),
        ([BEN], []),
        ([None], []),
        ([-5, ADA, -6], [0, 1, 2]),
    ],
)
def test_a_voter_can_have_seen_their_own_chat_and_groups(
    chats: list[int | None], found: list[int]
) -> None:
    """A poll in another's private chat, or in a forgotten one, cannot be meant."""
    attempts = [attempt(number, chat_id) for number, chat_id in enumerate(chats)]
    assert [one.id for one in matching(attempts, ADA)] == found


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A store, and a library of one case."""
    write_case(tmp_path / "hard-lumps.yaml")
    library: Library = load_library(tmp_path)
    store = await new_store(tmp_path / "bot.db", 0)
    yield Services(
        Settings(),
        CLOCK,
        store,
        library,
        Languages.load(),
        Outcomes(),
        Arrival(0, fresh=True),
    )
    await store.close()


async def post(services: Services, person_id: int) -> int:
    """Give the case; its sendPoll was tried, and nobody knows what came of it. The row's id."""
    visit = await receive(services, Visitor(person_id, "en"))
    outcome = await send_case(services, visit, Named("hard-lumps"))
    await services.store.ledger.commit([Entry(outcome)], CLOCK.now())
    row = (await services.store.outbox.waiting(0))[-1]
    await services.store.outbox.begin([row.id], CLOCK.now())
    await services.store.outbox.settle([Postponed(row.id, done_perhaps=True)])
    return row.id


async def park(services: Services, update_id: int, person_id: int) -> ParkedAnswer:
    """A vote in a poll of the case's looks, which Telegram has told of."""
    question = services.library.cases["hard-lumps"].questions[0]
    texts = [choice.text for choice in question.choices]
    fingerprint = poll_fingerprint(question.prompt, texts, question.correct)
    poll_id = f"poll-{update_id}"
    facts = (
        UnknownPollSeen(poll_id, fingerprint, CLOCK.now()),
        AnswerParked(update_id, poll_id, person_id, "en", (1,), CLOCK.now(), True),
    )
    await services.store.ledger.commit([Entry(Outcome(facts))], CLOCK.now())
    return (await services.store.polls.parked())[-1]


def given(outcome: Outcome | None) -> list[tuple[int, bool]]:
    """Whose answers an Outcome holds, and whether their post is known."""
    facts = outcome.facts if outcome else ()
    return [(f.person_id, f.post_id is not None) for f in facts if isinstance(f, AnswerGiven)]


async def test_one_matching_post_is_recognised(services: Services) -> None:
    """The vote counts for it, and the poll is known from then on."""
    await post(services, ADA)
    await post(services, BEN)
    outcome = await match_vote(services, await park(services, 1, ADA), frozenset)
    assert given(outcome) == [(ADA, True)]
    assert outcome is not None
    assert any(isinstance(fact, PollRecognised) for fact in outcome.facts)


async def test_between_posts_the_vote_counts_for_the_question(services: Services) -> None:
    """Nobody can tell which post it was, so no poll is recognised."""
    await post(services, ADA)
    await post(services, ADA)
    outcome = await match_vote(services, await park(services, 1, ADA), frozenset)
    assert given(outcome) == [(ADA, False)]


async def test_tries_of_one_post_are_one(services: Services) -> None:
    """However often its sending was interrupted."""
    row_id = await post(services, ADA)
    await services.store.outbox.begin([row_id], CLOCK.now())
    await services.store.outbox.settle([Postponed(row_id, done_perhaps=True)])
    outcome = await match_vote(services, await park(services, 1, ADA), frozenset)
    assert given(outcome) == [(ADA, True)]


async def doubled(services: Services) -> None:
    """Ada's poll was made twice: of one nobody knows, the other is the poll "copy"."""
    row_id = await post(services, ADA)
    await services.store.outbox.begin([row_id], CLOCK.now())
    await services.store.outbox.settle([Sent(row_id, 5, SentPoll("copy", CLOCK.now()))])


async def park_unseen(services: Services, update_id: int, poll_id: str, at: int) -> None:
    """A vote for the second choice, of whose poll nothing was told yet."""
    vote = AnswerParked(update_id, poll_id, ADA, "en", (1,), at, True)
    await services.store.ledger.commit([Entry(Outcome((vote,)))], CLOCK.now())


async def vote_in_copy(services: Services) -> Outcome:
    """A vote for the first choice in the copy."""
    vote = Vote(2, "copy", Visitor(ADA, "en"), (0,), CLOCK.now(), fresh=True)
    (outcome,) = await answer_all(services, [vote])
    assert isinstance(outcome, Outcome)
    await services.store.ledger.commit([Entry(outcome)], CLOCK.now())
    return outcome


async def settle_parked(services: Services) -> list[tuple[int, ...]]:
    """Look at each parked vote in turn; the choices that come to be answers."""
    given: list[tuple[int, ...]] = []
    for parked in await services.store.polls.parked():
        outcome = await match_vote(services, parked, frozenset)
        if outcome is not None:
            await services.store.ledger.commit([Entry(outcome)], CLOCK.now())
            given += [fact.choices for fact in outcome.facts if isinstance(fact, AnswerGiven)]
    return given


async def test_a_vote_in_the_copy_does_not_displace_the_first(services: Services) -> None:
    """The first vote, in the poll that nobody knew, counts once that is known; the second waits."""
    await doubled(services)
    await park_unseen(services, 1, "lost", CLOCK.now())
    assert [type(fact) for fact in (await vote_in_copy(services)).facts] == [AnswerParked]
    assert await settle_parked(services) == []
    question = services.library.cases["hard-lumps"].questions[0]
    texts = [choice.text for choice in question.choices]
    seen = UnknownPollSeen(
        "lost", poll_fingerprint(question.prompt, texts, question.correct), CLOCK.now()
    )
    await services.store.ledger.commit([Entry(Outcome((seen,)))], CLOCK.now())
    assert await settle_parked(services) == [(1,)]
    assert await services.store.polls.parked() == []


async def test_a_vote_does_not_wait_for_ever(services: Services) -> None:
    """Where a minute brings no news of the other poll, the vote in the known one counts."""
    await doubled(services)
    await park_unseen(services, 1, "lost", CLOCK.now())
    await park_unseen(services, 2, "copy", CLOCK.now() - TELL_AFTER_MS)
    assert await settle_parked(services) == [(1,)]


async def test_a_vote_waits_for_no_other_question(services: Services) -> None:
    """What is parked and known to look otherwise is no first vote here."""
    await doubled(services)
    await park_unseen(services, 1, "lost", CLOCK.now())
    seen = UnknownPollSeen("lost", "another", CLOCK.now())
    await services.store.ledger.commit([Entry(Outcome((seen,)))], CLOCK.now())
    assert given(await vote_in_copy(services)) == [(ADA, True)]


async def test_between_posts_nobody_counts_twice_by_being_forgotten(services: Services) -> None:
    """A lost poll may be of a post that the voter answered before: then this is no answer more."""
    case = services.library.cases["hard-lumps"]
    for group in (-5, -6):
        settings = ChatSettings(language="en").to_json()
        joined = ChatJoined(group, "supergroup", "Ward", settings, None, CLOCK.now())
        await services.store.ledger.commit([Entry(Outcome((joined,)))], CLOCK.now())
        chat = await services.store.chats.get(group)
        assert chat is not None
        outcome = await post_case(services, served_chat(services, chat), case)
        await services.store.ledger.commit([Entry(outcome)], CLOCK.now())
    rows = [row.id for row in await services.store.outbox.waiting(0)]
    await services.store.outbox.begin(rows, CLOCK.now())
    await services.store.outbox.settle([Postponed(row, done_perhaps=True) for row in rows])
    (first, *_) = await services.store.outbox.begin(rows, CLOCK.now())
    await services.store.outbox.settle([Sent(first.id, 5, SentPoll("copy", CLOCK.now()))])
    assert given(await vote_in_copy(services)) == [(ADA, True)]
    await services.store.ledger.commit([Entry(Outcome((PersonForgotten(ADA),)))], CLOCK.now())
    assert given(await match_vote(services, await park(services, 1, ADA), frozenset)) == []
    assert given(await match_vote(services, await park(services, 3, BEN), frozenset)) == [
        (BEN, False)
    ]


async def test_what_is_being_sent_is_waited_for(services: Services) -> None:
    """Its result will tell; also when its sending began or ended while we looked."""
    row_id = await post(services, ADA)
    parked = await park(services, 1, ADA)
    for sending in ([{row_id}, set()], [set(), {row_id}]):
        assert await match_vote(services, parked, partial(sending.pop, 0)) is None
    assert given(await match_vote(services, parked, lambda: {row_id + 1})) == [(ADA, True)]


class MatchingAtWork:
    """The matching of parked votes, at work."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.working = asyncio.Lock()
        self.stop = Stop(CLOCK)
        self.committed: list[Entry] = []
        self.votes = UnmatchedVotes(
            services, self.working, self.stop, frozenset, self.committed.extend
        )


async def test_a_vote_of_a_person_forgotten_meanwhile_is_let_go(services: Services) -> None:
    """Between the look at the parked votes and the turn of this one, its person left for good."""
    matching = MatchingAtWork(services)
    row_id = await post(services, ADA)
    await park(services, 1, ADA)
    await matching.working.acquire()
    running = asyncio.create_task(matching.votes.run())
    await asyncio.sleep(0.1)
    sent = Sent(row_id, 5, SentPoll("poll-1", CLOCK.now()))
    await services.store.outbox.settle([sent])
    await services.store.ledger.commit([Entry(Outcome((PersonForgotten(ADA),)))], CLOCK.now())
    matching.working.release()
    await asyncio.sleep(0.1)
    matching.stop.set()
    await running
    assert matching.committed == []
    assert await services.store.people.get(ADA) is None


async def test_a_vote_that_cannot_be_handled_is_told_of_once(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    """It stays parked, administrators hear of it, and other votes are adopted."""
    services.settings = replace(services.settings, admins=frozenset({99}))
    matching = MatchingAtWork(services)
    await post(services, ADA)
    await post(services, BEN)
    await park(services, 1, ADA)
    await services.store.ledger.commit(
        [Entry(Outcome((AnswerParked(2, "poll-1", BEN, "en", (77,), 0, True),)))], CLOCK.now()
    )
    await park(services, 3, BEN)
    running = asyncio.create_task(matching.votes.run())
    for _ in range(20):
        matching.votes.wake()
        await asyncio.sleep(0.02)
    matching.stop.set()
    await running
    recorded = [pair for entry in matching.committed for pair in given(entry.outcome)]
    assert recorded == [(ADA, True), (BEN, True)]
    told = [
        call for entry in matching.committed for call in entry.outcome.owed if call.chat_id == 99
    ]
    assert len(told) == 1
    assert [parked.update_id for parked in await services.store.polls.parked()] == [2]
    assert caplog.text.count("A parked vote cannot be handled.") == 1
