"""A tap on a choice under a post: recorded once, answered to that person alone."""

from msgspec import Struct

from bot.features.cases.record_answer import Asked, Response, given_answer
from bot.features.posts.explain import private_link
from bot.features.posts.verdict_view import verdict_toast
from bot.features.shared.chat_settings import Layout
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.snapshot import Snapshot
from storage.chat_facts import MessageFound, TallyDue
from storage.chats import PutQuestion
from storage.facts import Fact
from storage.outcome import Outcome, Toast

TALLY_PAUSE_MS = 5_000  # ms between two updates of a post's buttons


class Tap(Struct, frozen=True):
    """A press on a choice (its place in the file) under a message of a chat."""

    ref: QuestionRef
    choice: int
    chat_id: int
    message_id: int


async def tap(services: Services, visit: Visit, tapped: Tap) -> Outcome:
    """Record a choice; a second tap repeats the verdict and shows the way to the explanation."""
    words, now, ref = visit.words, services.clock.now(), tapped.ref
    asked = await services.store.chats.question(ref.post_id, ref.position)
    if asked is None:
        return Outcome(toast=Toast(words.say("I don't have this question any more."), alert=True))
    if asked.layout != Layout.BUTTONS:
        # A poll has no such button, but a client can send what it likes.
        return Outcome(toast=old_button(words))
    put = Asked(Snapshot.from_json(asked.snapshot).case, asked.position, asked.post_id)
    question = put.question
    found: tuple[Fact, ...] = ()
    if tapped.chat_id == asked.chat_id:
        # Not in the group that became this supergroup, where messages have other numbers.
        found = (MessageFound(ref.post_id, ref.position, tapped.message_id),)
    earlier = await services.store.chats.answer_of(visit.person_id, ref.post_id, ref.position)
    if earlier is not None:
        verdict = verdict_toast(question, earlier.choices, words)
        return Outcome(found, toast=Toast(verdict, url=private_link(services, ref)))
    # A tap that waited in a backlog may have come in time, and nothing is closed before it counts.
    late = services.arrival.fresh and now >= asked.closes_at
    if asked.closed_at is not None or late:
        return Outcome(toast=Toast(words.say("⏰ This question is closed."), alert=True))
    if not 0 <= tapped.choice < len(question.choices):
        return Outcome(toast=Toast(words.say("I don't have this question any more."), alert=True))
    response = Response((tapped.choice,), now, _time_taken(services, asked, now))
    given = await given_answer(services, visit.person_id, put, response)
    due = TallyDue(ref.post_id, ref.position, now + TALLY_PAUSE_MS)
    toast = Toast(verdict_toast(question, (tapped.choice,), words), alert=True)
    return Outcome((given, *found, due), toast=toast)


def _time_taken(services: Services, asked: PutQuestion, now: int) -> int | None:
    """Milliseconds from sending to the tap; unknown where the tap waited in a backlog."""
    if asked.sent_at is None or not services.arrival.fresh:
        return None
    # Nobody knows where the clock was set meanwhile.
    return now - asked.sent_at if now >= asked.sent_at else None
