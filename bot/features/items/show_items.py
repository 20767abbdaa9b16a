"""`/items`: what all answers say of each question, for the bot's administrators; authors read it of
the cases that they published in the chat.

Rights are judged at each step. Reckoning takes seconds, so it is asked for, and whoever asked is
told once it is done (``bot.jobs.reckon_items``).
"""

import asyncio
from collections.abc import Collection
from typing import Final

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.items import item_view, items_view
from bot.features.items.deciders import readable_cases
from bot.features.items.item_values import ShownItem, Wording
from bot.features.items.items_press import ItemsPress
from bot.features.items.items_view import PAGE_LENGTH, ListedItem, ListShown
from bot.features.shared.buttons import case_link
from bot.features.shared.messages import edited, list_page
from bot.features.shared.texts import old_button, unknown_command
from bot.features.shared.visitors import Visit, said, words_of
from bot.services import ItemPageAsked, Services
from content.codes import case_code
from content.item_statistics import ShareRight
from content.reckoned_items import ItemKey, Reckoned, ReckonedItem
from content.snapshot import case_of
from storage.outcome import Outcome, OwedCall, Toast

FRESH_MS: Final = 10 * 60 * 1000  # ms; older numbers are reckoned anew where the list is asked for


class Reader(Struct, frozen=True):
    """Who reads numbers, the words for them, and of which cases; None: of all."""

    person_id: int
    words: Words
    cases: Collection[str] | None

    @property
    def reads_any(self) -> bool:
        """Whether of any at all."""
        return self.cases is None or bool(self.cases)

    def reads(self, case_id: str) -> bool:
        """Whether of this one."""
        return self.cases is None or case_id in self.cases


async def _reader(services: Services, person_id: int, words: Words) -> Reader:
    """As rights are now."""
    return Reader(person_id, words, await readable_cases(services, person_id))


async def items(services: Services, who: Visit, argument: str) -> Outcome:
    """`/items`, or with a case's code or id those of that case; no command to all others."""
    reader = await _reader(services, who.person_id, who.words)
    if not reader.reads_any:
        return said(who, unknown_command(who.person_id, who.words))
    return await _items(services, who, reader, argument)


async def of_case(services: Services, who: Visit, code: str) -> Outcome:
    """The button under a case's results, or under a case that somebody published."""
    reader = await _reader(services, who.person_id, who.words)
    if not reader.reads_any:
        return Outcome((who.met,), toast=old_button(who.words))
    return await _items(services, who, reader, code)


async def _items(services: Services, who: Visit, reader: Reader, argument: str) -> Outcome:
    case = services.library.find(argument) if argument else None
    if argument and (case is None or not reader.reads(case.id)):
        return said(who, items_view.no_such_case(who.person_id, who.words))
    pressed = ItemsPress(case=case_code(case.id) if case else "")
    latest = services.reckoned_items
    if latest is not None and 0 <= services.clock.now() - latest.at < FRESH_MS:
        return said(who, await _page(services, reader, pressed, latest))
    services.item_requests.ask(ItemPageAsked(who.person_id, str(pressed)))
    return said(who, items_view.counting(who.person_id, who.words))


async def press(services: Services, who: Visit, pressed: ItemsPress, message_id: int) -> Outcome:
    """A button of the list or of an item; what is shown takes the place of that message."""
    reader = await _reader(services, who.person_id, who.words)
    if not reader.reads_any:
        return Outcome((who.met,), toast=old_button(who.words))
    latest = services.reckoned_items
    if latest is None:
        services.item_requests.ask(ItemPageAsked(who.person_id, str(pressed), message_id))
        return Outcome((who.met,), toast=Toast(items_view.being_counted(who.words)))
    return said(who, edited(await _page(services, reader, pressed, latest), message_id))


async def answer(services: Services, asked: ItemPageAsked) -> OwedCall | None:
    """What somebody asked for, now that all is reckoned; None where they may not see it any more.

    If it is not, because it could not be, they are told so.
    """
    pressed, latest = ItemsPress.parse(asked.page), services.reckoned_items
    words = await words_of(services, asked.person_id)
    reader = await _reader(services, asked.person_id, words)
    if pressed is None or not reader.reads_any:
        return None
    if latest is None:
        return items_view.cannot_be_counted(asked.person_id, words)
    shown = await _page(services, reader, pressed, latest)
    return shown if asked.message_id is None else edited(shown, asked.message_id)


async def _page(
    services: Services, reader: Reader, pressed: ItemsPress, latest: Reckoned
) -> OwedCall:
    current = await asyncio.to_thread(getattr, services.library, "items")
    found = latest.find(pressed.item) if pressed.item else None
    if found is not None and reader.reads(found.key.case_id):
        shown = await _shown(services, found, latest, current)
        if shown is not None:
            return item_view.item(reader.person_id, shown, pressed, reader.words)
    chosen = [
        _listed(services, one)
        for one in in_order(latest, current)
        if reader.reads(one.key.case_id)
        and (not pressed.case or case_code(one.key.case_id) == pressed.case)
    ]
    page = list_page(chosen, pressed.page, PAGE_LENGTH)
    listed = ListShown(page, len(chosen), pressed.case)
    return items_view.listed(reader.person_id, listed, reader.words)


def in_order(reckoned: Reckoned, current: Collection[ItemKey]) -> list[ReckonedItem]:
    """The items as they are asked now: first those with alarms, then the hardest.

    Behind them come those of which too few answers tell how hard they are.
    """

    def rank(one: ReckonedItem) -> tuple[bool, bool, float, int]:
        share = one.statistics.share_right
        hard = share.share if isinstance(share, ShareRight) else None
        return (not one.alarms, hard is None, hard or 0, -one.statistics.answers)

    return sorted((one for one in reckoned.items if one.key in current), key=rank)


def _listed(services: Services, one: ReckonedItem) -> ListedItem:
    case = services.library.cases[one.key.case_id]
    return ListedItem(case, services.library.items[one.key], one)


async def _shown(
    services: Services, one: ReckonedItem, latest: Reckoned, current: Collection[ItemKey]
) -> ShownItem | None:
    """An item with its other wordings; None where its case cannot be read any more."""
    wordings = latest.wordings(one.key)
    place = wordings.index(one)
    nearby = wordings[max(0, place - 1) : place + 2]
    digests = [each.asked.snapshot for each in nearby]
    snapshots = await services.store.item_wordings.snapshots(digests)
    cases = {digest: case_of(document) for digest, document in snapshots.items()}
    known = {
        each.key: Wording(case, each)
        for each in nearby
        if (case := cases.get(each.asked.snapshot)) is not None
    }
    if one.key not in known:
        return None
    before, after = ([*wordings[:place]][-1:], wordings[place + 1 :][:1])
    link = case_link(services.bot_username, one.key.case_id) if one.key in current else None
    return ShownItem(
        known[one.key],
        next((known[each.key] for each in before if each.key in known), None),
        next((known[each.key] for each in after if each.key in known), None),
        link,
    )
