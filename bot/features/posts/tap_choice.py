"""A tap on a choice under a post: recorded once, answered to that person alone.

Where several choices are right, taps mark choices, and the answer is what was marked when it is
submitted. Nothing but the answer to each tap shows what is marked: the buttons are everybody's.
"""

from msgspec import Struct

from bot.features.cases.record_answer import PostedQuestion, Response, given_answer
from bot.features.posts import verdict_view
from bot.features.shared.chat_settings import Layout
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.texts import counted_before_forgetting, old_button
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.grading import needs_multiple
from content.model import Question
from content.snapshot import Snapshot
from storage.facts import ChoicesMarked, Fact, MarksDropped
from storage.outcome import Outcome, Toast
from storage.question_facts import MessageFound, TallyDue
from storage.questions import PutQuestion

TALLY_PAUSE_MS = 5_000  # ms between two updates of a post's buttons


class Tap(Struct, frozen=True):
    """A press under a message of a chat: on a choice (its place in the file), or on Submit."""

    ref: QuestionRef
    choice: int | None
    chat_id: int
    message_id: int


class _Tapped(Struct, frozen=True):
    """A press under a question that is known and has buttons."""

    visit: Visit
    tap: Tap
    asked: PutQuestion
    put: PostedQuestion

    @property
    def question(self) -> Question:
        return self.put.question

    @property
    def where(self) -> tuple[int, int, int]:
        """Whose press it is, and under which question of which post."""
        return self.visit.person_id, self.asked.post_id, self.asked.position


async def tap(services: Services, visit: Visit, tapped: Tap) -> Outcome:
    """Record a choice, or mark it; whoever has answered already is told what counts."""
    words, ref = visit.words, tapped.ref
    asked = await services.store.questions.question(ref.post_id, ref.position)
    if asked is None:
        return _told(words.say("I don't have this question any more."))
    if asked.layout != Layout.BUTTONS or tapped.chat_id not in (asked.chat_id, asked.moved_from):
        # A client can send what it likes: under a poll there is no such button, and who knows a
        # question's number may be in some other chat.
        return Outcome(toast=old_button(words))
    put = PostedQuestion(Snapshot.from_json(asked.snapshot), asked.position, asked.post_id)
    outcome = await _answered(services, _Tapped(visit, tapped, asked, put))
    if tapped.chat_id != asked.chat_id:
        # In the group that became this supergroup messages have other numbers.
        return outcome
    return outcome + Outcome((MessageFound(ref.post_id, ref.position, tapped.message_id),))


async def _answered(services: Services, tapped: _Tapped) -> Outcome:
    """What a press comes to, by what its person did before, and by the time."""
    asked, question, words = tapped.asked, tapped.question, tapped.visit.words
    earlier = await services.store.questions.answer_of(*tapped.where)
    if earlier is not None:
        order = asked.choice_order
        return _told(verdict_view.again_toast(question, earlier.choices, words, order))
    if await services.store.polls.was_forgotten(*tapped.where):
        return _told(counted_before_forgetting(words))
    # A tap that waited in a backlog may have come in time, and nothing is closed before it counts.
    late = services.arrival.fresh and services.clock.now() >= asked.closes_at
    if asked.closed_at is not None or late:
        return _told(verdict_view.closed_toast(question, words))
    choice = tapped.tap.choice
    if choice is not None and choice >= len(question.choices):
        return _told(words.say("I don't have this question any more."))
    if not needs_multiple(question):
        if choice is None:
            return Outcome(toast=old_button(words))
        return await _record(services, tapped, (choice,))
    marked = await services.store.polls.draft(*tapped.where)
    if choice is not None:
        return _marked(tapped, {*marked} ^ {choice})
    if not marked:
        return _told(verdict_view.nothing_marked(words))
    submitted = await _record(services, tapped, marked)
    return submitted + Outcome((MarksDropped(*tapped.where),))


def _marked(tapped: _Tapped, marked: set[int]) -> Outcome:
    """A draft: in no count, and nobody else's to see."""
    fact: Fact = MarksDropped(*tapped.where)
    if marked:
        fact = ChoicesMarked(*tapped.where, tuple(sorted(marked)))
    order, words = tapped.asked.choice_order, tapped.visit.words
    told = verdict_view.marked_toast(tapped.question, marked, words, order)
    return Outcome((fact,), toast=Toast(told))


async def _record(services: Services, tapped: _Tapped, chosen: tuple[int, ...]) -> Outcome:
    asked, now, words = tapped.asked, services.clock.now(), tapped.visit.words
    response = Response(chosen, now, _time_taken(services, asked, now))
    given = await given_answer(services, tapped.visit.person_id, tapped.put, response)
    due = TallyDue(asked.post_id, asked.position, now + TALLY_PAUSE_MS)
    verdict = verdict_view.verdict_toast(tapped.question, chosen, words, asked.choice_order)
    return Outcome((given, due)) + _told(verdict)


def _told(sentence: str) -> Outcome:
    """An answer that stays until it is read."""
    return Outcome(toast=Toast(sentence, alert=True))


def _time_taken(services: Services, asked: PutQuestion, now: int) -> int | None:
    """Milliseconds from sending to the tap; unknown where the tap waited in a backlog."""
    if asked.sent_at is None or not services.arrival.fresh:
        return None
    # Nobody knows where the clock was set meanwhile.
    return now - asked.sent_at if now >= asked.sent_at else None
