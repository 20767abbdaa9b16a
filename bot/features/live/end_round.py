"""A live round ends: by its presenter, or by itself where nobody presents it any more."""

from msgspec.structs import replace

from bot.base.time_units import MINUTE_MS
from bot.features.cohorts.approval import is_approved
from bot.features.live import panel_view as views
from bot.features.live.presenter_panel import new_panel, panel_of
from bot.features.live.tell_phones import RoundEvent, tell_phones
from bot.features.shared.visitors import words_of
from bot.services import Services
from storage.live_facts import RoundEnded
from storage.live_rounds import ENDED, SILENT_MS, LiveRound
from storage.outcome import Outcome


async def end_round(services: Services, live: LiveRound) -> Outcome:
    """It is over, and phones are told; votes become answers soon after."""
    now = services.clock.now()
    over = replace(live, state=ENDED, ended_at=now)
    return Outcome((RoundEnded(live.id, now),), await tell_phones(services, over, RoundEvent.ENDED))


async def end_unpresented(services: Services, live: LiveRound) -> Outcome:
    """Nothing was heard of its presenter, who may be forgotten or no educator any more."""
    ended = await end_round(services, live)
    presenter = live.presenter
    person = None if presenter is None else await services.store.people.get(presenter)
    if person is None or person.blocked_at is not None:
        return ended
    words = await words_of(services, person.id)
    if await is_approved(services, person.id):
        told = views.ended_by_itself(person.id, SILENT_MS // MINUTE_MS, words)
    else:
        told = views.ended_unapproved(person.id, words)
    shown = await panel_of(services, replace(live, state=ENDED))
    # The panel may be on its way: it is edited where it stands by then.
    panel = replace(new_panel(person.id, shown, words), edit_key=f"panel:{live.id:x}")
    return ended + Outcome(owed=(panel, told))
