"""What was answered amid a live round of its case is explained once that is over."""

from bot.features.cases.answer_explained import answer_explained, answered_before
from bot.features.cases.case_replies_view import round_not_over
from bot.features.cases.choose_case import is_open
from bot.features.cases.explained_question import explained_question
from bot.features.cases.open_case import put_again
from bot.features.cases.record_answer import PostedQuestion
from bot.features.shared.buttons import what_next
from bot.features.shared.question_buttons import QuestionRef, under_explanation
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.services import Services
from storage.outcome import Outcome


async def explain_later(services: Services, visit: Visit, question: str) -> Outcome:
    """The explanation; then the question that waits, unless the round asked it too."""
    met, person_id, words = Outcome((visit.met,)), visit.person_id, visit.words
    ref = QuestionRef.parse(question)
    asked = ref and await explained_question(services, person_id, ref)
    if not asked:
        return met + Outcome(toast=old_button(words))
    held_back = await services.store.assignments.held_back(person_id)
    if asked.case.id in held_back.live:
        return met + Outcome(toast=round_not_over(words))
    post_id, position = asked.ref.post_id, asked.ref.position
    given = await services.store.questions.answer_of(person_id, post_id, position)
    if given is None:
        return met + Outcome(toast=old_button(words))
    case, posted = asked.case, PostedQuestion(asked.snapshot, position, post_id)
    below = under_explanation(asked.ref, case, services.settings.admins, words)
    if position + 1 == len(case.questions):
        below = (*what_next(words), *below)
    answered = answered_before(services, posted, given.choices)
    calls = await answer_explained(services, visit, posted, answered, below)
    progress = await services.store.people.progress(person_id)
    waits = await put_again(services, visit, case) if is_open(case, progress) else None
    return met + Outcome(owed=tuple(calls)) + (waits or Outcome())
