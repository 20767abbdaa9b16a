"""How well something is remembered, by FSRS-6: a pure function around py-fsrs.

The formula is published at https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm
and written out in the tests. Its parameters are the library's own: to fit them to a learner takes
hundreds of reviews, and a library of another size.
"""

from datetime import UTC, datetime, timedelta
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import fsrs

RETENTION = 0.85  # the share of due reviews that are to be right
LONGEST_DAYS = 180


class Rating(IntEnum):
    """How an answer went, by FSRS's own numbers."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Memory(Struct, frozen=True):
    """FSRS's two numbers, and when they were as they are: ``stability`` in days, UTC ms."""

    stability: float
    difficulty: float
    reviewed_at: int


def rated(
    memory: Memory | None, rating: Rating, now: int, retention: float = RETENTION
) -> tuple[Memory, int]:
    """A memory after one more answer, and the days until it is down to ``retention``.

    None: it was never met before. ``now`` is UTC milliseconds. Days are whole, 1 to 180.
    """
    import fsrs  # noqa: PLC0415 - loaded by whoever reviews: the bot starts without it

    at = _moment(now)
    # Without an id a card sleeps for one.
    card = fsrs.Card(card_id=1, due=at)
    if memory is not None:
        card.state, card.step = fsrs.State.Review, None
        card.stability, card.difficulty = memory.stability, memory.difficulty
        card.last_review = _moment(memory.reviewed_at)
    after, _ = _scheduler(retention).review_card(card, fsrs.Rating(rating), at)
    if after.stability is None or after.difficulty is None:
        raise ValueError("a card that was reviewed has no stability")
    return Memory(after.stability, after.difficulty, now), (after.due - at).days


@cache
def _scheduler(retention: float) -> "fsrs.Scheduler":
    import fsrs  # noqa: PLC0415 - see above

    return fsrs.Scheduler(
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )


def _moment(at: int) -> datetime:
    # It takes no other zone, not even one that is the same.
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
