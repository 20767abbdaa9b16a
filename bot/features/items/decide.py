"""What is decided on an item's card, by administrators or the case's author.

Rights and state are judged at each step.
"""

from collections.abc import Callable

from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.cases.explanation_view import for_everybody, naming
from bot.features.flags import learner_view
from bot.features.items import item_card_view as views
from bot.features.items.deciders import decides_on
from bot.features.items.item_card_buttons import ItemCardPress, ItemCardVerb
from bot.features.items.open_item_card import for_all, shown_card
from bot.features.shared.messages import edited, in_pages
from bot.features.shared.shown_names import harmless
from bot.features.shared.texts import old_button, too_long
from bot.features.shared.visitors import Visit, reachable, said
from bot.features.shared.written_words import LONGEST_TEXT
from bot.services import Services
from content.model import Case
from content.signing import holding
from content.snapshot import Snapshot
from storage.flag_facts import CommandAwaited, FlagClosed, NothingAwaited
from storage.item_cards import BROUGHT_BACK, KEPT, OPEN, RETIRED, FlagOfItem, ItemCard, card_key
from storage.item_facts import ItemDecided
from storage.outcome import Outcome, OwedCall, Toast

KEEP = "keep"
"""What is awaited of whoever is to say why: followed by the card's number."""
_NAME = 64  # visible characters
_DECIDES = {
    (ItemCardVerb.RETIRE, OPEN): RETIRED,
    (ItemCardVerb.RETIRE, BROUGHT_BACK): RETIRED,
    (ItemCardVerb.BRING_BACK, RETIRED): BROUGHT_BACK,
}

_Told = Callable[[int, Case, int, Words], OwedCall]


async def press(services: Services, who: Visit, pressed: ItemCardPress, message_id: int) -> Outcome:
    """A button of a card, or of what leads to one."""
    card = await services.store.item_cards.get(pressed.card_id)
    if card is None and who.person_id in services.settings.admins:
        return Outcome((who.met,), toast=Toast(views.gone(who.words), alert=True))
    if card is None or not await decides_on(services, who.person_id, card.case_id):
        return Outcome((who.met,), toast=old_button(who.words))
    match pressed.verb:
        case ItemCardVerb.SHOW:
            call = views.card(who.person_id, await shown_card(services, card), who.words)
            return said(who, replace(call, card=card.id))
        case ItemCardVerb.EXPLAIN:
            snapshot = Snapshot.from_json(card.content)
            signed = holding(services.library, snapshot)
            told = for_everybody(snapshot.case, card.position, who.words, signatures=signed)
            return said(who, *naming(in_pages(who.person_id, told), signed))
        case ItemCardVerb.KEEP if card.state == OPEN:
            awaited = CommandAwaited(who.person_id, f"{KEEP} {card.id:x}", services.clock.now())
            call = views.why_it_stays(who.person_id, LONGEST_TEXT, who.words)
            return Outcome((who.met, awaited), (call,))
    state = _DECIDES.get((pressed.verb, card.state))
    if state is None or not _may_change(services, who, card):
        call = views.card(who.person_id, await shown_card(services, card), who.words)
        toast = Toast(views.what_was_decided(card, who.words), alert=True)
        return Outcome((who.met,), (_where_pressed(call, card, message_id),), toast)
    decided = _decided(services, who, card, state, None)
    flags = await services.store.item_cards.flags(card.case_id, card.revision)
    if card.state != OPEN:
        # They heard of it when it was retired for the first time.
        flags = [flag for flag in flags if flag.closed_at is None]
    ended = Outcome()
    if state == RETIRED:
        ended, _ = await _ended(services, card, flags, learner_view.retired)
    return await _outcome(services, who, card, decided, message_id) + ended


def _may_change(services: Services, who: Visit, card: ItemCard) -> bool:
    """What an administrator decided, no author undoes, but by a new wording."""
    administers = who.person_id in services.settings.admins
    return administers or card.state == OPEN or card.decided_by == who.person_id


async def keep(services: Services, who: Visit, number: str, text: str) -> Outcome | None:
    """Somebody has written why the question stays: who flagged it hears it.

    None from whoever does not decide on it any more.
    """
    card = await services.store.item_cards.get(int(number, 16))
    if who.person_id not in services.settings.admins and (
        card is None or not await decides_on(services, who.person_id, card.case_id)
    ):
        return None
    nothing = NothingAwaited(who.person_id)
    if card is None or card.state != OPEN:
        call = (
            learner_view.nothing_to_cancel(who.person_id, who.words)
            if card is None
            else views.too_late(who.person_id, card, who.words)
        )
        return Outcome((who.met, nothing), (call,))
    if len(text) > LONGEST_TEXT:
        return said(who, too_long(who.person_id, len(text), who.words))
    decided = _decided(services, who, card, KEPT, text)
    flags = await services.store.item_cards.flags(card.case_id, card.revision)
    still_open = [flag for flag in flags if flag.closed_at is None]

    def told(chat_id: int, case: Case, position: int, words: Words) -> OwedCall:
        return learner_view.kept(chat_id, case, position, text, words)

    ended, heard = await _ended(services, card, still_open, told)
    call = views.kept(who.person_id, heard, who.words)
    done = await _outcome(services, who, card, decided, None)
    return Outcome((nothing,)) + done + Outcome(owed=(call,)) + ended


def _decided(
    services: Services, who: Visit, card: ItemCard, state: str, why: str | None
) -> ItemDecided:
    name, now = harmless(who.visitor.name, _NAME), services.clock.now()
    return ItemDecided(
        *(card.id, card.case_id, card.revision, card.state, state, why, who.person_id, name, now)
    )


async def _outcome(
    services: Services, who: Visit, card: ItemCard, fact: ItemDecided, message_id: int | None
) -> Outcome:
    """Everybody's card says what was decided: of who pressed, the message that they pressed."""
    after = replace(
        card,
        state=fact.state,
        why=fact.why,
        decided_by=fact.decided_by,
        decided_by_name=fact.decided_by_name,
        decided_at=fact.decided_at,
    )
    calls = [
        _where_pressed(call, card, message_id)
        if message_id is not None and call.chat_id == who.person_id
        else call
        for call in await for_all(services, after)
    ]
    return Outcome((who.met, fact), tuple(calls))


def _where_pressed(call: OwedCall, card: ItemCard, message_id: int) -> OwedCall:
    """The card in the message that was pressed, whichever that was, and not once more below it."""
    key = card_key(card.id, call.chat_id)
    return replace(edited(call, message_id), edit_key=key, card=None, broadcast=False)


async def _ended(
    services: Services, card: ItemCard, flags: list[FlagOfItem], view: _Told
) -> tuple[Outcome, int]:
    """These flags are closed, and who raised them hears what came of it; how many do."""
    case, now = Snapshot.from_json(card.content).case, services.clock.now()
    closed = tuple(FlagClosed(flag.id, now) for flag in flags)
    told = [
        view(one, case, card.position, words)
        for person_id in dict.fromkeys(flag.person_id for flag in flags)
        for one, words in await reachable(services, person_id)
    ]
    return Outcome(closed, tuple(told)), len(told)
