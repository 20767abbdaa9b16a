"""A colleague goes on with a live round whose presenter is gone."""

from msgspec.structs import replace

from bot.features.live import direct_round_view as views
from bot.features.live import panel_view
from bot.features.live.present import again, presenter_name
from bot.features.live.presenter_panel import new_panel, next_look, panel_of
from bot.features.shared.messages import edited
from bot.features.shared.visitors import Visit, words_of
from bot.services import Services
from storage.live_facts import RoundTakenOver
from storage.live_rounds import LiveRound
from storage.outcome import Outcome, Toast


async def take_round_over(
    services: Services, who: Visit, live: LiveRound, presenter: int | None, message_id: int
) -> Outcome:
    """From now on this educator presents it, and the earlier panel says so.

    ``presenter``: from whom they meant to take it. Of two colleagues at once one does so.
    """
    if live.presenter == who.person_id and not live.is_over:
        return await again(services, who, live)
    rounds = services.store.live_rounds
    why = None
    if live.is_over or live.presenter is None:
        why = views.over(who.words)
    elif live.id not in {one.id for one in await rounds.of_colleagues(who.person_id)}:
        why = views.not_yours(who.words)
    elif await rounds.presented_by(who.person_id) is not None:
        why = views.one_at_a_time(who.words)
    elif live.presenter != presenter:
        why = views.somebody_else(await presenter_name(services, who, live.presenter), who.words)
    if why is not None or live.presenter is None:
        return Outcome((who.met,), toast=Toast(why or "", alert=True))
    now = services.clock.now()
    taken = replace(live, presenter=who.person_id, panel_message=None, heard_at=now)
    shown = await panel_of(services, taken)
    facts = (
        who.met,
        RoundTakenOver(live.id, live.presenter, who.person_id, now),
        next_look(services, taken, shown),
    )
    name = await presenter_name(services, who, who.person_id)
    offered = panel_view.presented_by(who.person_id, shown, name, who.person_id, who.words)
    calls = [edited(offered, message_id), new_panel(who.person_id, shown, who.words)]
    if live.panel_message is not None:
        words = await words_of(services, live.presenter)
        call = panel_view.presented_by(live.presenter, shown, name, who.person_id, words)
        calls.insert(0, edited(call, live.panel_message))
    return Outcome(facts, tuple(calls))
