"""Whoever was away for a while is offered three things worth doing, instead of all that waits."""

from bot.base.time_units import DAY_MS
from bot.features.cards.up_to_date import card_of, cards_of, due_cards
from bot.features.cases.choose_case import is_unseen
from bot.features.cases.exam_first import exam_first
from bot.features.practice import review_view as views
from bot.features.practice.send_review import put_review, review_of_card
from bot.features.shared import texts
from bot.features.shared.preferences import preferences_of
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.model import Case
from storage.outcome import Outcome

AWAY_MS = 14 * DAY_MS
_WORTH_DOING = 3


async def welcome_back(services: Services, who: Visit) -> Outcome | None:
    """Three items, the most urgent reviews first; None of somebody who was not away."""
    last = await services.store.practices.last_answered(who.person_id)
    now = services.clock.now()
    if last is None or now - last < AWAY_MS:
        return None
    cards = await cards_of(services, who.person_id)
    due = (await due_cards(services, cards, now))[:_WORTH_DOING]
    reviews = [cards.objectives.wordings(card.objective)[0] for card in due]
    new = await _new(services, who, _WORTH_DOING - len(reviews))
    if not reviews and not new:
        return None
    call = views.welcome_back(who.person_id, reviews, new, who.words)
    return Outcome((who.met, *cards.facts), (call,))


async def _new(services: Services, who: Visit, wanted: int) -> list[Case]:
    progress = await services.store.people.progress(who.person_id)
    preferred = await preferences_of(services, who.person_id)
    cases = services.library.cases.values()
    return [case for case in cases if is_unseen(case, progress) and preferred.admit(case)][:wanted]


async def review_of(services: Services, who: Visit, data: str) -> Outcome:
    """The review that a button names by a case's code and a question's place."""
    if exam := await exam_first(services, who):
        return exam
    code, _, place = data.partition(":")
    case = services.library.find(code)
    if case is None or not place.isdecimal() or int(place) >= len(case.questions):
        return Outcome((who.met,), toast=texts.old_button(who.words))
    cards, now = await cards_of(services, who.person_id), services.clock.now()
    objective = cards.objectives.name(case.id, case.questions[int(place)].id) or ""
    card = await card_of(services, cards, objective)
    held_back = await services.store.assignments.held_back(who.person_id)
    waits = case.id in held_back.ids
    if waits or card is None or card.due_at is None or card.due_at > now:
        return Outcome((who.met, *cards.facts), toast=views.not_due(who.words))
    found = await review_of_card(services, cards, objective, card)
    if found is None:
        return Outcome((who.met, *cards.facts), toast=views.not_due(who.words))
    put = await put_review(services, who.person_id, found, who.words)
    return Outcome((who.met, *cards.facts)) + put
