"""Why a case does not come: to administrators, where its question was retired."""

from bot.features.cases import case_replies_view as views
from bot.features.shared.visitors import Visit
from bot.services import Services
from storage.outcome import OwedCall


async def why_withdrawn(services: Services, who: Visit, text: str) -> OwedCall | None:
    """What an administrator reads who names a withdrawn case by its code or id; None to others."""
    if who.person_id not in services.settings.admins:
        return None
    case = services.library.find_withdrawn(text)
    if case is None:
        return None
    names = (case.id, *case.formerly)
    cards = [card for name in names for card in await services.store.item_cards.retired_in(name)]
    return views.withdrawn(who.person_id, case, [card.id for card in cards], who.words)
