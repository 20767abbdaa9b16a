"""`/progress`: what a person's answers come to, in words and in a picture."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.features.cards.up_to_date import cards_of, due_cards
from bot.features.progress import progress_view as views
from bot.features.progress.summary import DAYS, Reviews, summary
from bot.features.shared.visitors import Visit, said, zone_of
from bot.services import Services
from storage.outcome import Outcome


async def progress(services: Services, who: Visit, _argument: str = "") -> Outcome:
    """The text at once; the picture, where there is enough to see, follows once it is drawn."""
    person_id, store, at = who.person_id, services.store, services.clock.now()
    now = datetime.fromtimestamp(at / 1000, await _zone(services, person_id))
    ahead = datetime.combine(now.date() + timedelta(days=DAYS), time(), now.tzinfo)
    cards = await cards_of(services, person_id)
    due = await due_cards(services, cards, int(ahead.timestamp() * 1000) - 1)
    shown = summary(
        await store.history.of(person_id),
        Reviews(
            sum(card.due_at <= at for card in due),
            [card.due_at for card in due if card.due_at > at],
        ),
        len((await store.people.progress(person_id)).seen),
        lambda case_id: case.topics if (case := services.library.cases.get(case_id)) else (),
        now,
    )
    return Outcome(cards.facts) + said(who, *views.progress(person_id, shown, who.words))


async def _zone(services: Services, person_id: int) -> ZoneInfo:
    """The person's time zone, as far as it is known."""
    told = await zone_of(services, person_id)
    return services.settings.timezone if told is None else ZoneInfo(told)
