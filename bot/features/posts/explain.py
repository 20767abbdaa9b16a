"""The explanation of a chat's question, in private, for whoever has answered it."""

from bot.features.cases.answer_explained import answer_explained, answered_before
from bot.features.cases.explanation_parts_view import heading
from bot.features.cases.explanation_view import (
    for_everybody,
    naming,
)
from bot.features.cases.record_answer import PostedQuestion
from bot.features.posts import post_replies_view
from bot.features.shared import buttons
from bot.features.shared.messages import in_pages
from bot.features.shared.question_buttons import WHY_LINK, QuestionRef, under_explanation
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.signing import holding
from content.snapshot import Snapshot
from storage.outcome import Outcome, Toast


async def point_to(services: Services, visit: Visit, ref: QuestionRef) -> Outcome:
    """The button in the chat: a way into the private chat, or "answer first"."""
    words = visit.words
    asked = await services.store.questions.question(ref.post_id, ref.position)
    if asked is None:
        return Outcome(toast=Toast(words.say("I don't have this question any more."), alert=True))
    where = (visit.person_id, ref.post_id, ref.position)
    polls = services.store.polls
    if not (
        asked.closed_at is not None
        or await polls.has_answered(*where)
        or await polls.was_forgotten(*where)
    ):
        marked = await polls.draft(*where)
        first = words.say("Submit what you marked first; then I explain.") if marked else None
        told = first or words.say("Answer first; then I explain.")
        return Outcome(toast=Toast(told, alert=True))
    return Outcome(toast=Toast(url=private_link(services, ref)))


def private_link(services: Services, ref: QuestionRef) -> str:
    """The deep link that opens an explanation in private."""
    return f"https://t.me/{services.bot_username}?start={WHY_LINK}{ref}"


async def explain(services: Services, visit: Visit, ref: QuestionRef) -> Outcome:
    """The whole explanation in the private chat."""
    asked = await services.store.questions.question(ref.post_id, ref.position)
    where = (visit.person_id, ref.post_id, ref.position)
    given = await services.store.questions.answer_of(*where)
    if asked is None:
        return Outcome(
            (visit.met,), (post_replies_view.no_such_question(visit.person_id, visit.words),)
        )
    snapshot = Snapshot.from_json(asked.snapshot)
    case = snapshot.case
    keyboard = buttons.what_next(visit.words)
    if given is not None or asked.closed_at is not None:
        # Before the closing, these are for who has answered and is known to have.
        admins = services.settings.admins
        keyboard = (*keyboard, *under_explanation(ref, case, admins, visit.words))
    if given is None:
        if asked.closed_at is None and not await services.store.polls.was_forgotten(*where):
            first = post_replies_view.answer_first(visit.person_id, visit.words)
            return Outcome((visit.met,), (first,))
        # They can answer no more: nothing is spoilt.
        above, signed = (
            [heading(case, asked.position, visit.words)],
            holding(services.library, snapshot),
        )
        messages = for_everybody(case, asked.position, visit.words, above, signed)
        calls = naming(in_pages(visit.person_id, messages, keyboard), signed)
        return Outcome((visit.met,), tuple(calls))
    question = PostedQuestion(snapshot, asked.position, ref.post_id)
    answered = answered_before(services, question, given.choices, headed=True)
    calls = await answer_explained(services, visit, question, answered, keyboard)
    return Outcome((visit.met,), tuple(calls))
