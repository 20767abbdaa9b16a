"""While an exam is open no case and no review comes: what explains them may explain the exam."""

from bot.features.cases import case_replies_view
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from storage.outcome import Outcome


async def exam_first(services: Services, visit: Visit) -> Outcome | None:
    """The way back to the exam that the person has open; None where there is none."""
    if await exam_until(services, visit.person_id) is None:
        return None
    return said(visit, case_replies_view.exam_open(visit.person_id, visit.words))


async def exam_until(services: Services, person_id: int) -> int | None:
    """The deadline of the exam that a person has open, UTC milliseconds; None: there is none."""
    sitting = await services.store.sittings.current(person_id)
    return None if sitting is None else sitting.deadline
