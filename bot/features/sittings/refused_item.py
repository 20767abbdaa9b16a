"""Telegram refuses a question of a sitting for good: it does not count, and the rest goes on."""

from msgspec.structs import replace

from bot.features.membership.rejected_call import meaning
from bot.features.shared.visitors import words_of
from bot.features.sittings import sitting_replies_view as replies
from bot.features.sittings.exam import show
from bot.features.sittings.plan import Mode
from bot.services import Services
from storage.case_facts import CaseRefused
from storage.outbox import OwedRow
from storage.outcome import NOTHING, Outcome


async def refused_item(services: Services, row: OwedRow, description: str) -> Outcome:
    """What follows where a call was to show a question of a sitting that is open."""
    about = row.about
    if row.chat_id < 0 or about is None or about.position is None:
        return NOTHING
    sitting = await services.store.sittings.of_post(about.post_id)
    if sitting is None or sitting.is_over or meaning(row.method, description) is None:
        return NOTHING
    words = await words_of(services, sitting.person_id)
    items = await services.store.sittings.items(sitting.id)
    refused = Outcome((CaseRefused(about.post_id, services.clock.now()),))
    if sitting.mode != Mode.EXAM:
        return refused + Outcome(owed=(replies.case_refused(row.chat_id, words),))
    if any(item.refused and item.post_id == about.post_id for item in items):
        return NOTHING  # not even a text is taken
    known = [replace(one, refused=one.refused or one.post_id == about.post_id) for one in items]
    return refused + await show(services, sitting, known, words)
