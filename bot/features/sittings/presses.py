"""A press in a sitting: whose it is, whether it is over, and what it comes to."""

from bot.features.shared.messages import delete
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit, zone_of
from bot.features.sittings import sitting_replies_view as replies
from bot.features.sittings.exam import ExamPress, show, taken_away
from bot.features.sittings.exam import press as press_in_exam
from bot.features.sittings.explain_item import explain
from bot.features.sittings.hand_in import ANYWHERE, hand_in, is_late
from bot.features.sittings.plan import Mode
from bot.features.sittings.sitting_buttons import SittingPress, SittingVerb
from bot.features.sittings.study import pause, put_next, standing
from bot.services import Services
from storage.outcome import Outcome, Toast
from storage.sitting_facts import ScreenTakenAway, SittingLeftOff
from storage.sittings import Sitting


async def press(services: Services, visit: Visit, data: str, message_id: int) -> Outcome:
    """Do what a button says, if whoever presses it may and can do that now."""
    pressed = SittingPress.parse(data)
    sitting = None
    if pressed is not None:
        sitting = await services.store.sittings.get(pressed.sitting_id)
    if pressed is None or sitting is None:
        return Outcome((visit.met,), toast=old_button(visit.words))
    if sitting.person_id != visit.person_id:
        return Outcome((visit.met,), toast=replies.not_yours(visit.words))
    met = Outcome((visit.met,))
    if (
        sitting.state == "handed_in"
        and pressed.verb is SittingVerb.WHY
        and sitting.score is not None
    ):
        return met + await explain(services, visit, sitting, pressed.place)
    if sitting.is_over:
        zone = await zone_of(services, visit.person_id) or ANYWHERE
        return met + Outcome(toast=replies.over(sitting, zone, visit.words))
    if is_late(services, sitting) or pressed.verb is SittingVerb.HAND_IN:
        items = await services.store.sittings.items(sitting.id)
        return met + await hand_in(services, sitting, items, visit.words, {message_id})
    if sitting.mode == Mode.EXAM:
        return met + await _in_exam(services, visit, sitting, pressed, message_id)
    return met + await _in_session(services, visit, sitting, pressed, message_id)


async def _in_exam(
    services: Services, visit: Visit, sitting: Sitting, pressed: SittingPress, message_id: int
) -> Outcome:
    words = visit.words
    items = await services.store.sittings.items(sitting.id)
    match pressed.verb:
        case SittingVerb.RESUME:
            return await show(services, sitting, items, words, {message_id})
        case SittingVerb.LEAVE | SittingVerb.VOID if sitting.assignment_id is not None:
            return Outcome(toast=replies.one_attempt(words))
        case SittingVerb.LEAVE:
            return Outcome(owed=(replies.leave_off(visit.person_id, sitting, words),))
        case SittingVerb.VOID:
            gone = await taken_away(services, sitting, {message_id})
            void = SittingLeftOff(sitting.id, services.clock.now())
            told = replies.left_off(visit.person_id, words)
            return Outcome((void, ScreenTakenAway(sitting.id)), (told, *gone))
        case SittingVerb.GO | SittingVerb.CHOOSE | SittingVerb.MARK | SittingVerb.OVERVIEW:
            at = ExamPress(sitting, items, pressed, message_id, words)
            return await press_in_exam(services, at)
    return Outcome(toast=old_button(words))


async def _in_session(
    services: Services, visit: Visit, sitting: Sitting, pressed: SittingPress, message_id: int
) -> Outcome:
    match pressed.verb:
        case SittingVerb.RESUME:
            items = await services.store.sittings.items(sitting.id)
            gone = Outcome(owed=(delete(visit.person_id, [message_id]),))
            return gone + await put_next(services, sitting, items, visit.words)
        case SittingVerb.PAUSE if sitting.state == "paused":
            return Outcome(toast=Toast(visit.words.say("It is paused already.")))
        case SittingVerb.PAUSE:
            return await pause(services, sitting, visit.words)
        case SittingVerb.LEAVE:
            items = await services.store.sittings.items(sitting.id)
            sure = replies.end_assigned(visit.person_id, sitting, standing(items), visit.words)
            return Outcome(owed=(sure,))
    return Outcome(toast=old_button(visit.words))
