"""Meeting a person: who they are to us, and in which words to speak."""

from msgspec import Struct

from bot.base.i18n import Words
from bot.scheduling.daily_plan import DailyPlan
from bot.services import Services
from storage.facts import PersonMet
from storage.outcome import Outcome, OwedCall
from storage.people import Person


class Visitor(Struct, frozen=True):
    """A person as an update shows them; their private chat has the same id.

    ``name`` and ``username`` are as they wrote them, and kept only where they agreed to that.
    """

    person_id: int
    language_code: str | None
    name: str = ""
    username: str | None = None


class Visit(Struct, frozen=True):
    """A person being served: the fact that they came, and the words for them.

    ``known``: that they came tells nothing new of them.
    """

    visitor: Visitor
    met: PersonMet
    words: Words
    language: str | None
    known: bool

    @property
    def person_id(self) -> int:
        """Telegram's id of the person and of their private chat."""
        return self.visitor.person_id


async def receive(services: Services, visitor: Visitor) -> Visit:
    """Look up the person's language and note that they came."""
    return visit_of(services, visitor, await services.store.people.get(visitor.person_id))


def visit_of(services: Services, visitor: Visitor, person: Person | None) -> Visit:
    """The visit of somebody who was looked up; None where the bot has not met them."""
    chosen = person.language if person else None
    # A vote may come without the language that an earlier message told.
    telegram = visitor.language_code or (person.telegram_language if person else None)
    met = PersonMet(visitor.person_id, visitor.language_code, services.arrival.received_at)
    known = (
        person is not None and person.blocked_at is None and person.telegram_language == telegram
    )
    return Visit(visitor, met, services.languages.choose(chosen, telegram), chosen, known)


def said(visit: Visit, *calls: OwedCall) -> Outcome:
    """The person came, and these messages are the answer."""
    return Outcome((visit.met,), calls)


async def words_of(services: Services, person_id: int) -> Words:
    """The words for a person who has not written just now."""
    return _words_for(services, await services.store.people.get(person_id))


def _words_for(services: Services, person: Person | None) -> Words:
    if person is None:
        return services.languages.choose(None, None)
    return services.languages.choose(person.language, person.telegram_language)


async def reachable(services: Services, person_id: int | None) -> list[tuple[int, Words]]:
    """Who it is, and the words for them; nobody who was erased or has blocked the bot."""
    person = None if person_id is None else await services.store.people.get(person_id)
    if person is None or person.blocked_at is not None:
        return []
    return [(person.id, _words_for(services, person))]


async def zone_of(services: Services, person_id: int) -> str | None:
    """The time zone by which a person lives, as far as they told: that of their daily case."""
    kept = await services.store.chats.daily(person_id)
    return None if kept is None else DailyPlan.from_json(kept.timetable, kept.quiet).zone
