"""What there is for a plan: whole cases, or single questions that are due for review."""

from msgspec import Struct

from bot.features.cards.up_to_date import Cards, card_of, cards_of, due_cards
from bot.features.practice.choose_review import choose_wording
from bot.features.shared.preferences import preferences_of
from bot.features.shared.visitors import Visit
from bot.features.sittings.plan import CaseSource, Plan, chosen, fitting
from bot.services import Services
from content.model import Case
from content.one_question_case import alone
from content.snapshot import Snapshot
from storage.facts import Fact


class Fit(Struct, frozen=True):
    """How many fit a plan, and what was found out of the person's cards on the way."""

    count: int
    facts: tuple[Fact, ...] = ()


class FoundQuestions(Struct, frozen=True):
    """What a sitting asks, each case as it is today; and the same."""

    snapshots: list[Snapshot]
    facts: tuple[Fact, ...] = ()


async def count(services: Services, person_id: int, plan: Plan) -> Fit:
    """How many cases fit; of what is due, some may have been repeated often enough."""
    if plan.source is not CaseSource.DUE:
        return Fit(len(await _cases(services, person_id, plan)))
    cards = await cards_of(services, person_id)
    due = await _due(services, cards, plan)
    cases = {cards.objectives.wordings(objective)[0].case.id for objective in due}
    return Fit(len(cases), cards.facts)


async def take(services: Services, visit: Visit, plan: Plan, number: int) -> FoundQuestions:
    """As many as were wanted: of cases in the sitting's own order, of what is due the urgent.

    Of a case that is due in several questions, the most urgent.
    """
    library = services.library
    if plan.source is not CaseSource.DUE:
        cases = await _cases(services, visit.person_id, plan)
        taken = chosen(cases, plan.size, number, visit.words.code)
        return FoundQuestions([library.snapshot(case) for case in taken])
    cards = await cards_of(services, visit.person_id)
    snapshots: list[Snapshot] = []
    for objective in await _due(services, cards, plan):
        if len(snapshots) == plan.size:
            break
        card = await card_of(services, cards, objective)
        among = cards.objectives.wordings(objective)
        wording = card and choose_wording(card, among, services.clock.now())
        # What is told before one question of a case may give another away.
        if wording and wording.case.id not in (one.case.id for one in snapshots):
            case = alone(wording.case, wording.position, wording.variant)
            snapshots.append(library.snapshot(case, wording.variant))
    return FoundQuestions(snapshots, cards.facts)


async def _cases(services: Services, person_id: int, plan: Plan) -> list[Case]:
    progress = await services.store.people.progress(person_id)
    preferences = await preferences_of(services, person_id)
    return fitting(plan, services.library, progress, preferences)


async def _due(services: Services, cards: Cards, plan: Plan) -> list[str]:
    """The objectives that are due, on the plan's topic; the most urgent first."""
    due = await due_cards(services, cards, services.clock.now(), plan.topic or None)
    return [card.objective for card in due]
