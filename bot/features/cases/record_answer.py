"""An answer as a fact: graded, and known to be the person's first or not."""

from collections.abc import Collection

from msgspec import Struct

from bot.services import Services
from content.grading import grade
from content.model import Case, Question
from content.revision import revision_of
from content.snapshot import Snapshot
from storage.facts import AnswerGiven


class PostedQuestion(Struct, frozen=True):
    """A question of a case as it was posted; ``post_id`` None: one of several posts."""

    snapshot: Snapshot
    position: int
    post_id: int | None

    @property
    def case(self) -> Case:
        """The case as it was posted."""
        return self.snapshot.case

    @property
    def revision(self) -> str:
        """Which answers count together with those to it."""
        return revision_of(self.snapshot, self.position)

    @property
    def question(self) -> Question:
        """The question itself."""
        return self.case.questions[self.position]


class Response(Struct, frozen=True):
    """What a person chose (places in the question), when, and after how long; milliseconds.

    ``confidence`` is how sure they said they were.
    """

    chosen: Collection[int]
    given_at: int
    time_taken: int | None
    confidence: str | None = None


async def given_answer(
    services: Services, person_id: int, asked: PostedQuestion, response: Response
) -> AnswerGiven:
    """Grade a person's response. Raises ValueError for choices that are not there."""
    again = await services.store.polls.has_answered_anywhere(person_id, asked.revision)
    return graded_answer(person_id, asked, response, first=not again)


def graded_answer(
    person_id: int, asked: PostedQuestion, response: Response, *, first: bool
) -> AnswerGiven:
    """The same, where it is known whether it is the person's first answer to this wording."""
    question = asked.question
    choices = tuple(sorted(set(response.chosen)))
    graded = grade(question, choices)
    return AnswerGiven(
        person_id,
        asked.post_id,
        asked.position,
        asked.case.id,
        question.id,
        asked.revision,
        choices,
        graded.verdict.value,
        graded.score,
        first,
        response.given_at,
        response.time_taken,
        response.confidence,
    )
