"""A question of a sitting that is over, once more, and its explanation."""

from bot.features.cases.answer_explained import answer_explained, answered_before
from bot.features.cases.explanation_parts_view import title
from bot.features.cases.explanation_view import (
    for_everybody,
    naming,
)
from bot.features.cases.record_answer import PostedQuestion
from bot.features.shared.buttons import what_next
from bot.features.shared.messages import in_pages
from bot.features.shared.question_buttons import QuestionRef, under_explanation
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.features.sittings.exam_view import ExamQuestion, recalled
from bot.features.sittings.plan import Mode
from bot.services import Services
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
    case = shown.snapshot.case
    ref = QuestionRef(item.post_id, item.position)
    below = under_explanation(ref, case, services.settings.admins, words)
    keyboard = (*what_next(words), *below)
    if item.answer is None:
        signed = holding(services.library, shown.snapshot)
        messages = for_everybody(case, item.position, words, [title(case, words)], signed)
        calls = naming(in_pages(person_id, messages, keyboard), signed)
    else:
        posted = PostedQuestion(shown.snapshot, item.position, item.post_id)
        answered = answered_before(services, posted, item.answer)
        calls = await answer_explained(services, visit, posted, answered, keyboard)
    return Outcome(owed=(*recalled(person_id, shown, words), *calls))
