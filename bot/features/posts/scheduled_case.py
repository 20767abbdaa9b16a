"""A chat's schedule, kept: the case that is due, and when to look again."""

from msgspec.structs import replace

from bot.base.time_units import HOUR_MS
from bot.features.membership.notices_view import ChatProblem
from bot.features.membership.warn_inviter import warn
from bot.features.posts.make_way import make_way
from bot.features.posts.post_case import planned_case, post_case
from bot.features.posts.tell_untold_results import waits_to_tell
from bot.features.shared.chat_settings import ChatSettings
from bot.features.shared.served_chat import ServedChat
from bot.scheduling.missed import PostNow, decide
from bot.scheduling.timetable import due_after, upcoming
from bot.services import Services
from storage.chat_facts import ChatSet
from storage.outcome import Outcome

GRACE_MS = 2 * HOUR_MS  # ms; a case missed by more, while the bot was down, is let go


async def post_scheduled_case(services: Services, served: ServedChat) -> Outcome:
    """Post what is due in a chat, of several missed the latest; and set when it is due next."""
    chat, settings = served.chat, served.settings
    timetable = settings.timetable
    if timetable is None or settings.paused or chat.next_due is None:
        return _due(served, settings, None)
    # What lay before the due time on record was served, or was due before this was set.
    now = services.clock.now()
    decision = decide(timetable, chat.next_due - 1, now, GRACE_MS)
    # Of the next so many each is passed over, also where it was missed.
    passed = [at for at in upcoming(timetable, chat.next_due - 1, settings.skipped) if at <= now]
    settings = replace(settings, skipped=settings.skipped - len(passed))
    if not isinstance(decision, PostNow):
        return _due(served, settings, decision.next_ms)
    done = _due(served, settings, due_after(timetable, decision.due_ms))
    if decision.due_ms in passed or await services.store.chats.was_served(chat.id, decision.due_ms):
        return done
    if await waits_to_tell(services, served):
        # The chat takes nothing now: it is asked hourly whether it does, and by no case.
        return done
    before = await make_way(services, served, decision.due_ms)
    if before is not None:
        return before
    case = await planned_case(services, served)
    if case is None:
        return done + await warn(services, chat, ChatProblem.NO_CASE)
    return done + await post_case(services, served, case, due_at=decision.due_ms)


def _due(served: ServedChat, settings: ChatSettings, next_due: int | None) -> Outcome:
    return Outcome((ChatSet(served.chat.id, settings.to_json(), next_due, served.chat.digest_due),))
