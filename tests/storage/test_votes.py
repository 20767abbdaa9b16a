"""What storage knows of many votes, read together."""

from storage.facts import PersonMet
from storage.people import Person
from storage.polls import KnownPoll, Question
from storage.settlements import Sent, SentPoll
from storage.store import Store
from storage.tallying import Tallies, Tally
from storage.votes import Past, VoteContext
from tests.storage.samples import ADA, BEN, NOW, answered, begin_all, poll, posted, record


async def put(store: Store) -> KnownPoll:
    """A poll that was sent to Ada, whom the bot has met."""
    await record(store, PersonMet(ADA, "en", NOW), *posted(), owed=(poll(),))
    await begin_all(store)
    await store.outbox.settle([Sent(1, 101, SentPoll("poll", NOW))])
    return KnownPoll(Question(1, ADA, 0, "a case as JSON"), 101, NOW)


async def test_each_vote_has_its_ballot_in_its_place(store: Store) -> None:
    """Known and unknown polls and people side by side, in the order asked."""
    known, ada = await put(store), Person(ADA, None, "en", None)
    votes = [(BEN, "poll"), (ADA, "another"), (ADA, "poll"), (BEN, "another")]
    assert await store.votes.read(votes) == [
        VoteContext(known, None, answered=False),
        VoteContext(None, ada, answered=False),
        VoteContext(known, ada, answered=False),
        VoteContext(None, None, answered=False),
    ]
    await record(store, answered())
    first, second = await store.votes.read([(ADA, "poll"), (BEN, "poll")])
    assert (first.answered, second.answered) == (True, False)


async def test_odd_names_of_polls_are_unknown_ones(store: Store) -> None:
    """Whatever an update calls a poll, it is a value and never SQL or JSON."""
    names = ["", "'; DROP TABLE answers; --", '"]', "\\", "\x00", "\ud800", "poll" * 10_000]
    contexts = await store.votes.read([(ADA, name) for name in names])
    assert contexts == [VoteContext(None, None, answered=False)] * len(names)


async def test_the_past_of_people_and_wordings(store: Store) -> None:
    """Who answered which wording before, in any chat, and each wording's tally."""
    await record(store, *posted(), *posted(2, BEN))
    await record(store, answered(), answered(BEN, 2, choices=(0,)))
    wanted = {(ADA, "revision"), (ADA, "other"), (BEN, "revision")}
    assert await store.votes.past(wanted) == Past(
        frozenset({(ADA, "revision"), (BEN, "revision")}),
        {
            "revision": Tallies(Tally(2, {0: 1, 1: 1}), Tally(0, {})),
            "other": Tallies(Tally(0, {}), Tally(0, {})),
        },
    )
