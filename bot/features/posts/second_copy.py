"""A second copy of a question's poll, as a kill leaves it, which a press tells of."""

from msgspec import Struct

from bot.features.posts.end_early import stop_copy
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.served_chat import served_chat
from bot.services import Services
from storage.facts import Fact
from storage.outcome import NOTHING, Outcome
from storage.poll_facts import PollFound, PollRecognised
from storage.questions import PutQuestion


class StandingPoll(Struct, frozen=True):
    """A poll as it stands in a message of a chat."""

    chat_id: int
    message_id: int
    poll_id: str
    fingerprint: str
    closed: bool


async def found_copy(services: Services, ref: QuestionRef, seen: StandingPoll) -> Outcome:
    """Note where a copy stands that was not known; stop it where its question has ended."""
    asked = await services.store.questions.question(ref.post_id, ref.position)
    if (
        asked is None
        or asked.chat_id != seen.chat_id
        or asked.message_id in {None, seen.message_id}
    ):
        return NOTHING
    facts = await _noted(services, asked, seen)
    if facts is None:
        return NOTHING
    ended = asked.closed_at is not None or asked.closes_at <= services.clock.now()
    chat = await services.store.chats.get(asked.chat_id)
    if seen.closed or not ended or chat is None:
        return Outcome(facts)
    words = served_chat(services, chat).words
    return Outcome(facts, (stop_copy(asked, seen.message_id, words),))


async def _noted(
    services: Services, asked: PutQuestion, seen: StandingPoll
) -> tuple[Fact, ...] | None:
    """What is not known yet of a poll of this question; None where it is none.

    What a button sends back can be forged: the poll itself tells.
    """
    polls, question = services.store.polls, (asked.post_id, asked.position)
    found = PollFound(seen.poll_id, seen.message_id)
    known = await polls.known(seen.poll_id)
    if known is not None:
        if (known.question.post_id, known.question.position) != question:
            return None
        return (found,) if known.message_id is None else ()
    for attempt in await polls.unanswered_attempts(seen.fingerprint):
        if (attempt.question.post_id, attempt.question.position) == question:
            return PollRecognised(attempt.id, seen.poll_id), found
    return None
