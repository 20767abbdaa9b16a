"""A presenter's presses. Rights, and where the round stands, are judged at each of them."""

from msgspec import structs
from msgspec.structs import replace

from bot.features.cohorts.approval import is_approved
from bot.features.live import direct_round_view as views
from bot.features.live import panel_view
from bot.features.live.end_round import end_round
from bot.features.live.live_buttons import Act, RoundPress
from bot.features.live.panel_view import Panel
from bot.features.live.present import presenter_name
from bot.features.live.presenter_panel import asked_there, next_look, panel_of
from bot.features.live.states import RoundPosition, Step, after
from bot.features.live.take_round_over import take_round_over
from bot.features.live.tell_phones import RoundEvent, tell_phones
from bot.features.shared.messages import edited
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.snapshot import Snapshot
from storage.live_facts import PresenterHeard, RoundStepped
from storage.live_rounds import CLOSED, ENDED, OPEN, LiveRound
from storage.outcome import Outcome, Toast

_TELLS = {
    Step.OPEN: RoundEvent.OPENED,
    Step.AGAIN: RoundEvent.OPENED_AGAIN,
    Step.REVEAL: RoundEvent.REVEALED,
    Step.NEXT: RoundEvent.NEXT,
}


async def press(services: Services, who: Visit, pressed: RoundPress, message_id: int) -> Outcome:
    """Do what the button says, if it can be done where the round stands now."""
    live = await services.store.live_rounds.get(pressed.round_id)
    if live is None:
        return Outcome((who.met,), toast=old_button(who.words))
    if not await is_approved(services, who.person_id):
        return _refused(who, views.not_approved(who.words))
    if pressed.what is Act.TAKE_OVER:
        return await take_round_over(services, who, live, pressed.presenter, message_id)
    if live.is_over:
        return await _what_stands(services, who, live, message_id)
    if live.presenter != who.person_id:
        name = await presenter_name(services, who, live.presenter)
        return _refused(who, views.somebody_else(name, who.words))
    if pressed.what is Act.GO_ON:
        return await _standing(services, who, live, message_id)
    now = RoundPosition.of(live)
    if (pressed.position, pressed.ballot) != (now.position, now.ballot):
        return await _what_stands(services, who, live, message_id)
    step = Step.END if pressed.what is Act.END_NOW else Step(pressed.what)
    if step is Step.END:
        return await _end(services, who, live, message_id, asked=pressed.what is Act.END_NOW)
    then = after(now, step, len(Snapshot.from_json(live.content).case.questions))
    if then is None:
        return await _what_stands(services, who, live, message_id)
    stepped = await _stepped(services, live, then, _TELLS.get(step))
    after_it = replace(live, **structs.asdict(then))
    return (
        Outcome((who.met,))
        + stepped
        + await _shown(services, who, after_it, message_id, len(stepped.owed))
    )


async def _stepped(
    services: Services, live: LiveRound, then: RoundPosition, moment: RoundEvent | None
) -> Outcome:
    """The round stands there now, and phones are told where that concerns them."""
    was = {f"was_{name}": each for name, each in structs.asdict(RoundPosition.of(live)).items()}
    stands, now = structs.asdict(then), services.clock.now()
    fact = RoundStepped(live.id, live.presenter or 0, **was, **stands, stepped_at=now)
    there = replace(live, **stands)
    told = () if moment is None else await tell_phones(services, there, moment)
    return Outcome((fact,), told)


async def _end(
    services: Services, who: Visit, live: LiveRound, message_id: int, *, asked: bool
) -> Outcome:
    """It is asked once more where votes stand whose answer was not revealed."""
    if not asked and live.state in {OPEN, CLOSED}:
        counted = await services.store.live_votes.counted(live.id, live.position)
        if counted:
            shown = await panel_of(services, live)
            call = panel_view.end_question(who.person_id, shown, who.words)
            asking = Outcome((asked_there(services, live),), (edited(call, message_id),))
            return _heard(services, who, live) + asking
    ended = await end_round(services, live)
    over = replace(live, state=ENDED)
    return Outcome((who.met,)) + ended + await _shown(services, who, over, message_id, 0)


async def _what_stands(services: Services, who: Visit, live: LiveRound, message_id: int) -> Outcome:
    """Nothing is done: the press came too late, or twice. It is told where the round stands."""
    shown = await panel_of(services, live)
    told = Outcome(toast=Toast(panel_view.what_stands(shown, who.words)))
    if live.presenter not in {who.person_id, None}:
        return Outcome((who.met,)) + told
    return _heard(services, who, live) + _edits(who, live, shown, message_id) + told


async def _standing(services: Services, who: Visit, live: LiveRound, message_id: int) -> Outcome:
    """The panel in place of a question."""
    return _heard(services, who, live) + await _shown(services, who, live, message_id, 0)


async def _shown(
    services: Services, who: Visit, live: LiveRound, message_id: int, more_owed: int
) -> Outcome:
    """The panel as it is from now on, where it was pressed and where it was sent last."""
    shown = await panel_of(services, live, more_owed)
    looked = Outcome((next_look(services, live, shown),))
    return looked + _edits(who, live, shown, message_id)


def _edits(who: Visit, live: LiveRound, shown: Panel, message_id: int) -> Outcome:
    call = panel_view.panel(who.person_id, shown, who.words)
    messages = {message_id, live.panel_message or message_id}
    return Outcome(owed=tuple(edited(call, one) for one in sorted(messages)))


def _heard(services: Services, who: Visit, live: LiveRound) -> Outcome:
    return Outcome((who.met, PresenterHeard(live.id, who.person_id, services.clock.now())))


def _refused(who: Visit, sentence: str) -> Outcome:
    return Outcome((who.met,), toast=Toast(sentence, alert=True))
