"""`/preferences`: a learner says which cases they want when they name none."""

from msgspec.structs import replace

from bot.features.preferences import preferences_view as views
from bot.features.preferences.preferences_view import CONFIDENCE, LEVEL, MAIN, TOPIC, TOPICS
from bot.features.shared import texts
from bot.features.shared.messages import edited
from bot.features.shared.preferences import Preferences, preferences_of
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from content.model import Level
from storage.case_mark_facts import PreferencesSet
from storage.outcome import Outcome, OwedCall


async def show(services: Services, who: Visit, _argument: str = "") -> Outcome:
    """What the person prefers, and buttons to change it."""
    preferred = await preferences_of(services, who.person_id)
    return said(who, views.main(who.person_id, preferred, who.words))


async def change(services: Services, who: Visit, wish: str, message_id: int) -> Outcome:
    """Do what a button of the page says; the page is shown as it is then."""
    person_id, words = who.person_id, who.words
    preferred = await preferences_of(services, person_id)
    topics = sorted({*services.library.topics, *preferred.wanted, *preferred.unwanted})
    verb, _, value = wish.partition(":")
    number, _, topic = value.partition(":")
    match verb:
        case verb if verb == MAIN:
            return _shown(who, views.main(person_id, preferred, words), message_id)
        case verb if verb == LEVEL and value in {"", *Level}:
            changed = replace(preferred, level=value or None)
            page = views.main(person_id, changed, words)
        case verb if verb == CONFIDENCE:
            changed = replace(preferred, confidence=not preferred.confidence)
            page = views.main(person_id, changed, words)
        case verb if verb == TOPICS and number.isdecimal():
            page = views.topics(person_id, preferred, topics, int(number), words)
            return _shown(who, page, message_id)
        case verb if verb == TOPIC and number.isdecimal() and topic in topics:
            changed = _turned(preferred, topic)
            page = views.topics(person_id, changed, topics, int(number), words)
        case _:
            return Outcome((who.met,), toast=texts.old_button(words))
    kept = PreferencesSet(person_id, changed.to_json())
    return Outcome((kept,)) + _shown(who, page, message_id)


def _turned(preferred: Preferences, topic: str) -> Preferences:
    """A topic is wanted, then unwanted, then neither."""
    wanted, unwanted = preferred.wanted, preferred.unwanted
    if topic in wanted:
        return replace(preferred, wanted=wanted - {topic}, unwanted=unwanted | {topic})
    if topic in unwanted:
        return replace(preferred, unwanted=unwanted - {topic})
    return replace(preferred, wanted=wanted | {topic})


def _shown(who: Visit, page: OwedCall, message_id: int) -> Outcome:
    return said(who, edited(page, message_id))
