"""A chat's leaderboard, on which each decides whether to be named."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.features.posts.post_case import Room
from bot.features.results import results_view as views
from bot.features.shared.messages import edited
from bot.features.shared.visitors import Visit
from bot.services import Services
from storage.chat_facts import NameHidden, NameShown
from storage.chats import Standing
from storage.outcome import Outcome, OwedCall, Toast
from storage.store import DAY

DAYS = 30  # that a leaderboard looks back
PLACES = 10  # that it shows


class Press(Struct, frozen=True):
    """A press of a button under a leaderboard: ``name`` is the person's first name just now."""

    message_id: int
    name: str
    show: bool


async def leaderboard(services: Services, room: Room) -> OwedCall:
    """The leaderboard, where the chat has switched it on."""
    if not room.settings.leaderboard:
        return views.no_leaderboard(room.chat.id, room.words)
    return views.leaderboard(room.chat.id, await _standings(services, room), DAYS, room.words)


async def choose_name(services: Services, visit: Visit, room: Room, press: Press) -> Outcome:
    """Name a person on this chat's leaderboard from now on, or no longer."""
    chat_id, person_id, words = room.chat.id, visit.person_id, visit.words
    name = " ".join(press.name.split()) if press.show else None
    if name and not room.settings.leaderboard:
        # Nothing is kept for what nobody sees; to hide is always possible.
        return Outcome(toast=Toast(words.say("The leaderboard is off here."), alert=True))
    if name:
        fact: NameShown | NameHidden = NameShown(chat_id, person_id, name)
        toast = Toast(words.say("Your first name stands on this leaderboard from now on."))
    else:
        fact = NameHidden(chat_id, person_id)
        toast = Toast(words.say("Your name is not shown here, and not kept for it."))
    if not room.settings.leaderboard:
        return Outcome((fact,), toast=toast)
    standings = [
        replace(one, name=name) if one.person_id == person_id else one
        for one in await _standings(services, room)
    ]
    board = views.leaderboard(chat_id, standings, DAYS, room.words)
    return Outcome((fact,), (edited(board, press.message_id),), toast)


async def _standings(services: Services, room: Room) -> Sequence[Standing]:
    since = services.clock.now() - DAYS * DAY
    return await services.store.chats.standings(room.chat.id, since, PLACES)
