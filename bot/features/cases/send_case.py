"""A learner gets the case they asked for, or hears why there is none."""

from collections.abc import Collection

from msgspec.structs import replace

from bot.features.cases import case_replies_view
from bot.features.cases.case_view import Destination, opening
from bot.features.cases.choose_case import (
    AllRight,
    AllSeen,
    AnyUnseen,
    Named,
    NoneAsPreferred,
    NoSuchCase,
    Wish,
    choose,
    is_open,
)
from bot.features.cases.confidence_view import with_row
from bot.features.cases.exam_first import exam_first
from bot.features.cases.open_case import offer, passed, put_again
from bot.features.cases.private_post import figures_to_keep, post_facts
from bot.features.cases.withdrawn import why_withdrawn
from bot.features.shared.preferences import preferences_of
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.model import Case
from storage.outcome import Outcome
from storage.people import Progress


async def next_case(services: Services, visit: Visit) -> Outcome:
    """First the case that was left open is offered; else an unseen one comes, as preferred."""
    if exam := await exam_first(services, visit):
        return exam
    progress = await services.store.people.progress(visit.person_id)
    left = await offer(services, visit.person_id, progress, visit.words)
    if left is not None:
        return Outcome((visit.met,), (left,))
    wish = AnyUnseen(await preferences_of(services, visit.person_id))
    return await _sent(services, visit, wish, progress)


async def pass_by(services: Services, visit: Visit, code: str) -> Outcome:
    """Another case than the one left open, which is offered no more."""
    wish = AnyUnseen(await preferences_of(services, visit.person_id))
    return passed(services, visit, code) + await send_case(services, visit, wish)


async def send_case(services: Services, visit: Visit, wish: Wish) -> Outcome:
    """Send the case that was wished for, or say kindly why there is none."""
    if exam := await exam_first(services, visit):
        return exam
    progress = await services.store.people.progress(visit.person_id)
    return await _sent(services, visit, wish, progress)


async def _sent(services: Services, visit: Visit, wish: Wish, progress: Progress) -> Outcome:
    person_id, words = visit.person_id, visit.words
    found = choose(wish, services.library, progress, person_id, words.code)
    match found:
        case Case() if found.id in progress.held_back.sealed:
            call = case_replies_view.in_an_exam(person_id, words)
        case Case() if found.id in progress.held_back.live:
            call = case_replies_view.in_a_live_round(person_id, words)
        case Case() if is_open(found, progress) and not isinstance(wish, Named):
            again = await put_again(services, visit, found)
            return Outcome((visit.met,)) + (again or await _posted(services, visit, found))
        case Case():
            return await _posted(services, visit, found)
        case AllSeen(live=True):
            call = case_replies_view.in_a_live_round(person_id, words)
        case AllSeen(topic, to_repeat, assigned):
            call = case_replies_view.all_seen(person_id, topic, to_repeat, words, assigned=assigned)
        case NoneAsPreferred():
            call = case_replies_view.none_as_preferred(person_id, words)
        case AllRight():
            call = case_replies_view.all_right(person_id, words)
        case NoSuchCase():
            why = (
                await why_withdrawn(services, visit, wish.text) if isinstance(wish, Named) else None
            )
            call = why or case_replies_view.no_such_case(person_id, words)
    return Outcome((visit.met,), (call,))


async def another_case(
    services: Services, visit: Visit, without: Collection[str] | None
) -> Outcome:
    """Say that Telegram would not take a case, and send one but these; none where that is None."""
    found = None
    if without is not None:
        progress = await services.store.people.progress(visit.person_id)
        seen = {**dict.fromkeys(without, services.clock.now()), **progress.seen}
        wish = AnyUnseen(await preferences_of(services, visit.person_id))
        found = choose(wish, services.library, replace(progress, seen=seen), visit.person_id)
    other = found if isinstance(found, Case) else None
    line = case_replies_view.case_refused(visit.person_id, visit.words, other=other is not None)
    said = Outcome(owed=(line,))
    return said if other is None else said + await _posted(services, visit, other)


async def _posted(services: Services, visit: Visit, case: Case) -> Outcome:
    snapshot = services.library.snapshot(case)
    person_id = visit.person_id
    facts, post_id = post_facts(services, snapshot, person_id)
    preferred = await preferences_of(services, person_id)
    put = opening(snapshot, Destination(post_id, person_id))
    calls = with_row(put, visit.words, sure=preferred.confidence)
    kept = await figures_to_keep(services, snapshot)
    return Outcome((visit.met, *kept, *facts), tuple(calls))
