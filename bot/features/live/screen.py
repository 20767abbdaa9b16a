"""The screen of a live round, read from what is kept."""

from collections import Counter
from collections.abc import Mapping

from bot.features.live.screen_values import Ballot, RoundShown, Screen
from bot.features.live.screen_view import screen
from bot.features.shared.buttons import live_link
from bot.services import Services
from content.snapshot import Snapshot
from storage.live_rounds import CLOSED, REVEALED, Choices, LiveRound


async def open_round(services: Services, token: str) -> int | None:
    """The round whose screen has this token; None where there is none, or it is over.

    Raises StorageError.
    """
    found = await services.store.live_rounds.of_token(token)
    return None if found is None or found.is_over else found.id


async def screen_of(services: Services, token: str) -> Screen | None:
    """What the screen of this token shows now, in the presenter's language; None: no such token.

    Raises StorageError.
    """
    now = await services.store.live_rounds.of_token(token)
    if now is None:
        return None
    words = services.languages.choose(now.language, None)
    return screen(await round_shown(services, now), words)


async def round_shown(services: Services, now: LiveRound) -> RoundShown:
    """A round with what is counted of it. Raises StorageError."""
    rounds = services.store.live_rounds
    return RoundShown(
        now,
        Snapshot.from_json(now.content),
        await rounds.counts(now),
        _closed(now, await services.store.live_votes.counted(now.id, now.position)),
        live_link(services.bot_username, now.code),
    )


def _closed(now: LiveRound, counted: Mapping[int, Mapping[Choices, int]]) -> list[Ballot]:
    """How each vote went that is over, the first one first."""
    last = now.ballot if now.state in {CLOSED, REVEALED} else now.ballot - 1
    return [_ballot(counted.get(ballot, {})) for ballot in range(1, last + 1)]


def _ballot(counted: Mapping[Choices, int]) -> Ballot:
    taken: Counter[int] = Counter()
    for choices, people in counted.items():
        taken.update(dict.fromkeys(choices, people))
    return Ballot(sum(counted.values()), taken)
