"""A tap on a choice under a post: recorded once, answered to that person alone."""

from bot.context import Services
from bot.usecases.chats.explaining import private_link
from bot.usecases.recording import Asked, given_answer
from bot.usecases.visiting import Visit
from bot.views.chats.buttons import QuestionRef
from bot.views.chats.verdicts import verdict_toast
from content.snapshot import Snapshot
from storage.chat_facts import MessageFound, TallyDue
from storage.outcome import Outcome, Toast

TALLY_PAUSE = 5_000  # ms between two updates of a post's buttons


async def tap(
    services: Services, visit: Visit, ref: QuestionRef, choice: int, message_id: int
) -> Outcome:
    """Record a choice; a second tap repeats the verdict and shows the way to the explanation."""
    words, now = visit.words, services.clock.now()
    asked = await services.store.chats.question(ref.post_id, ref.position)
    if asked is None:
        return Outcome(toast=Toast(words.say("I don't have this question any more."), alert=True))
    put = Asked(Snapshot.from_json(asked.snapshot).case, asked.position, asked.post_id)
    question = put.question
    found = MessageFound(ref.post_id, ref.position, message_id)
    earlier = await services.store.chats.answer_of(visit.person_id, ref.post_id, ref.position)
    if earlier is not None:
        verdict = verdict_toast(question, earlier.choices, words)
        return Outcome((found,), toast=Toast(verdict, url=private_link(services, ref)))
    if asked.closed_at is not None or now >= asked.closes_at:
        return Outcome(toast=Toast(words.say("⏰ This question is closed."), alert=True))
    if not 0 <= choice < len(question.choices):
        return Outcome(toast=Toast(words.say("I don't have this question any more."), alert=True))
    given = await given_answer(
        services, visit.person_id, put, (choice,), now, max(0, now - asked.put_at)
    )
    due = TallyDue(ref.post_id, ref.position, now + TALLY_PAUSE)
    toast = Toast(verdict_toast(question, (choice,), words), alert=True)
    return Outcome((given, found, due), toast=toast)
