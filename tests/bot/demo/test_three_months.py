"""The demonstration's learner: months of practice that lead to reviews and to progress."""

from collections import Counter
from pathlib import Path

from bot.base.time_units import DAY_MS
from bot.demo.three_months import three_months
from bot.features.cards.up_to_date import cards_of, due_cards
from bot.services import Services
from storage.facts import AnswerGiven
from storage.outcome import Outcome
from tests.storage.samples import ADA, NOW
from tests.support.library import shipped_library
from tests.support.services import commit, services_with_cases


async def test_there_is_something_to_review_and_to_look_at(tmp_path: Path) -> None:
    """Right and wrong, sure and guessed, over three months until today; and cases still unseen."""
    async with services_with_cases(tmp_path, NOW) as services:
        services.library = shipped_library()
        await look(services)


async def look(services: Services) -> None:
    """Look at what is recorded."""
    now = services.clock.now()
    facts = three_months(services.library, ADA, now)
    await commit(services, Outcome(facts))
    answers = [fact for fact in facts if isinstance(fact, AnswerGiven)]
    assert len(answers) >= 20
    assert len(Counter(answer.verdict for answer in answers)) >= 2
    assert len(Counter(answer.confidence for answer in answers)) == 3
    assert all(now - 91 * DAY_MS < answer.answered_at < now for answer in answers)
    assert max(answer.answered_at for answer in answers) > now - 14 * DAY_MS
    assert len({answer.case_id for answer in answers}) < len(services.library.cases)
    assert await due_cards(services, await cards_of(services, ADA), now)
