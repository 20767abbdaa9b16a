"""What follows from item analysis: cards for what alarms, and how a new wording does."""

from collections.abc import Iterable

from bot.features.items import next_wording_view
from bot.features.items.deciders import deciders
from bot.features.items.item_values import Wording
from bot.features.items.open_item_card import SnapshotItem, open_for_alarms
from bot.features.shared.visitors import words_of
from bot.services import Services
from content.item_statistics import MINIMUMS
from content.reckoned_items import ItemKey, Reckoned, ReckonedItem
from content.snapshot import case_of
from storage.item_cards import ItemCard
from storage.item_facts import ItemCompared
from storage.outcome import NOTHING, Outcome

MOST = 10
"""Cards at one time: who has to look at more looks at none. The others come the next days."""


async def follow_up(services: Services, reckoned: Reckoned) -> list[Outcome]:
    """What administrators are asked and told, now that all items are reckoned."""
    current = services.library.items
    alarming = [one for one in reckoned.items if one.alarms and one.key in current]
    outcomes: list[Outcome] = []
    for one in sorted(alarming, key=lambda each: -each.statistics.answers):
        if len(outcomes) == MOST:
            break
        place = _place(services, one)
        if (outcome := await open_for_alarms(services, place, one)) is not NOTHING:
            outcomes.append(outcome)
    return [*outcomes, *await _compared(services, reckoned, current)]


def _place(services: Services, one: ReckonedItem) -> SnapshotItem:
    case = services.library.cases[one.key.case_id]
    snapshot, position = services.library.snapshot(case), services.library.items[one.key]
    return SnapshotItem(one.key.question_id, one.key.revision, snapshot, position)


async def _compared(
    services: Services, reckoned: Reckoned, current: Iterable[ItemKey]
) -> list[Outcome]:
    """Of each question that was decided on, the wording that came after it, beside it."""
    cards = await services.store.item_cards.to_compare()
    # Of several decisions on one question, the last.
    last = {(card.case_id, card.question_id): card for card in cards}
    now_asked = {(key.case_id, key.question_id): key for key in current}
    by_key = {one.key: one for one in reckoned.items}
    outcomes = []
    for question, card in last.items():
        new = by_key.get(now_asked.get(question, ItemKey(*question, "")))
        old = by_key.get(ItemKey(*question, card.revision))
        if old is None or new is None or old.key == new.key:
            continue
        if new.statistics.answers >= MINIMUMS.discrimination:
            done = [each for each in cards if (each.case_id, each.question_id) == question]
            outcomes.append(await _told(services, card, old, new, done))
    return outcomes


async def _told(
    services: Services,
    card: ItemCard,
    old: ReckonedItem,
    new: ReckonedItem,
    done: Iterable[ItemCard],
) -> Outcome:
    now = services.clock.now()
    facts = tuple(ItemCompared(each.id, now) for each in done)
    wordings = []
    snapshots = await services.store.item_wordings.snapshots(
        [old.asked.snapshot, new.asked.snapshot]
    )
    for one in (old, new):
        case = case_of(snapshots.get(one.asked.snapshot, ""))
        if case is None:
            return Outcome(facts)
        wordings.append(Wording(case, one))
    before, after = wordings
    return Outcome(
        facts,
        tuple(
            [
                next_wording_view.next_wording(
                    one, card, before, after, await words_of(services, one)
                )
                for one in await deciders(services, card.case_id)
            ]
        ),
    )
