"""What somebody in a live round reads at a press: the case as it stands, and the explanation."""

from bot.base.i18n import Words
from bot.features.cases.case_view import told_before
from bot.features.cases.explanation_parts_view import Answered
from bot.features.cases.explanation_view import (
    ExplanationMessages,
    after_case,
    after_question,
    for_everybody,
)
from bot.features.live import vote_view as views
from bot.features.live.phone_buttons import PhonePress
from bot.features.live.phone_view import Votes
from bot.features.shared.buttons import what_next
from bot.features.shared.messages import in_pages
from bot.features.shared.question_buttons import QuestionRef, under_explanation
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.grading import grade
from content.revision import revision_of
from content.snapshot import Snapshot
from storage.live_rounds import GATHERING
from storage.outcome import Outcome


async def see_case(services: Services, visit: Visit, pressed: PhonePress) -> Outcome:
    """Vignette, figures and news, as far as the room has come."""
    live = await services.store.live_rounds.get(pressed.round_id)
    if live is None:
        return Outcome(toast=old_button(visit.words))
    if not await services.store.live_rounds.takes_part(live.id, visit.person_id):
        return Outcome(toast=views.not_joined(visit.words))
    if live.state == GATHERING:
        return Outcome((visit.met,), toast=views.not_shown(visit.words))
    snapshot = Snapshot.from_json(live.content)
    calls = told_before(snapshot, live.position + 1, visit.person_id)
    return Outcome((visit.met,), tuple(calls))


async def explanation(services: Services, visit: Visit, pressed: PhonePress) -> Outcome:
    """The whole of it, once the answer was revealed or the round is over.

    Then nobody can vote in the question any more. Who cast two votes reads of the one that counts.
    """
    words, rounds, position = visit.words, services.store.live_rounds, pressed.position
    live = await rounds.get(pressed.round_id)
    if live is None:
        return Outcome(toast=old_button(words))
    snapshot = Snapshot.from_json(live.content)
    if not await rounds.takes_part(live.id, visit.person_id):
        return Outcome(toast=views.not_joined(words))
    if not await rounds.was_told(visit.person_id, live.post_id, position):
        return Outcome((visit.met,), toast=views.not_revealed(words))
    votes = await services.store.live_votes.of_person(live.id, position, visit.person_id)
    case, last = snapshot.case, position + 1 == len(snapshot.case.questions)
    told = ExplanationMessages(for_everybody(case, position, words), ())
    if votes:
        answered = _answered(snapshot, position, votes, words)
        tally = await services.store.polls.tally(revision_of(snapshot, position))
        told = after_case(answered, tally.shown, words) if last else after_question(answered, words)
    ref = QuestionRef(live.post_id, position)
    below = under_explanation(ref, case, services.settings.admins, words)
    keyboard = (*(what_next(words) if last else ()), *below)
    calls = in_pages(visit.person_id, told.messages, keyboard, common=told.common)
    return Outcome((visit.met,), tuple(calls))


def _answered(snapshot: Snapshot, position: int, votes: Votes, words: Words) -> Answered:
    question = snapshot.case.questions[position]
    counts = votes.get(1) or votes[2]
    notes: tuple[str, ...] = ()
    if len(votes) == 2 and votes[2] != counts:
        later = "; ".join(question.choices[place].text for place in votes[2])
        notes = (words.say("After discussion you chose: {choices}.", choices=later),)
    return Answered(snapshot.case, question, counts, grade(question, counts), notes)
