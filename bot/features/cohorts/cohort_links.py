"""The links of a cohort: to join it, to teach it too, to take it over."""

from msgspec.structs import replace

from bot.features.cohorts import links_view as views
from bot.features.cohorts.at_cohort import AtCohort
from bot.features.cohorts.cohort import shown_cohort
from bot.features.cohorts.cohort_view import CohortShown, cohort_page
from bot.features.cohorts.invitation import as_made, link_for_educator, link_for_members, shown_link
from bot.features.cohorts.links_view import HOW_MANY
from bot.features.shared.visitors import said
from storage.cohort_facts import LinkBounded
from storage.cohorts import CohortLink
from storage.outcome import Outcome


async def link(at: AtCohort) -> Outcome:
    """Send the link with its QR code."""
    shown = await shown_cohort(at.services, at.who, at.cohort)
    if shown.link.ended:
        return await at.showing_page()
    return said(at.who, views.qr_code(at.who.person_id, at.cohort.title, shown.link, at.who.words))


async def renew(at: AtCohort) -> Outcome:
    """Another link in place of the one there is, for as many people."""
    shown = await shown_cohort(at.services, at.who, at.cohort)
    before = shown.link.link
    return _renewed(at, shown, HOW_MANY[1] if before is None else before.most)


async def most(at: AtCohort) -> Outcome:
    """Choose how many may join by the link; one that has ended is replaced."""
    if at.number not in HOW_MANY:
        return at.showing(views.how_many(at.who.person_id, at.cohort, at.who.words))
    shown = await shown_cohort(at.services, at.who, at.cohort)
    before = shown.link.link
    if before is None or shown.link.ended:
        return _renewed(at, shown, at.number)
    bounded = Outcome((LinkBounded(before.token, at.number),))
    return bounded + _showing(at, shown, replace(before, most=at.number))


def _renewed(at: AtCohort, shown: CohortShown, most: int) -> Outcome:
    made = link_for_members(at.services, at.cohort.id, at.who.person_id, most)
    return Outcome((made,)) + _showing(at, shown, as_made(made))


def _showing(at: AtCohort, shown: CohortShown, link: CohortLink) -> Outcome:
    after = replace(shown, link=shown_link(at.services, at.cohort, link))
    return at.showing(cohort_page(at.who.person_id, after, at.who.words))


async def add(at: AtCohort) -> Outcome:
    """A link for another educator."""
    return _educator_link(at, hands_over=False)


async def hand_over(at: AtCohort) -> Outcome:
    """A link for an educator in place of this one."""
    return _educator_link(at, hands_over=True)


def _educator_link(at: AtCohort, *, hands_over: bool) -> Outcome:
    me, title = at.who.person_id, at.cohort.title
    made = link_for_educator(at.services, at.cohort.id, me, hands_over=hands_over)
    shown = shown_link(at.services, at.cohort, as_made(made))
    call = views.educator_link(me, title, shown, at.who.words, hands_over=hands_over)
    return Outcome((at.who.met, made), (call,))
