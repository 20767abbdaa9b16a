"""`/cohort`: an educator's cohorts, one made, one renamed; and the way to become an educator."""

from typing import Final

from bot.features.assignments.educators import taught_by
from bot.features.cohorts import approval
from bot.features.cohorts import cohort_view as views
from bot.features.cohorts.cohort_names import LONGEST_TITLE, telegram_name, typed_name
from bot.features.cohorts.invitation import as_made, link_for_members, shown_link
from bot.features.cohorts.links_view import HOW_MANY
from bot.features.shared.visitors import Visit, said, zone_of
from bot.services import Services
from storage.cohort_facts import CohortJoined, CohortMade, CohortRenamed, EducatorMet
from storage.cohorts import EDUCATOR, MEMBER, Cohort, Educator
from storage.flag_facts import CommandAwaited
from storage.outcome import Outcome, OwedCall, Toast

NEW: Final = "new"
"""Follows `/cohort` where the next text is the title of a new cohort."""
RENAME: Final = "rename"
"""The same where it is another title; then the cohort's id."""
_MOST_TAUGHT = 20  # open cohorts of one educator
_DIGITS = 19  # of what SQLite takes no more


async def cohort(services: Services, who: Visit, text: str) -> Outcome:
    """`/cohort`, with the number of one, or with what was typed when a title was asked for."""
    word, _, rest = text.partition(" ")
    met = Outcome((met_again(who),))
    if word == NEW:
        return met + await _take_title(services, who, rest)
    if word == RENAME:
        number, _, title = rest.partition(" ")
        return met + await _take_other_title(services, who, _number(number), title)
    taught = await taught_by(services, who.person_id, _number(word))
    if taught is not None:
        return met + said(who, await page(services, who, taught))
    return met + said(who, await overview(services, who))


async def overview(services: Services, who: Visit) -> OwedCall:
    """What an educator teaches; or how somebody becomes one."""
    cohorts = await services.store.cohorts.of(who.person_id, EDUCATOR)
    if not cohorts:
        if await approval.is_approved(services, who.person_id):
            return views.begin(who.person_id, who.words)
        return await approval.offer(services, who)
    if len(cohorts) == 1:
        return await page(services, who, cohorts[0])
    return views.listed(who.person_id, cohorts, who.words)


async def page(services: Services, who: Visit, shown: Cohort) -> OwedCall:
    """A cohort's page."""
    return views.cohort_page(who.person_id, await shown_cohort(services, who, shown), who.words)


async def shown_cohort(services: Services, who: Visit, shown: Cohort) -> views.CohortShown:
    """What there is to show of a cohort."""
    cohorts = services.store.cohorts
    link = next((one for one in await cohorts.links(shown.id) if one.role == MEMBER), None)
    return views.CohortShown(
        shown,
        await cohorts.size(shown.id),
        await cohorts.educators(shown.id),
        shown_link(services, shown, link),
        len(await cohorts.of(who.person_id, EDUCATOR)) > 1,
    )


async def ask_title(services: Services, who: Visit) -> Outcome:
    """A new cohort's title is asked for."""
    if not await approval.is_approved(services, who.person_id):
        return said(who, await approval.offer(services, who))
    if not await _may_make(services, who.person_id):
        return Outcome((who.met,), toast=Toast(views.too_many(who.words), alert=True))
    awaited = CommandAwaited(who.person_id, f"cohort {NEW}", services.clock.now())
    return Outcome((who.met, awaited), (views.which_title(who.person_id, who.words),))


def ask_other_title(services: Services, who: Visit, renamed: Cohort) -> Outcome:
    """The same for a cohort that has one."""
    awaited = CommandAwaited(who.person_id, _renaming(renamed.id), services.clock.now())
    return Outcome((who.met, awaited), (views.which_title(who.person_id, who.words),))


async def _take_title(services: Services, who: Visit, text: str) -> Outcome:
    if not await _may_make(services, who.person_id):
        return said(who, await overview(services, who))
    title = typed_name(text, LONGEST_TITLE)
    if title is None:
        return _unfit(services, who, f"cohort {NEW}")
    return await _made(services, who, title)


async def _take_other_title(services: Services, who: Visit, cohort_id: int, text: str) -> Outcome:
    taught = await taught_by(services, who.person_id, cohort_id)
    if taught is None or taught.closed_at is not None:
        return said(who, await overview(services, who))
    title = typed_name(text, LONGEST_TITLE)
    if title is None:
        return _unfit(services, who, _renaming(cohort_id))
    after = Cohort(cohort_id, title, taught.zone, taught.made_at, None, taught.report_due)
    return Outcome((who.met, CohortRenamed(cohort_id, title)), (await page(services, who, after),))


def _unfit(services: Services, who: Visit, completes: str) -> Outcome:
    awaited = CommandAwaited(who.person_id, completes, services.clock.now())
    return Outcome((who.met, awaited), (views.title_unfit(who.person_id, who.words),))


async def _made(services: Services, who: Visit, title: str) -> Outcome:
    """A cohort with its educator and a link, as they will be."""
    now, me = services.clock.now(), who.person_id
    zone = await zone_of(services, me) or services.settings.timezone.key
    made = CohortMade(services.cohort_ids.new(now), title, zone, now)
    name, username = telegram_name(who.visitor), who.visitor.username
    teaches = CohortJoined(made.cohort_id, me, EDUCATOR, name, username, True, 0, now)
    link = link_for_members(services, made.cohort_id, me, HOW_MANY[1])
    taught = await services.store.cohorts.of(me, EDUCATOR)
    role = await services.store.cohorts.role(me, EDUCATOR)
    educator = Educator(me, name, username, None if role is None else role.decided_by_name)
    cohort = Cohort(made.cohort_id, title, zone, now, None, None)
    shown = shown_link(services, cohort, as_made(link))
    page = views.CohortShown(cohort, 0, [educator], shown, bool(taught))
    call = views.cohort_page(me, page, who.words)
    return Outcome((who.met, made, teaches, link), (call,))


async def _may_make(services: Services, person_id: int) -> bool:
    taught = await services.store.cohorts.of(person_id, EDUCATOR)
    few = sum(one.closed_at is None for one in taught) < _MOST_TAUGHT
    return few and await approval.is_approved(services, person_id)


def met_again(who: Visit) -> EducatorMet:
    """Members know an educator by today's name."""
    return EducatorMet(who.person_id, telegram_name(who.visitor), who.visitor.username)


def _renaming(cohort_id: int) -> str:
    return f"cohort {RENAME} {cohort_id}"


def _number(text: str) -> int:
    """A cohort's number; 0, which is none's, where it is not one."""
    fits = text.isdecimal() and text.isascii() and len(text) < _DIGITS
    return int(text) if fits else 0
