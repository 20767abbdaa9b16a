"""What Telegram tells of polls, besides single votes."""

from bot.context import Services
from storage.facts import PollClosed, UnknownPollSeen
from storage.outcome import NOTHING, Outcome


async def watch(services: Services, poll_id: str, fingerprint: str, *, closed: bool) -> Outcome:
    """Note that a known poll closed, or what an unknown one looks like."""
    now = services.clock.now()
    if not await services.store.polls.is_known(poll_id):
        return Outcome((UnknownPollSeen(poll_id, fingerprint, now),))
    return Outcome((PollClosed(poll_id, now),)) if closed else NOTHING
