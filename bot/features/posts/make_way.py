"""What must end before another case comes: none is put into the midst of another."""

from bot.features.posts.end_early import end_question
from bot.features.shared.served_chat import ServedChat
from bot.services import Services
from content.snapshot import case_of
from storage.chat_facts import CaseHeld
from storage.chats import MOST_HELD_MS
from storage.outcome import Outcome
from storage.questions import PutQuestion

_LOOK_AGAIN_MS = 1_000  # while results are about to come


async def make_way(services: Services, served: ServedChat, due_ms: int) -> Outcome | None:
    """What comes first of a case due at ``due_ms``; None: nothing, and the case may come.

    A question whose time is nearly over ends now: its results come, and then the case, or the
    next question of its own case, which has this time to itself. For a case of several
    questions that is not so far the new one waits.
    """
    now = services.clock.now()
    thread_id = served.settings.thread_id
    there = await services.store.questions.open_in(served.chat.id)
    first = [one for one in there if one.thread_id == thread_id and _comes_first(one, now, due_ms)]
    if not first:
        return None
    outcome, look_at = Outcome(), now + MOST_HELD_MS
    for asked in first:
        if _nearly_over(asked, now, due_ms):
            look_at = now + _LOOK_AGAIN_MS
            if asked.closes_at > now:
                outcome += await end_question(services, asked, now, served.words)
        elif asked.sent_at is not None:
            look_at = min(look_at, asked.closes_at)
    return outcome + Outcome((CaseHeld(served.chat.id, look_at),))


async def under_way(services: Services, served: ServedChat) -> PutQuestion | None:
    """A question of a case of several, open where the next case would go: none comes amid them."""
    thread_id = served.settings.thread_id
    for asked in await services.store.questions.open_in(served.chat.id):
        if asked.thread_id == thread_id and _has_parts(asked):
            return asked
    return None


def _nearly_over(asked: PutQuestion, now: int, due_ms: int) -> bool:
    """Whether at most a quarter of a question's time was left when the case was due."""
    if asked.sent_at is None:
        return False
    return asked.closes_at <= now or asked.closes_at - due_ms <= _open_for(asked) / 4


def _comes_first(asked: PutQuestion, now: int, due_ms: int) -> bool:
    """Whether a question is to end before the case comes, as planned or by now.

    One that came late, since Telegram could not be reached, was to end when it was planned to.
    """
    if _nearly_over(asked, now, due_ms) or asked.put_at + _open_for(asked) * 3 / 4 <= due_ms:
        return True
    return _has_parts(asked)


def _has_parts(asked: PutQuestion) -> bool:
    case = case_of(asked.snapshot)
    return case is not None and len(case.questions) > 1


def _open_for(asked: PutQuestion) -> int:
    return asked.closes_at - (asked.put_at if asked.sent_at is None else asked.sent_at)
