"""Before the vote: a learner says how sure they are. It schedules reviews, and scores nothing."""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.cases.confidence_view import LEVELS, marked, noted, too_late, with_row
from bot.features.shared import texts
from bot.features.shared.preferences import Preferences
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.visitors import Visit
from bot.services import Services
from storage.outcome import Outcome, OwedCall
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


def asking(calls: Iterable[OwedCall], preferred: Preferences, words: Words) -> list[OwedCall]:
    """The calls that put a case to a learner, with the row where they like to be asked."""
    return with_row(calls, words) if preferred.confidence else list(calls)
