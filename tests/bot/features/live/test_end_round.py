"""A round that nobody presents ends by itself."""

from bot.features.live import present
from bot.features.live.end_round import end_unpresented
from bot.features.live.states import Step
from bot.services import Services
from storage.facts import PersonForgotten, PersonLeft
from storage.live_rounds import LiveRound
from storage.outcome import Outcome
from storage.role_facts import RoleDecided
from storage.settlements import Sent
from tests.bot.features.live.conftest import PANEL, later, now, press, said, visit, vote, walk
from tests.storage.samples import ADA, NOW, begin_all
from tests.support.services import commit

SILENT_MS = 15 * 60 * 1000


async def ended(services: Services) -> Outcome:
    """The one that is due is ended."""
    (due,) = await services.store.live_rounds.silent(services.clock.now(), 9)
    outcome = await commit(services, await end_unpresented(services, due))
    assert await services.store.live_rounds.silent(services.clock.now() + 10**9, 9) == []
    return outcome


async def over_in(services: Services, panel: int) -> None:
    """In this message the presenter reads that the round is over, and has no buttons there."""
    rows = [row for row in await begin_all(services.store) if row.chat_id == ADA]
    (row,) = [row for row in rows if "This round is over." in str(row.params.get("text"))]
    assert (row.method, row.params["message_id"]) == ("editMessageText", panel)
    assert "reply_markup" not in row.params


async def test_a_silent_presenter_is_told(services: Services, live: LiveRound) -> None:
    """After fifteen minutes from the last press; the panel has no buttons any more."""
    later(services, SILENT_MS - 1)
    live = await walk(services, live, Step.SHOW, Step.OPEN)
    await vote(services, live, (0,))
    later(services, SILENT_MS - 1)
    assert await services.store.live_rounds.silent(services.clock.now(), 9) == []
    later(services, 1)
    outcome = await ended(services)
    assert "nothing was pressed for 15 minutes" in said(outcome)
    await over_in(services, PANEL)
    over = await now(services, live)
    assert (over.is_over, over.ended_at) == (True, services.clock.now())
    assert len(await services.store.live_votes.to_record(live.id, 9)) == 1


async def test_with_the_approval_the_round_is_over(services: Services, live: LiveRound) -> None:
    """At once, and its presenter hears why."""
    taken = RoleDecided(ADA, "educator", False, 1, "Root", NOW)
    await commit(services, Outcome((taken,)))
    assert "no longer approved" in said(await ended(services))
    assert "not approved" in said(await press(services, live, Step.SHOW))


async def test_a_panel_that_was_on_its_way_says_so(services: Services, live: LiveRound) -> None:
    """Of which it was not known yet in which message it stands."""
    again = await present.again(services, await visit(services), live)
    await commit(services, again)
    (row,) = await begin_all(services.store)
    later(services, SILENT_MS)
    await ended(services)
    await services.store.outbox.settle([Sent(row.id, PANEL + 9)])
    await over_in(services, PANEL + 9)


async def test_a_presenter_who_is_forgotten_or_has_left_is_told_nothing(
    services: Services, live: LiveRound
) -> None:
    """The one's round ends at once, the other's when its time is up."""
    await commit(services, Outcome((PersonLeft(ADA, NOW),)))
    await commit(services, Outcome((PersonForgotten(ADA),)))
    assert ADA not in {call.chat_id for call in (await ended(services)).owed}
    assert (await now(services, live)).is_over


async def test_who_has_left_is_told_nothing(services: Services, live: LiveRound) -> None:
    """Whoever blocked the bot hears nothing of it."""
    await commit(services, Outcome((PersonLeft(ADA, NOW),)))
    later(services, SILENT_MS)
    assert ADA not in {call.chat_id for call in (await ended(services)).owed}
    assert (await now(services, live)).is_over
