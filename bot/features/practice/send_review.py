"""`/review`: one question that is due, by itself; what is not asked today waits silently."""

from collections.abc import Collection

from msgspec import Struct

from bot.base.i18n import Words
from bot.base.time_units import DAY_MS
from bot.features.cards.card import CardState
from bot.features.cards.up_to_date import Cards, card_of, cards_of, due_cards
from bot.features.cases.case_view import Destination, opening
from bot.features.cases.confidence_view import with_row
from bot.features.cases.exam_first import exam_first
from bot.features.cases.private_post import figures_to_keep, post_facts
from bot.features.finding.search import topic_called
from bot.features.practice import review_view as views
from bot.features.practice.choose_review import choose_wording
from bot.features.shared.preferences import preferences_of
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from content.objectives import Wording
from content.one_question_case import alone
from storage.outcome import Outcome

REVIEWS_A_DAY = 10  # in any 24 hours; more are a button away
FRESH_MS = 7 * DAY_MS
_FIRST = 50
_AHEAD_MS = 400 * DAY_MS  # no card is due later


class Review(Struct, frozen=True):
    """What a review asks, and when that was answered last (UTC milliseconds)."""

    wording: Wording
    last_at: int


async def review(services: Services, who: Visit, argument: str = "") -> Outcome:
    """The review that is most worth doing, on this topic if one is named."""
    person_id, words = who.person_id, who.words
    if argument:
        topic = topic_called(argument, services.library, words)
        if topic is None:
            return said(who, views.no_such_topic(person_id, words))
        return await next_review(services, who, topic)
    since = services.clock.now() - DAY_MS
    if await services.store.practices.reviews_since(person_id, since) >= REVIEWS_A_DAY:
        return said(who, views.enough(person_id, REVIEWS_A_DAY, words))
    return await next_review(services, who)


async def next_review(services: Services, who: Visit, topic: str | None = None) -> Outcome:
    """The same, however many there were today."""
    if exam := await exam_first(services, who):
        return exam
    cards = await cards_of(services, who.person_id)
    found = await due_review(services, cards, topic)
    if found is None:
        ahead = await due_cards(services, cards, services.clock.now() + _AHEAD_MS)
        comes = None if topic else min((card.due_at for card in ahead), default=None)
        call = views.none_due(who.person_id, topic, comes, services.clock.now(), who.words)
        return Outcome((who.met, *cards.facts), (call,))
    put = await put_review(services, who.person_id, found, who.words)
    return Outcome((who.met, *cards.facts)) + put


async def due_review(
    services: Services,
    cards: Cards,
    topic: str | None = None,
    without: Collection[str] = (),
) -> Review | None:
    """The most urgent review that is due and can be asked, on a topic if one is given.

    ``without``: of these cases none.
    """
    # One of the first is almost always what is wanted; of all there may be thousands.
    looked_at: set[str] = set()
    for most in (_FIRST, -1):
        for due in await due_cards(services, cards, services.clock.now(), topic, most):
            if due.objective in looked_at:
                continue
            looked_at.add(due.objective)
            card = await card_of(services, cards, due.objective)
            if card is None:
                continue
            found = await review_of_card(services, cards, due.objective, card)
            if found is not None and found.wording.case.id not in without:
                return found
    return None


async def review_of_card(
    services: Services, cards: Cards, objective: str, card: CardState
) -> Review | None:
    """A review of an objective, if it can be asked now; whether its card is due is not judged.

    What was answered within the last week is not asked: that changed no card, and is fresh.
    """
    now = services.clock.now()
    wording = choose_wording(card, cards.objectives.wordings(objective), now)
    if wording is None:
        return None
    question = wording.case.questions[wording.position]
    last = await services.store.practices.last_answer(cards.person_id, wording.case.id, question.id)
    last_at = max([*card.met.values(), last.answered_at if last else 0])
    return Review(wording, last_at) if now - last_at >= FRESH_MS or last_at > now else None


async def put_review(
    services: Services, person_id: int, review: Review, words: Words, *, due_at: int | None = None
) -> Outcome:
    """Its question alone, with a line that says when it was seen last.

    ``due_at`` (milliseconds): the learner's daily case was due then.
    """
    wording = review.wording
    case = alone(wording.case, wording.position, wording.variant)
    snapshot = services.library.snapshot(case, wording.variant)
    facts, post_id = post_facts(services, snapshot, person_id, due_at=due_at, purpose="review")
    head = views.head(services.clock.now() - review.last_at, words)
    calls = opening(snapshot, Destination(post_id, person_id), head)
    preferred = await preferences_of(services, person_id)
    daily = due_at is not None
    row = with_row(calls, words, sure=preferred.confidence, review=True, daily=daily)
    kept = await figures_to_keep(services, snapshot)
    return Outcome((*kept, *facts), tuple(row))
