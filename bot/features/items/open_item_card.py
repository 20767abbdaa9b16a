"""A card is opened: two people flagged an item, or its numbers are alarming."""

from msgspec import Struct
from msgspec.structs import replace

from bot.features.items import item_card_view
from bot.features.items.deciders import deciders
from bot.features.items.item_card_numbers import ItemCardNumbers, ItemCardReason, reasons_of
from bot.features.items.item_card_view import ItemCardShown
from bot.features.shared.visitors import words_of
from bot.services import Services
from content.model import Case
from content.reckoned_items import ReckonedItem
from content.revision import item_revision, revision_of
from content.snapshot import Snapshot
from storage.case_facts import SnapshotTaken
from storage.errors import DamagedPartError
from storage.item_cards import OPEN, FlaggedItem, ItemCard, card_key
from storage.item_facts import ItemCardOpened
from storage.outcome import NOTHING, Outcome, OwedCall


class SnapshotItem(Struct, frozen=True):
    """An item: a question of a case in a wording, as it stands in a snapshot."""

    question_id: str
    revision: str
    snapshot: Snapshot
    position: int


async def flagged_items(services: Services, limit: int) -> list[FlaggedItem]:
    """Items that two people have flagged, for which there is no card yet."""
    if not services.settings.admins:
        return []
    try:
        return await services.store.item_cards.flagged_by_two(limit)
    except DamagedPartError:
        return []  # flags can be done without


async def open_for_flags(services: Services, item: FlaggedItem) -> Outcome:
    """Administrators are asked, with what is known of its answers by counting."""
    snapshot = Snapshot.from_json(item.content)
    tallies = await services.store.polls.tally(revision_of(snapshot, item.position))
    question = snapshot.case.questions[item.position]
    place = SnapshotItem(item.question_id, item.revision, snapshot, item.position)
    numbers = ItemCardNumbers.of_tally(question, tallies.all)
    return await _opened(services, place, (ItemCardReason.FLAGS,), numbers)


async def open_for_alarms(services: Services, place: SnapshotItem, item: ReckonedItem) -> Outcome:
    """Administrators are asked, unless they were already, or decided that it stays.

    What was kept in spite of an alarm gives this alarm again once its answers have doubled.
    """
    case_id = place.snapshot.case.id
    cards = await services.store.item_cards.of_item(case_id, place.revision)
    if not services.settings.admins or any(card.stands for card in cards):
        return NOTHING
    answers = item.statistics.answers
    silent = {reason for card in cards if answers < 2 * card.answers for reason in card.reasons}
    found = reasons_of(item.alarms)
    if silent.issuperset(found):
        return NOTHING
    return await _opened(services, place, found, ItemCardNumbers.of_item(item))


async def open_for_rejection(services: Services, case: Case) -> Outcome:
    """Administrators are asked of each question of a case that a reviewer rejected.

    Not of one for which a card stands.
    """
    outcome, snapshot = NOTHING, services.library.snapshot(case)
    for position, question in enumerate(case.questions):
        place = SnapshotItem(question.id, item_revision(snapshot, position), snapshot, position)
        cards = await services.store.item_cards.of_item(case.id, place.revision)
        if services.settings.admins and not any(card.stands for card in cards):
            tallies = await services.store.polls.tally(revision_of(snapshot, position))
            numbers = ItemCardNumbers.of_tally(question, tallies.all)
            outcome += await _opened(services, place, (ItemCardReason.REJECTED,), numbers)
    return outcome


async def _opened(
    services: Services,
    place: SnapshotItem,
    reasons: tuple[ItemCardReason, ...],
    numbers: ItemCardNumbers,
) -> Outcome:
    now, snapshot = services.clock.now(), place.snapshot
    case_id = snapshot.case.id
    opened = ItemCardOpened(
        services.card_ids.new(now),
        case_id,
        place.question_id,
        place.revision,
        snapshot.digest,
        place.position,
        reasons,
        numbers.to_json(),
        numbers.answers,
        now,
    )
    card = ItemCard(
        opened.card_id,
        case_id,
        place.question_id,
        place.revision,
        place.position,
        reasons,
        opened.numbers,
        opened.answers,
        now,
        OPEN,
        *(None, None, None, None),
        snapshot.to_json(),
    )
    taken = SnapshotTaken(snapshot.digest, snapshot.to_json(), now)
    return Outcome((taken, opened), await for_all(services, card))


async def for_all(services: Services, card: ItemCard) -> tuple[OwedCall, ...]:
    """The card to each who decides: in place of the message in which they have it by then."""
    shown = await shown_card(services, card)
    calls = []
    for one in await deciders(services, card.case_id):
        call = item_card_view.card(one, shown, await words_of(services, one))
        key = card_key(card.id, one)
        calls.append(replace(call, card=card.id, edit_key=key, broadcast=True))
    return tuple(calls)


async def shown_card(services: Services, card: ItemCard) -> ItemCardShown:
    """A card with what stands on it."""
    flags = await services.store.item_cards.flags(card.case_id, card.revision)
    case = Snapshot.from_json(card.content).case
    return ItemCardShown(card, case, ItemCardNumbers.from_json(card.numbers), flags)
