"""What phones are told as a live round goes on."""

from enum import StrEnum

from bot.services import Services
from storage.live_rounds import LiveRound
from storage.outcome import OwedCall


class Moment(StrEnum):
    """What has just happened, of which phones are to be told."""

    OPENED = "opened"
    OPENED_AGAIN = "opened again"
    REVEALED = "revealed"
    NEXT = "next"
    ENDED = "ended"


async def tell_phones(
    services: Services,  # noqa: ARG001
    live: LiveRound,  # noqa: ARG001
    moment: Moment,  # noqa: ARG001
) -> tuple[OwedCall, ...]:
    """What each phone of a round is told, which stands where ``live`` says.

    All are broadcasts ``about=About(live.post_id)``, by which it is counted how many are owed yet.
    """
    return ()
