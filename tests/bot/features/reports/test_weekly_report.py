"""What comes on Mondays by itself, and to whom."""

from bot.features.reports.cohort_report import weekly_report
from bot.services import Services
from storage.facts import PersonLeft
from storage.outcome import Outcome
from tests.storage.samples import ADA, NOW
from tests.support.cohorts import COHORT, set_up_cohort
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
