"""Who reads the numbers of a case's questions and decides on them: the bot's administrators, and
the author who published it in the chat.
"""

from collections.abc import Collection

from bot.services import Services
from storage.roles import AUTHOR


async def deciders(services: Services, case_id: str) -> list[int]:
    """Those of a case, as rights are now."""
    author = await _author(services, case_id)
    others = [] if author is None or author in services.settings.admins else [author]
    return [*sorted(services.settings.admins), *others]


async def decides_on(services: Services, person_id: int, case_id: str) -> bool:
    """Whether this person is one of them."""
    return person_id in services.settings.admins or person_id == await _author(services, case_id)


async def readable_cases(services: Services, person_id: int) -> Collection[str] | None:
    """The ids of those cases whose numbers somebody reads; None: of all."""
    if person_id in services.settings.admins:
        return None
    if await services.store.roles.holder(person_id, AUTHOR) is None:
        return ()
    published = await services.store.publications.cases_of(person_id)
    return {one.case_id for one in published if one.withdrawn_at is None}


async def _author(services: Services, case_id: str) -> int | None:
    """Who published it in the chat, while they write cases here."""
    published = await services.store.publications.case(case_id)
    if published is None or published.person_id is None or published.withdrawn_at is not None:
        return None
    holder = await services.store.roles.holder(published.person_id, AUTHOR)
    return None if holder is None else holder.person_id
