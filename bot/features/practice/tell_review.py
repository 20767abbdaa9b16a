"""What a learner says of a review: not again, or whether the picture gave the answer away."""

from msgspec import Struct

from bot.features.cases.recall_view import KNEW, RECOGNISED, how_known
from bot.features.practice import review_view as views
from bot.features.shared import texts
from bot.features.shared.messages import Button, Rows, with_others
from bot.features.shared.question_buttons import ASK_AGAIN, NOT_AGAIN, QuestionRef, not_again
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.snapshot import case_of
from storage.outcome import Outcome, OwedCall
from storage.practice import AskedQuestion
from storage.practice_facts import ObjectivePaused, ObjectiveResumed, PictureRecognised


class ReviewPress(Struct, frozen=True):
    """A press under a review: ``verb`` and ``question`` are what the button sent back.

    ``rows`` are the buttons that stand under its message, None where that is not known.
    """

    verb: str
    question: str
    message_id: int
    rows: Rows | None


async def tell_review(services: Services, who: Visit, pressed: ReviewPress) -> Outcome:
    """Keep what is said, and show it on the button; rights are judged here and now."""
    ref = QuestionRef.parse(pressed.question)
    asked = None
    if ref is not None:
        asked = await services.store.practices.asked(who.person_id, ref.post_id, ref.position)
    if ref is None or asked is None or asked.purpose != "review":
        return Outcome((who.met,), toast=texts.old_button(who.words))
    if pressed.verb in {NOT_AGAIN, ASK_AGAIN}:
        return _paused(services, who, pressed, ref, asked)
    return _recognised(who, pressed, ref, asked)


def _paused(
    services: Services, who: Visit, pressed: ReviewPress, ref: QuestionRef, asked: AskedQuestion
) -> Outcome:
    case = case_of(asked.snapshot)
    objective = None
    if case is not None:
        question = case.questions[ref.position]
        objective = services.library.objectives.name(case.id, question.id)
    if objective is None:
        return Outcome((who.met,), toast=views.asleep(who.words))
    pauses = pressed.verb == NOT_AGAIN
    fact = (
        ObjectivePaused(who.person_id, objective, services.clock.now())
        if pauses
        else ObjectiveResumed(who.person_id, objective)
    )
    shown = _shown(who, pressed, {pressed.verb: not_again(ref, who.words, paused=pauses)})
    return Outcome((who.met, fact), shown, views.paused(who.words, paused=pauses))


def _recognised(
    who: Visit, pressed: ReviewPress, ref: QuestionRef, asked: AskedQuestion
) -> Outcome:
    if not asked.answered:
        return Outcome((who.met,), toast=texts.old_button(who.words))
    recognised = pressed.verb == RECOGNISED
    fact = PictureRecognised(who.person_id, ref.post_id, ref.position, recognised)
    knew, recog = how_known(ref, recognised, who.words)
    shown = _shown(who, pressed, {KNEW: knew, RECOGNISED: recog})
    return Outcome((who.met, fact), shown, views.noted(who.words))


def _shown(who: Visit, pressed: ReviewPress, buttons: dict[str, Button]) -> tuple[OwedCall, ...]:
    """The same buttons, but for those of these verbs."""
    instead = {f"{verb}{pressed.question}": button for verb, button in buttons.items()}
    return with_others(who.person_id, pressed.message_id, pressed.rows, instead)
