"""A cohort with an educator and members, made by facts, and what is assigned to it."""

from collections.abc import Sequence

from bot.base.time_units import DAY_MS
from bot.services import Services
from storage.assignment_facts import AssignmentMade, CaseAssigned
from storage.cohort_facts import CohortJoined, CohortMade
from storage.facts import PersonMet, SnapshotTaken
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.store import Store

COHORT = 41
TITLE = "Interns *2026*"


async def set_up_cohort(
    store: Store,
    now: int,
    educators: Sequence[int],
    named: Sequence[int],
    unnamed: Sequence[int] = (),
    zone: str = "UTC",
) -> None:
    """They are in it from now on; members are called after their numbers."""
    facts = [CohortMade(COHORT, TITLE, zone, now)]
    met = [PersonMet(one, "en", now) for one in (*educators, *named, *unnamed)]
    joined = [
        *(_joined(one, "educator", now, named=True) for one in educators),
        *(_joined(one, "member", now, named=True) for one in named),
        *(_joined(one, "member", now, named=False) for one in unnamed),
    ]
    await store.ledger.commit([Entry(Outcome((*met, *facts, *joined)))], now)


def _joined(person_id: int, role: str, now: int, *, named: bool) -> CohortJoined:
    return CohortJoined(COHORT, person_id, role, f"<P{person_id}>", None, named, 1, now)


async def set_up_assignment(
    services: Services,
    number: int,
    mode: str = "study",
    *,
    explained: str = "at_once",
    late: bool = False,
    opens_in: int = 0,
    due_in: int = 7 * DAY_MS,
    cases: int = 3,
) -> None:
    """The first cases of the library are assigned; spans are in ms from now."""
    now = services.clock.now()
    due_at = now + due_in
    closes_at = due_at + 7 * DAY_MS if late else due_at
    made = AssignmentMade(
        *(number, COHORT, 0, f"Work {number}", mode, explained, late, now),
        *(now + opens_in, due_at, closes_at),
    )
    facts = []
    for place, case in enumerate(list(services.library.cases.values())[:cases]):
        snapshot = services.library.snapshot(case)
        facts += [
            SnapshotTaken(snapshot.digest, snapshot.to_json(), now),
            CaseAssigned(number, place, case.id, snapshot.digest),
        ]
    await services.store.ledger.commit([Entry(Outcome((made, *facts)))], now)
