"""An answer that is on record, explained once more: as it was given, whenever that was."""

from collections.abc import Collection

from bot.features.cases.explanation_parts_view import Answered
from bot.features.cases.explanation_view import after_case, after_question, naming
from bot.features.cases.record_answer import PostedQuestion
from bot.features.shared.messages import Keyboard, in_pages
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.grading import grade
from content.signing import holding
from storage.outcome import OwedCall


def answered_before(
    services: Services, asked: PostedQuestion, chosen: Collection[int], *, headed: bool = False
) -> Answered:
    """What is on record, graded, with the signatures that hold today. Raises as ``grade``."""
    choices, signed = tuple(chosen), holding(services.library, asked.snapshot)
    graded = grade(asked.question, choices)
    return Answered(asked.case, asked.question, choices, graded, signatures=signed, headed=headed)


async def answer_explained(
    services: Services, visit: Visit, asked: PostedQuestion, answered: Answered, below: Keyboard
) -> list[OwedCall]:
    """The messages; after the last question with how others answered, as far as that is shown."""
    if asked.position + 1 == len(asked.case.questions):
        tally = await services.store.polls.tally(asked.revision)
        told = after_case(answered, tally.shown, visit.words)
    else:
        told = after_question(answered, visit.words)
    calls = in_pages(visit.person_id, told.messages, below, common=told.common)
    return naming(calls, answered.signatures)
