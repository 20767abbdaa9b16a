"""References of a case, whole, for those to whom they give nothing away any more."""

from bot.features.cases import references_view as views
from bot.features.cases.case_replies_view import no_such_case
from bot.features.cases.explained_question import explained_question
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from content.snapshot import Snapshot
from storage.outcome import Outcome


async def of_question(services: Services, who: Visit, ref: QuestionRef | None) -> Outcome:
    """The button under an explanation, or its link: what that explanation lists."""
    asked = ref and await explained_question(services, who.person_id, ref)
    if not asked:
        return said(who, views.not_answered(who.person_id, who.words))
    return said(who, *views.whole(who.person_id, asked.case, asked.ref.position, who.words))


async def of_case(services: Services, who: Visit, text: str) -> Outcome:
    """`/refs`: of the case that the person answered last, or of one named by its code or id."""
    case = services.library.find(text) if text else None
    if text and case is None:
        return said(who, no_such_case(who.person_id, who.words))
    found = await services.store.people.answered_case(who.person_id, case.id if case else None)
    if found is None:
        return said(who, views.not_answered(who.person_id, who.words))
    answered = Snapshot.from_json(found.snapshot).case
    return said(who, *views.whole(who.person_id, answered, found.position, who.words))
