"""A person's data is theirs: language, what is kept, and its end."""

import json

from bot.context import Services
from bot.usecases.greeting import said
from bot.usecases.visiting import Visit
from bot.views import texts
from storage.facts import LanguageChosen, PersonForgotten
from storage.outcome import Outcome


def choose_language(services: Services, visit: Visit, code: str | None) -> Outcome:
    """Speak this language from now on; None follows the person's Telegram again."""
    words = services.languages.choose(code, visit.visitor.language_code)
    return Outcome(
        (visit.met, LanguageChosen(visit.person_id, code)),
        (texts.language_set(visit.person_id, words),),
    )


async def my_data(services: Services, visit: Visit) -> Outcome:
    """Everything kept about the person, as a JSON document."""
    data = await services.store.people.everything(visit.person_id)
    document = json.dumps(
        {"telegram_id": visit.person_id, "times": "milliseconds since 1970-01-01 UTC", **data},
        ensure_ascii=False,
        indent=2,
    )
    return said(visit, texts.my_data(visit.person_id, data, document, visit.words))


def forget(visit: Visit) -> Outcome:
    """Erase the person. Nothing is noted about this visit: it would be the first thing kept."""
    return Outcome(
        (PersonForgotten(visit.person_id),), (texts.forgotten(visit.person_id, visit.words),)
    )
