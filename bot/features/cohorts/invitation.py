"""A link to join or to teach a cohort, as far as it still lets somebody in."""

import hashlib
import secrets
from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict

from bot.base.time_units import DAY_MS
from bot.features.cohorts.cohort_names import telegram_name
from bot.features.cohorts.consent_view import TERMS_VERSION, Invited
from bot.features.cohorts.links_view import HOW_MANY, LinkShown
from bot.features.shared.buttons import JOIN_LINK
from bot.features.shared.visitors import Visit
from bot.services import Services
from storage.cohort_facts import LinkMade
from storage.cohorts import EDUCATOR, MEMBER, Cohort, CohortLink, Educator

LINK_MS: Final = 14 * DAY_MS
"""How long a link lets people in: ms."""
MOST_MEMBERS: Final = max(HOW_MANY)
MOST_EDUCATORS: Final = 8


class Invitation(Struct, frozen=True):
    """A link that lets somebody in, now, and what it leads to."""

    link: CohortLink
    cohort: Cohort
    educators: Sequence[Educator]

    @property
    def to_teach(self) -> bool:
        """Whether it is for an educator."""
        return self.link.role == EDUCATOR

    @property
    def shown(self) -> str:
        """Stands for what is agreed to: the wording, and who teaches. It fits into a button."""
        agreed = f"{TERMS_VERSION} {sorted(one.person_id for one in self.educators)}"
        return hashlib.sha256(agreed.encode()).hexdigest()[:10]

    def invited(self, who: Visit) -> Invited:
        """What this person reads of it."""
        name = telegram_name(who.visitor)
        return Invited(self.cohort.title, self.educators, self.shown, self.link.token, name)


async def invitation_of(services: Services, token: str) -> Invitation | None:
    """What a link's token leads to; None where it lets nobody in, for whatever reason.

    A link for an educator is good as long as whoever made it teaches the cohort.
    """
    cohorts = services.store.cohorts
    link = await cohorts.link(token) if token.isascii() else None
    if link is None or not link.holds(services.clock.now()):
        return None
    cohort, educators = await cohorts.get(link.cohort_id), await cohorts.educators(link.cohort_id)
    if cohort is None or cohort.closed_at is not None or not educators:
        return None
    if link.role == MEMBER:
        room = await cohorts.size(cohort.id) < MOST_MEMBERS
    else:
        room = link.made_by in {one.person_id for one in educators}
    return Invitation(link, cohort, educators) if room else None


def link_for_members(services: Services, cohort_id: int, made_by: int, most: int) -> LinkMade:
    """A link that nobody can guess, in place of the one before, by which so many may join."""
    now, token = services.clock.now(), secrets.token_urlsafe(12)
    return LinkMade(token, cohort_id, MEMBER, False, made_by, now, now + LINK_MS, most)


def link_for_educator(
    services: Services, cohort_id: int, made_by: int, *, hands_over: bool
) -> LinkMade:
    """The same for one more educator, or one in place of who makes it."""
    now, token = services.clock.now(), secrets.token_urlsafe(12)
    return LinkMade(token, cohort_id, EDUCATOR, hands_over, made_by, now, now + LINK_MS, 1)


def shown_link(services: Services, cohort: Cohort, link: CohortLink | None) -> LinkShown:
    """A link as it is shown."""
    start = f"https://t.me/{services.bot_username}?start={JOIN_LINK}"
    address = "" if link is None else start + link.token
    return LinkShown(link, address, cohort.zone, services.clock.now())


def as_made(made: LinkMade) -> CohortLink:
    """A new link as it will be read."""
    return CohortLink(**asdict(made), uses=0)
