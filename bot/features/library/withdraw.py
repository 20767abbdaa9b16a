"""Cases that hold what administrators retired are not in use: kept true as that is decided."""

from collections.abc import Iterable

from bot.services import Services
from content.retiring import retiring
from storage.facts import Fact
from storage.item_cards import RETIRED
from storage.item_facts import ItemDecided


async def withdraw_retired(services: Services) -> None:
    """At a start: by what is on record. Raises StorageError."""
    retired = await services.store.item_cards.retired()
    services.library = retiring(services.library, retired)


def note(services: Services, facts: Iterable[Fact]) -> None:
    """These were recorded; nothing is worked on meanwhile."""
    for fact in facts:
        if isinstance(fact, ItemDecided):
            item = {(fact.case_id, fact.revision)}
            before = services.library.retired
            after = before | item if fact.state == RETIRED else before - item
            if after != before:
                services.library = retiring(services.library, after)
