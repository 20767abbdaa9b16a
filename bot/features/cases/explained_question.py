"""A question of a post whose explanation a person may read, by its buttons' name."""

from msgspec import Struct

from bot.features.shared.question_buttons import QuestionRef
from bot.services import Services
from content.model import Case, Question
from content.snapshot import Snapshot


class ExplainedQuestion(Struct, frozen=True):
    """A question with its case as it was posted; ``digest`` is that of the snapshot."""

    ref: QuestionRef
    snapshot: Snapshot
    digest: str

    @property
    def case(self) -> Case:
        """The case."""
        return self.snapshot.case

    @property
    def question(self) -> Question:
        """The question itself."""
        return self.case.questions[self.ref.position]


async def explained_question(
    services: Services, person_id: int, ref: QuestionRef
) -> ExplainedQuestion | None:
    """The question, for those who have answered it or may read its explanation anyway."""
    posted = await services.store.flags.posted(ref.post_id)
    if posted is None:
        return None
    snapshot = Snapshot.from_json(posted.snapshot)
    if ref.position >= len(snapshot.case.questions):
        return None
    polls, questions = services.store.polls, services.store.questions
    if not await polls.has_answered(person_id, ref.post_id, ref.position):
        put = await questions.question(ref.post_id, ref.position)
        closed = put is not None and put.closed_at is not None
        live = services.store.live_rounds
        if not (
            closed
            or await _was_in_exam(services, person_id, ref.post_id)
            or await live.was_told(person_id, ref.post_id, ref.position)
        ):
            return None
    return ExplainedQuestion(ref, snapshot, posted.digest)


async def _was_in_exam(services: Services, person_id: int, post_id: int) -> bool:
    """Whether the person has handed in the exam that the post belongs to."""
    sitting = await services.store.sittings.of_post(post_id)
    if sitting is None or sitting.deadline is None:
        return False
    graded = sitting.state == "handed_in" and sitting.score is not None
    return graded and sitting.person_id == person_id
