"""What comes on Mondays by itself, and to whom."""

import pytest
from msgspec.structs import replace

from bot.base.time_units import DAY_MS
from bot.features.reports.cohort_report import report, weekly_report
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from storage.cohort_facts import CohortJoined, CohortMade, CohortReported, CountsKept
from storage.facts import PersonLeft, PersonMet
from storage.outcome import Outcome
from tests.storage.samples import ADA, NOW
from tests.support.cohorts import COHORT, set_up_cohort
from tests.support.served_chats import said
from tests.support.services import commit

EVE, FAY = 7_310_420_009, 7_310_420_010


async def test_an_educator_who_blocks_the_bot_gets_none(services: Services) -> None:
    """The others still do; where nobody is left to get it, the next one still falls due."""
    await set_up_cohort(services.store, NOW, [EVE, FAY], [ADA])
    cohort = await services.store.cohorts.get(COHORT)
    assert cohort is not None
    await commit(services, Outcome((PersonLeft(EVE, NOW),)))
    assert {call.chat_id for call in (await weekly_report(services, cohort)).owed} == {FAY}
    await commit(services, Outcome((PersonLeft(FAY, NOW),)))
    done = await commit(services, await weekly_report(services, cohort))
    assert done.owed == ()
    later = await services.store.cohorts.get(COHORT)
    assert later is not None
    assert later.report_due is not None


async def asked(services: Services, argument: str = "") -> str:
    """What the educator reads after `/report`."""
    who = await receive(services, Visitor(EVE, "en", "Eve"))
    return said((await report(services, who, argument)).owed[0])


async def test_the_report_that_is_asked_for(services: Services) -> None:
    """Of the only cohort, whatever is written; of several, of the one whose number is; or none."""
    await commit(services, Outcome((PersonMet(EVE, "en", NOW),)))
    assert "Reports are for educators" in await asked(services)
    await set_up_cohort(services.store, NOW, [EVE], [ADA])
    for argument in ("", "nonsense"):
        assert "Interns" in await asked(services, argument)
    joined = CohortJoined(COHORT + 1, EVE, "educator", "Eve", None, True, 1, NOW)
    await commit(services, Outcome((CohortMade(COHORT + 1, "Fellows", "UTC", NOW), joined)))
    alone = await asked(services, f" {COHORT + 1} ")
    assert "Fellows" in alone
    assert "Interns" not in alone
    for argument in ("", "999"):
        who = await receive(services, Visitor(EVE, "en", "Eve"))
        (call,) = (await report(services, who, argument)).owed
        assert len(call.params["reply_markup"]["inline_keyboard"]) == 2


@pytest.mark.parametrize(("late_ms", "comes"), [(DAY_MS, True), (DAY_MS + 1, False)])
async def test_a_report_that_is_a_day_late_is_let_go(
    services: Services, late_ms: int, comes: bool
) -> None:
    """The next falls due all the same."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA])
    cohort = await services.store.cohorts.get(COHORT)
    assert cohort is not None
    outcome = await weekly_report(services, replace(cohort, report_due=NOW - late_ms))
    assert bool(outcome.owed) is comes
    (again,) = [fact for fact in outcome.facts if isinstance(fact, CohortReported)]
    assert again.report_due is not None
    assert again.report_due > NOW


async def test_what_was_told_of_people_without_a_name_stands(services: Services) -> None:
    """Asked for twice in a week, it is the same: else what changed would betray somebody."""
    unnamed = range(7_310_420_100, 7_310_420_110)
    await set_up_cohort(services.store, NOW, [EVE], [], unnamed)
    who = await receive(services, Visitor(EVE, "en", "Eve"))
    first = await commit(services, await report(services, who, ""))
    assert [fact for fact in first.facts if isinstance(fact, CountsKept)]
    again = await report(services, who, "")
    assert not [fact for fact in again.facts if isinstance(fact, CountsKept)]
    assert said(again.owed[0]) == said(first.owed[0])
