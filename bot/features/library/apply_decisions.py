"""The cases in use are as people decided: those that hold what is retired are out, signatures on.

Kept true from the record at a start, and afterwards as each decision is recorded.
"""

from collections.abc import Sequence

from bot.features.library import note_signatures, withdraw
from bot.services import Services
from storage.facts import Fact


async def load(services: Services) -> None:
    """By what is on record. Raises StorageError."""
    await withdraw.withdraw_retired(services)
    await note_signatures.load_signatures(services)


def note(services: Services, facts: Sequence[Fact]) -> None:
    """These were recorded; nothing is worked on meanwhile."""
    withdraw.note(services, facts)
    note_signatures.note(services, facts)
