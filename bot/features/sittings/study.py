"""A practice session: case after case, each explained at once, with a pause where one is wanted."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.cases.case_view import Destination, again
from bot.features.cases.confidence_view import with_row
from bot.features.shared.preferences import preferences_of
from bot.features.shared.visitors import Visit
from bot.features.sittings import sitting_replies_view as replies
from bot.features.sittings.hand_in import hand_in
from bot.features.sittings.plan import Mode
from bot.features.sittings.sitting_replies_view import SittingProgress
from bot.services import Services
from content.retiring import is_retired
from content.snapshot import Snapshot
from storage.facts import CaseRefused
from storage.outcome import Outcome
from storage.sitting_facts import ItemOpened, SittingPaused, SittingResumed
from storage.sittings import Sitting, SittingItem


async def go_on(services: Services, visit: Visit) -> Outcome:
    """The button under an explanation: the next case of the session, or its end."""
    sitting = await services.store.sittings.current(visit.person_id)
    if sitting is None:
        return Outcome((visit.met,), toast=replies.none_open(visit.words))
    if sitting.mode == Mode.EXAM:
        return Outcome((visit.met,), toast=replies.exam_open(visit.words))
    items = await services.store.sittings.items(sitting.id)
    waiting = _waiting(items)
    if waiting is not None and waiting.post_id == items[sitting.shown].post_id:
        return Outcome((visit.met,), toast=replies.answer_first(visit.words))
    return Outcome((visit.met,)) + await put_next(services, sitting, items, visit.words)


async def put_next(
    services: Services, sitting: Sitting, items: Sequence[SittingItem], words: Words
) -> Outcome:
    """The case that waits, whether it was put before or not; without any, the session is over."""
    items, gone = _without_retired(services, sitting, items)
    item = _waiting(items)
    if item is None:
        return Outcome(gone) + await hand_in(services, sitting, items, words)
    place = Destination(item.post_id, sitting.person_id)
    snapshot = Snapshot.from_json(item.snapshot)
    head = replies.which_of(sitting.person_id, sitting, standing(items), words)
    facts = (*gone, ItemOpened(sitting.id, item.place), SittingResumed(sitting.id))
    preferred = await preferences_of(services, sitting.person_id)
    calls = with_row(again(snapshot, item.position, place), words, sure=preferred.confidence)
    return Outcome(facts, (head,)) + Outcome(owed=tuple(calls))


async def pause(services: Services, sitting: Sitting, words: Words) -> Outcome:
    """The session rests until somebody goes on with it."""
    items = await services.store.sittings.items(sitting.id)
    told = replies.paused(sitting.person_id, sitting, standing(items), words)
    return Outcome((SittingPaused(sitting.id),), (told,))


def standing(items: Sequence[SittingItem]) -> SittingProgress:
    """How many of its cases are done: those that could not be put are."""
    waiting = {item.post_id for item in items if item.answer is None and item.counts}
    cases = {item.post_id for item in items}
    return SittingProgress(len(cases - waiting), len(cases))


def _without_retired(
    services: Services, sitting: Sitting, items: Sequence[SittingItem]
) -> tuple[Sequence[SittingItem], tuple[CaseRefused, ...]]:
    """What would be next but was retired since the session began does not come, nor count."""
    put, gone = items[sitting.shown].post_id, list[int]()
    while (one := _waiting(items)) is not None and one.post_id != put:
        if not is_retired(services.library, Snapshot.from_json(one.snapshot)):
            break
        gone.append(one.post_id)
        items = [replace(each, refused=each.refused or each.post_id in gone) for each in items]
    now = services.clock.now()
    return items, tuple(CaseRefused(post_id, now) for post_id in gone)


def _waiting(items: Sequence[SittingItem]) -> SittingItem | None:
    return next((item for item in items if item.answer is None and item.counts), None)
