"""The one thing to do that a cohort's report begins with."""

import pytest

from bot.base.time_units import DAY_MS
from bot.features.reports.cohort_report import report
from bot.services import Services
from tests.storage.samples import ADA, BEN, NOW
from tests.support.assignments import pass_time
from tests.support.cohorts import COHORT, set_up_assignment, set_up_cohort
from tests.support.sittings import said, visit


async def told(services: Services) -> str:
    """The report, as Ada reads it who teaches."""
    outcome = await report(services, await visit(services, ADA), str(COHORT))
    return said(outcome.owed[0])


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (3, "Nothing stands out."),
        (5, "“Work 1” is due on Tue 21 Nov, and most of those named have not finished: remind"),
        (8, "“Work 1” was due on Tue 21 Nov, and most of those named have not finished. It is"),
        (15, "Nothing is under way"),
    ],
)
async def test_who_has_not_finished_is_to_be_reminded(
    services: Services, days: int, words: str
) -> None:
    """In the last three days, and after it was due as long as it is taken still."""
    await set_up_cohort(services.store, NOW, [ADA], [BEN])
    await set_up_assignment(services, 1, late=True)
    await pass_time(services, days * DAY_MS)
    assert words in await told(services)


async def test_shares_of_too_few_are_told_in_a_sentence(services: Services) -> None:
    """One member is no crowd."""
    await set_up_cohort(services.store, NOW, [ADA], [BEN])
    await set_up_assignment(services, 1)
    await pass_time(services, 8 * DAY_MS)
    line = "Work 1: 0 of 1 on time; too few people to tell how many were right"
    assert line in await told(services)
