"""What phones are told as a live round goes on: of each question one message, edited from then on.

A round of 300 owes 300 broadcasts, which at 30 a second take ten seconds; what is alike is kept
once. Whether a call sends the message or edits it is known as it is sent (``storage.outbox``).
"""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.live import join_round_view
from bot.features.live import phone_view as views
from bot.features.live.phone_view import AskedOnPhone, Votes
from bot.services import Services
from content.snapshot import Snapshot
from storage.live_rounds import CLOSED, GATHERING, OPEN, SHOWN, LiveRound, State
from storage.outcome import About, OwedCall, Phone

_Shown = Callable[[Votes, Words], OwedCall]
"""What one person is shown, by how they voted, in their words."""


class RoundEvent(StrEnum):
    """What has just happened, of which phones are to be told."""

    OPENED = "opened"
    OPENED_AGAIN = "opened again"
    REVEALED = "revealed"
    NEXT = "next"
    ENDED = "ended"


class _Alike(Struct, frozen=True):
    """Who is shown the same: by language, and by how they voted."""

    language: str
    votes: tuple[tuple[int, tuple[int, ...]], ...]


async def tell_phones(
    services: Services, live: LiveRound, moment: RoundEvent
) -> tuple[OwedCall, ...]:
    """What each phone of a round is told, which stands where ``live`` says.

    All are broadcasts ``about=About(live.post_id)``, by which it is counted how many are owed yet.
    """
    before = await services.store.live_rounds.get(live.id)
    stood = live.state if before is None else before.state
    shown = _shown(asked_in(live), moment, stood)
    if shown is None:
        return ()
    people = await services.store.live_rounds.people(live.id)
    votes = await services.store.live_votes.of_all(live.id, live.position)
    known: dict[_Alike, OwedCall] = {}
    calls = []
    for person in people:
        words = services.languages.choose(person.language, person.telegram_language)
        cast = votes.get(person.id, {})
        alike = _Alike(words.code, tuple(sorted(cast.items())))
        if alike not in known:
            known[alike] = shown(cast, words)
        calls.append(on_phone(known[alike], live, person.id, broadcast=True))
    return tuple(calls)


def asked_in(live: LiveRound) -> AskedOnPhone:
    """The question at which a round is."""
    case = Snapshot.from_json(live.content).case
    order = live.choice_orders[live.position]
    return AskedOnPhone(live.id, case, live.position, order, live.ballot)


def on_phone(call: OwedCall, live: LiveRound, person_id: int, *, broadcast: bool) -> OwedCall:
    """The same for this person, in the message of the question at which the round is."""
    phone = Phone(live.id, person_id, live.position)
    return replace(
        call,
        chat_id=person_id,
        broadcast=broadcast,
        phone=phone,
        edit_key=f"phone:{phone.round_id:x}:{phone.position:x}:{phone.person_id:x}",
        about=About(live.post_id),
    )


def _shown(asked: AskedOnPhone, moment: RoundEvent, stood: State) -> _Shown | None:
    """What phones show from now on; None: what they show stays. ``stood``: where the round did."""
    match moment:
        case RoundEvent.OPENED | RoundEvent.OPENED_AGAIN:
            return lambda votes, words: views.question(0, asked, votes, words)
        case RoundEvent.REVEALED:
            return lambda votes, words: views.revealed(0, asked, votes, words)
        case RoundEvent.NEXT if asked.question.reveal:
            return lambda _, words: views.news(0, asked, words)
        case RoundEvent.ENDED if stood in {OPEN, CLOSED}:
            return lambda votes, words: views.over(0, asked, votes, words)
        case RoundEvent.ENDED if stood in {GATHERING, SHOWN}:
            return lambda _, words: join_round_view.over(0, words)
    return None
