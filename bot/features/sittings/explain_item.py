"""A question of a sitting that is over, once more, and its explanation."""

from bot.features.cases.explanation_parts_view import Answered, title
from bot.features.cases.explanation_view import (
    after_case,
    after_question,
    for_everybody,
    naming,
)
from bot.features.shared.buttons import what_next
from bot.features.shared.messages import in_pages
from bot.features.shared.question_buttons import QuestionRef, under_explanation
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.features.sittings.exam_view import ExamQuestion, recalled
from bot.features.sittings.plan import Mode
from bot.services import Services
from content.grading import grade
from content.revision import revision_of
from content.signing import holding
from storage.outcome import Outcome
from storage.sittings import Sitting


async def explain(services: Services, visit: Visit, sitting: Sitting, place: int) -> Outcome:
    """As it stood there; in an exam though it was not answered."""
    items = await services.store.sittings.items(sitting.id)
    # The poll of a session can still be answered.
    if place >= len(items) or (sitting.mode != Mode.EXAM and items[place].answer is None):
        return Outcome(toast=old_button(visit.words))
    item, words, person_id = items[place], visit.words, visit.person_id
    shown = ExamQuestion(sitting.id, item, len(items), 0)
    case, question = shown.snapshot.case, shown.question
    signed = holding(services.library, shown.snapshot)
    if item.answer is None:
        messages = for_everybody(case, item.position, words, [title(case, words)], signed)
    else:
        graded = grade(question, item.answer)
        answered = Answered(case, question, item.answer, graded, signatures=signed)
        if item.position + 1 < len(case.questions):
            messages = after_question(answered, words).messages
        else:
            tally = await services.store.polls.tally(revision_of(shown.snapshot, item.position))
            messages = after_case(answered, tally.shown, words).messages
    ref = QuestionRef(item.post_id, item.position)
    below = under_explanation(ref, case, services.settings.admins, words)
    calls = naming(in_pages(person_id, messages, (*what_next(words), *below)), signed)
    return Outcome(owed=(*recalled(person_id, shown, words), *calls))
