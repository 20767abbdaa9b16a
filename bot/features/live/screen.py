"""The screen of a live round, read from what is kept."""

from bot.features.live.screen_values import Screen
from bot.services import Services


async def open_round(services: Services, token: str) -> int | None:
    """The round whose screen has this token; None where there is none, or it is over.

    Raises StorageError.
    """
    raise NotImplementedError


async def screen_of(services: Services, token: str) -> Screen | None:
    """What the screen of this token shows now, in the presenter's language; None: nothing more.

    Raises StorageError.
    """
    raise NotImplementedError
