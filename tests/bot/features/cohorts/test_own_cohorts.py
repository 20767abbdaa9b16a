"""`/cohorts`: what one is in, and leaving it."""

from bot.features.cohorts.cohort_buttons import CohortVerb
from bot.features.cohorts.own_cohorts import own_cohorts
from bot.services import Services
from storage.cohort_facts import CohortClosed, CohortJoined, CohortMade
from storage.outcome import Outcome
from tests.bot.features.cohorts.conftest import (
    CLEO,
    COHORT,
    in_cohort,
    labels,
    member,
    pressed,
    record,
    texts,
    visit,
)
from tests.storage.samples import ADA, BEN, NOW
from tests.support.services import commit


async def command(services: Services, person_id: int, text: str = "") -> Outcome:
    """`/cohorts`, with what stands after it."""
    who = await visit(services, person_id)
    return await commit(services, await own_cohorts(services, who, text))


async def test_each_sees_their_own_cohorts(services: Services) -> None:
    """As what they joined, who teaches, by which terms; in several, in one they teach, in none."""
    await record(
        services,
        member(BEN, "Owl", named=False),
        CohortMade(8, "Fellows <i>", "UTC", NOW),
        CohortJoined(8, BEN, "member", "Ben", None, True, 1, NOW),
        CohortClosed(8, NOW),
    )
    done = await command(services, BEN)
    said = texts(done)
    assert "You joined under the alias Owl on 14 Nov 2023 (terms 1)." in said
    assert "You joined by name, as Ben, on 14 Nov 2023 (terms 1). It is closed." in said
    assert "• Ada, approved by Root" in said
    assert labels(done.owed[0]) == ["Leave Fellows <i>", "Leave Interns"]
    assert "You teach it." in texts(await command(services, ADA))
    assert "You are in no cohort." in texts(await command(services, CLEO))
    assert "You are in no cohort." in texts(await command(services, CLEO, "alias"))
    assert "lets nobody in" in texts(await command(services, CLEO, "alias x y z"))


async def test_leaving_is_asked_once_and_takes_the_row_at_once(services: Services) -> None:
    """The educators hear nothing of it; an old button says that one is not there."""
    await record(services, member(BEN))
    done = await pressed(services, BEN, CohortVerb.LEAVE)
    assert labels(done.owed[0]) == ["Leave", "Stay"]
    assert "You stay in Interns." in texts(await pressed(services, BEN, CohortVerb.STAY))
    assert await in_cohort(services, BEN) is not None
    done = await pressed(services, BEN, CohortVerb.LEFT)
    assert [call.chat_id for call in done.owed] == [BEN]
    assert await in_cohort(services, BEN) is None
    for verb in (CohortVerb.LEAVE, CohortVerb.LEFT, CohortVerb.STAY):
        assert "not in this cohort" in texts(await pressed(services, BEN, verb))
        assert "not in this cohort" in texts(await pressed(services, BEN, verb, COHORT + 1))
