"""A case for a learner, or a kind word where there is none."""

import pytest

from bot.features.cases.choose_case import AnyUnseen, Named, NotYetRight, OnTopic, Wish
from bot.features.cases.private_post import post_facts
from bot.features.cases.send_case import send_case
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from content.library import Library
from storage.case_facts import CasePosted, FigureKept, SnapshotTaken
from storage.outcome import Outcome
from tests.bot.features.cases.test_open_case import answer_case
from tests.storage.samples import ADA, NOW
from tests.support.library import shipped_library
from tests.support.served_chats import said
from tests.support.services import commit


async def sent(services: Services, wish: Wish) -> Outcome:
    """What comes of Ada's wish; it is on record."""
    visit = await receive(services, Visitor(ADA, "en"))
    outcome = await commit(services, await send_case(services, visit, wish))
    assert visit.met in outcome.facts
    assert {call.chat_id for call in outcome.owed} == {ADA}
    return outcome


def cases(outcome: Outcome) -> list[str]:
    """The cases that were sent."""
    return [fact.case_id for fact in outcome.facts if isinstance(fact, CasePosted)]


async def test_a_post_is_on_record_with_all_that_it_shows(services: Services) -> None:
    """Its snapshot, and its figures' bytes where they are not kept yet."""
    services.library = shipped_library()
    outcome = await sent(services, Named("calcinosis-cutis"))
    snapshot = services.library.snapshot(services.library.cases["calcinosis-cutis"])
    assert SnapshotTaken(snapshot.digest, snapshot.to_json(), NOW) in outcome.facts
    assert [f.sha256 for f in outcome.facts if isinstance(f, FigureKept)] == [*snapshot.figures]
    (posted,) = (fact for fact in outcome.facts if isinstance(fact, CasePosted))
    assert (posted.person_id, posted.chat_id, posted.posted_at, posted.due_at) == (
        ADA,
        ADA,
        NOW,
        None,
    )
    (poll,) = outcome.owed
    assert poll.poll is not None
    assert (poll.method, poll.poll.post_id) == ("sendPoll", posted.post_id)
    again = await sent(services, Named("calcinosis-cutis"))
    assert not any(isinstance(fact, FigureKept) for fact in again.facts)


async def test_a_figure_that_the_library_has_no_more_is_no_reason_to_fail(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cases were read again meanwhile; what cannot be sent is seen when it is."""
    services.library = shipped_library()
    monkeypatch.setattr(Library, "figure", lambda *_: None)
    outcome = await sent(services, Named("calcinosis-cutis"))
    assert cases(outcome) == ["calcinosis-cutis"]
    assert not any(isinstance(fact, FigureKept) for fact in outcome.facts)


async def test_a_daily_case_tells_when_it_was_due(services: Services) -> None:
    """The slot is on record with the post."""
    snapshot = services.library.snapshot(services.library.cases["made-0"])
    (_, posted), post_id = post_facts(services, snapshot, ADA, due_at=7)
    assert isinstance(posted, CasePosted)
    assert (posted.post_id, posted.due_at) == (post_id, 7)


async def test_where_there_is_no_case_the_answer_says_why(services: Services) -> None:
    """All seen, all right, or nothing of that name; and nothing is posted."""
    for _ in services.library.cases:
        (given,) = cases(await sent(services, AnyUnseen()))
        await answer_case(services, given, verdict="wrong")
    for wish, words in (
        (AnyUnseen(), "You have seen every case."),
        (OnTopic("Rheumatology"), "You have seen every case on Rheumatology."),
        (Named("Atlantis"), "I have no case and no topic of that name."),
    ):
        outcome = await sent(services, wish)
        assert cases(outcome) == []
        assert words in said(outcome.owed[0])
    assert len(cases(await sent(services, NotYetRight()))) == 1


async def test_nothing_to_repeat_is_good_news(services: Services) -> None:
    """Whoever has seen none yet has nothing wrong either."""
    outcome = await sent(services, NotYetRight())
    assert cases(outcome) == []
    assert "Nothing to repeat" in said(outcome.owed[0])
