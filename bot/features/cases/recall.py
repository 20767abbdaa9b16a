"""What is said of an answer beyond its verdict: when it comes back, and what was chosen before."""

from collections.abc import Mapping

from msgspec import Struct

from bot.features.cards.card import Given, folded
from bot.features.cards.up_to_date import card_of, cards_of, wording_name
from bot.services import Services
from content.grading import Verdict, grade
from content.model import Case
from content.snapshot import case_of
from storage.practice import EarlierAnswer


class Recall(Struct, frozen=True):
    """Of an answer given at ``asked_at`` that was sure and wrong: when it comes back, ``due_at``.

    Of a review: what was chosen ``before``, in its words, and when; ``same_picture``: it was met in
    this very wording before. Times are UTC milliseconds.
    """

    asked_at: int
    due_at: int | None = None
    before: tuple[str, ...] = ()
    before_at: int | None = None
    same_picture: bool = False


class Recalled(Struct, frozen=True):
    """An answer that is to be recorded; ``chosen`` are places in the one question of ``case``."""

    person_id: int
    case: Case
    position: int
    chosen: tuple[int, ...]
    at: int
    confidence: str | None
    purpose: str
    variant: str | None


async def recall(services: Services, answer: Recalled) -> Recall:
    """Look up what is to be said of an answer that is not recorded yet. Raises StorageError."""
    question = answer.case.questions[answer.position]
    graded = grade(question, answer.chosen)
    due_at, before, met = None, None, frozenset[str]()
    if answer.purpose == "review":
        before = await services.store.practices.last_answer(
            answer.person_id, answer.case.id, question.id
        )
    wording = wording_name(answer.case.id, question.id, answer.variant)
    cards = await cards_of(services, answer.person_id)
    objective = cards.objectives.name(answer.case.id, question.id)
    if objective is not None:
        card = await card_of(services, cards, objective)
        met = frozenset(card.met if card else ())
        given = Given(
            *(wording, graded.verdict.value, graded.score, answer.confidence, answer.at),
            len(cards.objectives.wordings(objective)),
        )
        due_at = folded(card, given, f"{answer.person_id}:{objective}").due_at
    sure_and_wrong = graded.verdict is Verdict.WRONG and answer.confidence == "certain"
    return Recall(
        answer.at,
        due_at if sure_and_wrong else None,
        () if before is None else _chosen(before, question.id),
        None if before is None else before.answered_at,
        answer.purpose == "review" and wording in met,
    )


def _chosen(before: EarlierAnswer, question_id: str) -> tuple[str, ...]:
    """The choices in the words of the time; none where those are not known any more."""
    case = None if before.snapshot is None else case_of(before.snapshot)
    asked: Mapping[str, tuple[str, ...]] = (
        {}
        if case is None
        else {each.id: tuple(c.text for c in each.choices) for each in case.questions}
    )
    texts = asked.get(question_id, ())
    return tuple(texts[place] for place in before.choices if place < len(texts))
