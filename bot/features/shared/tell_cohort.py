"""Telling the people of a cohort something, each in their own language."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.base.i18n import Words
from bot.services import Services
from storage.outcome import OwedCall


async def tell_all(
    services: Services, cohort_id: int, role: str, view: Callable[[int, Words], OwedCall]
) -> tuple[OwedCall, ...]:
    """The same message to all members, or educators, whom the bot can reach."""
    made: dict[str, OwedCall] = {}
    calls = []
    for person in await services.store.cohorts.reached(cohort_id, role):
        words = services.languages.choose(person.language, person.telegram_language)
        if words.code not in made:
            made[words.code] = view(person.id, words)
        calls.append(replace(made[words.code], chat_id=person.id, broadcast=True))
    return tuple(calls)
