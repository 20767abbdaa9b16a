"""Before the vote: a learner says how sure they are. It schedules reviews, and scores nothing."""

from msgspec.structs import replace

from bot.features.cases.confidence_view import LEVELS, marked, noted, too_late
from bot.features.shared import texts
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.visitors import Visit
from bot.services import Services
from storage.outcome import Outcome
from storage.practice_facts import ConfidenceSaid


async def say_confidence(services: Services, who: Visit, data: str, message_id: int) -> Outcome:
    """Note it, and mark the button; the last word before the vote counts."""
    level, _, question = data.partition(":")
    ref = QuestionRef.parse(question)
    if ref is None or level not in LEVELS:
        return Outcome((who.met,), toast=texts.old_button(who.words))
    person_id, words = who.person_id, who.words
    asked = await services.store.practices.asked(person_id, ref.post_id, ref.position)
    if asked is None:
        return Outcome((who.met,), toast=texts.old_button(words))
    if asked.answered:
        return Outcome((who.met,), toast=too_late(words))
    if asked.confidence == level:
        return Outcome((who.met,), toast=noted(level, words))
    said = ConfidenceSaid(person_id, ref.post_id, ref.position, level)
    row = marked(person_id, message_id, ref, replace(asked, confidence=level), words)
    return Outcome((who.met, said), (row,), noted(level, words))
