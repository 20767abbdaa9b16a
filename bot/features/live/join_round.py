"""Joining a live round: by its link, or by its code typed in the private chat.

A code is one of 25 ** 6, some 240 million. Of ten rounds open at a time one guess finds some with a
chance of 1 in 24 million; who may try 5 in ten minutes does so once in 90 years or so, and a
thousand people together once in a month of days and nights. What is found so is a place in a room
where a case of the library is shown, and no name: a bound across people is worth nothing here.
"""

from bot.base.time_units import MINUTE_MS
from bot.features.live import join_round_view as views
from bot.features.live import phone_view
from bot.features.live.begin_round import ALPHABET, CODE_LENGTH
from bot.features.live.join_round_view import Joining
from bot.features.live.phone_buttons import OnPhone, phone_button
from bot.features.live.tell_phones import asked_in, on_phone
from bot.features.shared.messages import Keyboard
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from storage.live_facts import RoundJoined
from storage.live_rounds import OPEN, LiveRound
from storage.outcome import Outcome, OwedCall


async def open_link(services: Services, visit: Visit, code: str) -> Outcome:
    """Somebody opens a round's link."""
    if waits := _waits(services, visit):
        return said(visit, waits)
    live = await _open_round(services, code)
    if live is None:
        services.wrong_codes.note(visit.person_id, code[:CODE_LENGTH], services.clock.now())
        return said(visit, views.no_such_round(visit.person_id, visit.words))
    return await _join(services, visit, live)


async def typed(services: Services, visit: Visit, text: str) -> Outcome | None:
    """Somebody wrote the code of an open round; None: it is none, or not to be looked at now."""
    code = as_code(text)
    if code is None or _waits(services, visit):
        return None
    live = await _open_round(services, code)
    if live is None:
        # Whatever else it may mean, it was looked for.
        services.wrong_codes.note(visit.person_id, code, services.clock.now())
        return None
    return await _join(services, visit, live)


def meant_code(services: Services, visit: Visit, text: str) -> OwedCall | None:
    """What somebody reads whose words mean nothing, where they may be one guess too many."""
    return None if as_code(text) is None else _waits(services, visit)


async def _open_round(services: Services, text: str) -> LiveRound | None:
    code = as_code(text)
    return None if code is None else await services.store.live_rounds.of_code(code)


def as_code(text: str) -> str | None:
    """What may be the code of a round, in capitals."""
    code = text.strip().upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


def _waits(services: Services, visit: Visit) -> OwedCall | None:
    """What is said to whoever guessed too often; whether this one is right is not looked at."""
    wait_ms = services.wrong_codes.wait_ms(visit.person_id, services.clock.now())
    if not wait_ms:
        return None
    minutes = -(-wait_ms // MINUTE_MS)
    return views.too_many_guesses(visit.person_id, minutes, visit.words)


async def _join(services: Services, visit: Visit, live: LiveRound) -> Outcome:
    """They are in, and get the question at once where it is open; to do so twice is harmless."""
    rounds, me, words = services.store.live_rounds, visit.person_id, visit.words
    asked = asked_in(live)
    joining = Joining(
        asked.case.title,
        again=await rounds.has_joined(live.id, me),
        first=not await rounds.has_ever_joined(me),
        presents=live.presenter == me,
    )
    calls = [views.joined(me, joining, *_coming(live, visit), words)]
    if live.state == OPEN:
        votes = await services.store.live_votes.of_person(live.id, live.position, me)
        question = phone_view.question(me, asked, votes, words)
        calls.append(on_phone(question, live, me, broadcast=False))
    joined = RoundJoined(live.id, me, services.clock.now())
    return Outcome((visit.met, joined), tuple(calls))


def _coming(live: LiveRound, visit: Visit) -> tuple[str, Keyboard]:
    """What comes next, and the case, if it is shown and no question comes that leads to it."""
    words = visit.words
    label = words.say("See the case")
    case = [[phone_button(label, OnPhone.CASE, live.id, live.position)]]
    match live.state:
        case "gathering":
            return views.question_comes(words), ()
        case "shown":
            return views.question_comes(words), case
        case "closed":
            return views.answer_comes(words), case
        case "revealed":
            return views.wait_for_next(words), case
    return "", ()
