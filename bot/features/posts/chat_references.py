"""`/refs` in a group: the references of a case that has closed there."""

from msgspec import Struct

from bot.features.cases import references_view
from bot.features.posts import post_replies_view as views
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.snapshot import Snapshot
from storage.outcome import Outcome
from storage.questions import PutQuestion


class RepliedTo(Struct, frozen=True):
    """A message that a command replies to; ``ref`` is the question that its button names."""

    message_id: int
    ref: QuestionRef | None


async def chat_references(
    services: Services, who: Visit, chat_id: int, replied_to: RepliedTo | None
) -> Outcome:
    """Of the question that was replied to, else of the one that closed last."""
    questions = services.store.questions
    asked = None if replied_to is None else await _question(services, chat_id, replied_to)
    asked = asked or await questions.last_closed(chat_id)
    if asked is None or asked.closed_at is None:
        return Outcome(owed=(views.references_later(chat_id, who.words),))
    case = Snapshot.from_json(asked.snapshot).case
    calls = references_view.whole(chat_id, case, asked.position, who.words)
    return Outcome(owed=tuple(calls))


async def _question(services: Services, chat_id: int, replied_to: RepliedTo) -> PutQuestion | None:
    questions = services.store.questions
    if replied_to.ref is not None:
        return await questions.question(replied_to.ref.post_id, replied_to.ref.position)
    return await questions.standing_in(chat_id, replied_to.message_id)
