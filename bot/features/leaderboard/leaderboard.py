"""A chat's leaderboard, on which each decides whether to be named."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.base.time_units import DAY_MS
from bot.features.leaderboard import leaderboard_view
from bot.features.shared.messages import edited
from bot.features.shared.served_chat import ServedChat
from bot.features.shared.shown_names import NAME_LENGTH, harmless
from bot.features.shared.visitors import Visit
from bot.services import Services
from storage.chat_facts import NameHidden, NameShown
from storage.chats import LeaderboardEntry
from storage.namings import KEPT
from storage.outcome import Outcome, OwedCall, Toast

DAYS = 30  # that a leaderboard looks back
PLACES = 10  # that it shows
_ALL = -1
QUORUM = 3  # answers from which on what a member asked for counts


class NamePress(Struct, frozen=True):
    """A press of a button under a leaderboard: ``name`` is the person's first name just now."""

    message_id: int
    name: str
    show: bool


async def leaderboard(services: Services, served: ServedChat) -> OwedCall:
    """The leaderboard, where the chat has switched it on."""
    if not served.settings.leaderboard:
        return leaderboard_view.no_leaderboard(served.chat.id, served.words)
    return leaderboard_view.leaderboard(
        served.chat.id, await _entries(services, served), DAYS, served.words
    )


async def choose_name(
    services: Services, visit: Visit, served: ServedChat, press: NamePress
) -> Outcome:
    """Name a person on this chat's leaderboard from now on, or no longer."""
    chat_id, person_id, words = served.chat.id, visit.person_id, visit.words
    name = harmless(press.name, NAME_LENGTH) if press.show else None
    if name is not None and not served.settings.leaderboard:
        # Nothing is kept for what nobody sees; to hide is always possible.
        return Outcome(toast=leaderboard_view.off(words))
    if name is not None:
        fact: NameShown | NameHidden = NameShown(chat_id, person_id, name)
        toast = Toast(words.say("Your first name stands on this leaderboard from now on."))
    else:
        # This leaderboard is shown anew at once, others are edited soon.
        shown_anew = press.message_id if served.settings.leaderboard else None
        fact = NameHidden(chat_id, person_id, shown_anew)
        gone = words.say(
            "Your name is not shown here, and not kept for it. I take it out of the latest {n}"
            " messages that name people here, where Telegram lets me.",
            n=KEPT,
        )
        toast = Toast(gone)
    if not served.settings.leaderboard:
        return Outcome((fact,), toast=toast)
    entries = [
        replace(one, name=name) if one.person_id == person_id else one
        for one in await _entries(services, served)
    ]
    board = leaderboard_view.leaderboard(chat_id, entries, DAYS, served.words)
    return Outcome((fact,), (edited(board, press.message_id),), toast)


async def own_place(services: Services, visit: Visit, served: ServedChat) -> Outcome:
    """Tell a person alone where they stand, beyond the places that are shown too."""
    if not served.settings.leaderboard:
        return Outcome(toast=leaderboard_view.off(visit.words))
    entries = await _entries(services, served, _ALL)
    return Outcome(toast=leaderboard_view.own_place(entries, visit.person_id, visit.words))


async def _entries(
    services: Services, served: ServedChat, best: int = PLACES
) -> Sequence[LeaderboardEntry]:
    since = services.clock.now() - DAYS * DAY_MS
    return await services.store.chats.leaderboard(served.chat.id, since, best, QUORUM)
