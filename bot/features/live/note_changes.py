"""Which live rounds have changed, for the screens that show them."""

from collections.abc import Sequence

from bot.services import Services
from storage.facts import Fact, PersonForgotten, PersonLeft
from storage.live_facts import RoundFact


def note(services: Services, facts: Sequence[Fact]) -> None:
    """These were recorded."""
    for round_id in {fact.round_id for fact in facts if isinstance(fact, RoundFact)}:
        services.live.changed(round_id)
    if any(isinstance(fact, PersonForgotten | PersonLeft) for fact in facts):
        services.live.any_changed()  # where they were, perhaps nobody knows any more
