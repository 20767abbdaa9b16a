"""A case that was given and not answered is open: the learner can go on with it, or pass it by."""

from bot.base.i18n import Words
from bot.features.cases import case_replies_view
from bot.features.cases.case_view import Destination, again
from bot.features.cases.choose_case import left_open
from bot.features.cases.confidence_view import with_row
from bot.features.cases.exam_first import exam_first
from bot.features.cases.private_post import figures_to_keep
from bot.features.shared import texts
from bot.features.shared.preferences import preferences_of
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.model import Case
from content.snapshot import Snapshot
from storage.case_mark_facts import CasePassed
from storage.outcome import Outcome, OwedCall
from storage.people import Progress, SentCase


async def offer(
    services: Services, person_id: int, progress: Progress, words: Words
) -> OwedCall | None:
    """The question whether to go on with the case left open last, if there is one."""
    for case in left_open(services.library, progress):
        if await _given(services, person_id, case.id) is not None:
            return case_replies_view.one_is_open(person_id, case, words)
    return None


async def go_on(services: Services, visit: Visit, code: str) -> Outcome:
    """The open case once more, from the question that waits."""
    if exam := await exam_first(services, visit):
        return exam
    case = services.library.find(code)
    if case is None:
        return Outcome((visit.met,), toast=texts.old_button(visit.words))
    held_back = await services.store.assignments.held_back(visit.person_id)
    if case.id in held_back.sealed:
        in_exam = case_replies_view.in_an_exam(visit.person_id, visit.words)
        return Outcome((visit.met,), (in_exam,))
    if case.id in held_back.live:
        in_round = case_replies_view.in_a_live_round(visit.person_id, visit.words)
        return Outcome((visit.met,), (in_round,))
    found = await put_again(services, visit, case)
    none_waits = Outcome(toast=case_replies_view.not_open(visit.words))
    return Outcome((visit.met,)) + (found or none_waits)


def passed(services: Services, visit: Visit, code: str) -> Outcome:
    """The open case is not offered again; it still counts as new."""
    case = services.library.find(code)
    if case is None:
        return Outcome((visit.met,))
    return Outcome((visit.met, CasePassed(visit.person_id, case.id, services.clock.now())))


async def put_again(services: Services, visit: Visit, case: Case) -> Outcome | None:
    """An open case in the same post, as it was given; None where nothing of it waits."""
    person_id = visit.person_id
    given = await _given(services, person_id, case.id)
    if given is None:
        return None
    snapshot, place = Snapshot.from_json(given.snapshot), Destination(given.post_id, person_id)
    kept = await figures_to_keep(services, snapshot)
    preferred = await preferences_of(services, person_id)
    calls = with_row(again(snapshot, given.answered, place), visit.words, sure=preferred.confidence)
    return Outcome(tuple(kept), tuple(calls))


async def _given(services: Services, person_id: int, case_id: str) -> SentCase | None:
    given = await services.store.people.sent_case(person_id, case_id)
    if given is None:
        return None
    questions = Snapshot.from_json(given.snapshot).case.questions
    return given if given.answered < len(questions) else None
