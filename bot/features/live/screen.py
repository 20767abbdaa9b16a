"""The screen of a live round, read from what is kept."""

from collections import Counter
from collections.abc import Mapping

from bot.features.live.screen_values import Ballot, RoundShown, Screen
from bot.features.live.screen_view import screen
from bot.features.shared.buttons import LIVE_LINK
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
    rounds = services.store.live_rounds
    now = await rounds.of_token(token)
    if now is None:
        return None
    shown = RoundShown(
        now,
        Snapshot.from_json(now.content),
        await rounds.counts(now.id),
        _closed(now, await rounds.counted(now.id, now.position)),
        f"https://t.me/{services.bot_username}?start={LIVE_LINK}{now.code}",
    )
    return screen(shown, services.languages.choose(now.language, None))


def _closed(now: LiveRound, counted: Mapping[int, Mapping[Choices, int]]) -> list[Ballot]:
    """How each vote went that is over, the first one first."""
    last = now.ballot if now.state in {CLOSED, REVEALED} else now.ballot - 1
    return [_ballot(counted.get(ballot, {})) for ballot in range(1, last + 1)]


def _ballot(counted: Mapping[Choices, int]) -> Ballot:
    taken: Counter[int] = Counter()
    for choices, people in counted.items():
        taken.update(dict.fromkeys(choices, people))
    return Ballot(sum(counted.values()), taken)
