"""What a member of a cohort has to do, as their list of cohorts shows it."""

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.assignments import assignment_card_view as views
from bot.features.assignments.assignment_card_view import AssignmentCard, HowFar
from bot.features.assignments.assignment_cards import card_of
from bot.features.shared.messages import Button
from bot.services import Services

MOST = 10  # assignments of one cohort, the latest


class Listed(Struct, frozen=True):
    """A line for each of a member's assignments, as plain text, and a button for each."""

    lines: tuple[str, ...]
    rows: tuple[tuple[Button], ...]


async def own_assignments(
    services: Services, cohort_id: int, person_id: int, words: Words
) -> Listed:
    """What a member has and had to do in a cohort, and what is coming; the latest first."""
    store = services.store
    cohort = await store.cohorts.get(cohort_id)
    if cohort is None:
        return Listed((), ())
    own = {one.assignment_id: one for one in await store.assignments.of_person(person_id)}
    now, cards = services.clock.now(), list[AssignmentCard]()
    for one in await store.assignments.of_cohort(cohort_id):
        soon = one.opens_at > now and one.cancelled_at is None
        if len(cards) < MOST and (one.id in own or soon):
            cards.append(await card_of(services, one, cohort, own.get(one.id)))
    shown = [card for card in cards if card.how_far is not HowFar.CANCELLED]
    return Listed(
        tuple(views.in_list(card, words) for card in shown),
        tuple((views.list_button(card),) for card in shown),
    )
