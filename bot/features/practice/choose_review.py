"""Which wording of an objective a review asks: pure."""

from collections.abc import Iterable

from bot.features.cards.card import CardState, free_from
from bot.features.cards.up_to_date import wording_name
from content.objectives import Wording


def choose_wording(card: CardState, wordings: Iterable[Wording], now: int) -> Wording | None:
    """One not met yet, else the one met longest ago; None where each was repeated enough."""
    free = [each for each in wordings if free_from(card, name_of(each)) <= now]
    return min(free, key=lambda each: card.met.get(name_of(each), 0), default=None)


def name_of(wording: Wording) -> str:
    """How its card knows it."""
    question = wording.case.questions[wording.position]
    return wording_name(wording.case.id, question.id, wording.variant)
