"""Where a live round can stand, and what a presenter can do there: pure.

gathering -> shown -> open(1) -> closed(1) -> [open(2) -> closed(2)] -> revealed -> shown(next)
"""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from storage.live_rounds import CLOSED, ENDED, GATHERING, OPEN, REVEALED, SHOWN, LiveRound, State


class Step(StrEnum):
    """What a presenter does. Old buttons stay: a word once used keeps its meaning."""

    SHOW = "show"
    OPEN = "open"
    CLOSE = "close"
    VOTES = "votes"
    AGAIN = "again"
    REVEAL = "reveal"
    NEXT = "next"
    END = "end"


class RoundPosition(Struct, frozen=True):
    """Where a round stands: at which question, from 0, in which ballot on it, 1 or 2."""

    state: State = GATHERING
    position: int = 0
    ballot: int = 1
    votes_shown: bool = False

    @classmethod
    def of(cls, live: LiveRound) -> "RoundPosition":
        """Where this one stands."""
        return cls(live.state, live.position, live.ballot, live.votes_shown)


def after(now: RoundPosition, step: Step, questions: int) -> RoundPosition | None:
    """Where a step leads in a case of so many questions; None: it cannot be made from here."""
    match step, now.state:
        case Step.END, state if state != ENDED:
            return replace(now, state=ENDED)
        case (Step.SHOW, "gathering"):
            return replace(now, state=SHOWN)
        case (Step.OPEN, "shown"):
            return replace(now, state=OPEN)
        case (Step.CLOSE, "open"):
            return replace(now, state=CLOSED)
        case (Step.VOTES, "closed" | "revealed") if not now.votes_shown:
            return replace(now, votes_shown=True)
        case (Step.AGAIN, "closed") if now.ballot == 1:
            return replace(now, state=OPEN, ballot=2, votes_shown=False)
        case (Step.REVEAL, "closed"):
            return replace(now, state=REVEALED)
        case (Step.NEXT, "revealed") if now.position + 1 < questions:
            return RoundPosition(SHOWN, now.position + 1)
    return None


def possible(now: RoundPosition, questions: int) -> tuple[Step, ...]:
    """What can be done from here, in the order in which it is mostly done."""
    return tuple(step for step in Step if after(now, step, questions) is not None)
