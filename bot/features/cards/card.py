"""What an answer does to the card of its objective: a pure fold, the same whenever it is done."""

import hashlib
from collections.abc import Mapping

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot.base.time_units import DAY_MS
from bot.features.cards.memory import LONGEST_DAYS, Memory, Rating, rated

_FLOOR_DAYS = 7  # nothing comes back sooner: a case is no vocabulary card
_GUESSED_DAYS = 7
_SAME_PICTURE_DAYS = 21  # within which a picture may be what is remembered
_APART_DAYS = 21  # of two right answers that may retire a card
_CHECKED_DAYS = 365  # after which a retired card is asked once more
_SPREAD = 0.1
_REPEATS_A_YEAR = 3  # of one wording, once it was right
_YEAR_MS = 365 * DAY_MS


class Given(Struct, frozen=True):
    """An answer as its card sees it: ``wording`` names what was put; ``at`` is UTC milliseconds.

    ``wordings`` is how many ways there are today to ask for the objective.
    """

    wording: str
    verdict: str
    score: float
    confidence: str | None
    at: int
    wordings: int


class CardState(Struct, frozen=True):
    """A card: what is remembered, and when to ask again; times are UTC milliseconds.

    ``due_at`` None: never again. ``urgency``: the lower, the sooner among what is due. ``met`` maps
    wordings to when they were put last, ``repeats`` to when they were since they were right.
    ``right_at`` are the right answers in a row. ``last_check``: of a retired card, still to come.
    """

    memory: Memory
    due_at: int | None
    urgency: int
    met: Mapping[str, int]
    repeats: Mapping[str, tuple[int, ...]] = {}
    right_at: tuple[int, ...] = ()
    right_wordings: frozenset[str] = frozenset()
    certain_in_a_row: int = 0
    last_check: bool = False

    def to_json(self) -> str:
        """One text, as it is kept."""
        return msgspec.json.encode(self, order="deterministic").decode()

    @classmethod
    def from_json(cls, document: str) -> "CardState":
        """Read what ``to_json`` wrote."""
        return msgspec.json.decode(document, type=cls)


def folded(card: CardState | None, given: Given, spread_by: str) -> CardState:
    """The card after an answer; None: its objective was never met before.

    ``spread_by`` names person and objective: what was learned on one day does not all come back on
    one day.
    """
    if card is not None:
        elapsed = given.at - card.memory.reviewed_at
        if elapsed < 0:
            # The clock was set back, or the vote was found out late: it is counted on from here.
            return _moved(card, given.at)
        if elapsed < _FLOOR_DAYS * DAY_MS:
            return card
    rating = _rating(card, given)
    memory, days = rated(None if card is None else card.memory, rating, given.at)
    after = _recorded(card, given, memory)
    return _timed(card, after, given, days, spread_by)


def _moved(card: CardState, at: int) -> CardState:
    """The card on the time that counts now: due no later than it would have been."""
    back = card.memory.reviewed_at - at
    due_at = None if card.due_at is None else card.due_at - back
    return replace(card, memory=replace(card.memory, reviewed_at=at), due_at=due_at)


def _rating(card: CardState | None, given: Given) -> Rating:
    if given.verdict != "correct":
        return Rating.HARD if given.verdict == "partly" and given.score >= 0.5 else Rating.AGAIN
    if given.confidence == "guess":
        return Rating.HARD
    if given.confidence != "certain" or card is None or not card.certain_in_a_row:
        return Rating.GOOD
    last = card.met.get(given.wording)
    same = last is not None and given.at - last < _SAME_PICTURE_DAYS * DAY_MS
    return Rating.GOOD if same else Rating.EASY


def _recorded(card: CardState | None, given: Given, memory: Memory) -> CardState:
    """What happened; when it is due is still as it was."""
    before = card or CardState(memory, None, 0, {})
    met = {**before.met, given.wording: given.at}
    if given.verdict != "correct":
        repeats = {name: at for name, at in before.repeats.items() if name != given.wording}
        return CardState(memory, before.due_at, _urgency(given), met, repeats)
    known = before.repeats.get(given.wording)
    lately = () if known is None else (*known, given.at)[-_REPEATS_A_YEAR:]
    return CardState(
        memory,
        before.due_at,
        _urgency(given),
        met,
        {**before.repeats, given.wording: lately},
        (*before.right_at, given.at)[-2:],
        before.right_wordings | {given.wording},
        before.certain_in_a_row + 1 if given.confidence == "certain" else 0,
        before.last_check,
    )


def _urgency(given: Given) -> int:
    """Sure and wrong is what is worth most; unsaid counts as fairly sure."""
    if given.verdict != "wrong":
        return 3
    return {"certain": 0, "guess": 2}.get(given.confidence or "", 1)


def _timed(
    before: CardState | None, card: CardState, given: Given, days: int, spread_by: str
) -> CardState:
    if given.verdict == "correct" and before is not None:
        if before.last_check:
            return replace(card, due_at=None)
        if days >= LONGEST_DAYS and _surely_right(card, given.wordings):
            return replace(card, due_at=given.at + _CHECKED_DAYS * DAY_MS, last_check=True)
    spread = days * (1 + _SPREAD * _between(spread_by))
    if given.verdict == "correct" and given.confidence == "guess":
        spread = _GUESSED_DAYS
    due_at = given.at + round(max(_FLOOR_DAYS, spread) * DAY_MS)
    return replace(card, due_at=max(due_at, _free_at(card, given.wordings)))


def _surely_right(card: CardState, wordings: int) -> bool:
    """Twice in a row, long enough apart, and in other words where there are any."""
    if len(card.right_at) < 2 or (wordings > 1 and len(card.right_wordings) < 2):
        return False
    return card.right_at[-1] - card.right_at[-2] >= _APART_DAYS * DAY_MS


def _free_at(card: CardState, wordings: int) -> int:
    """From when there is a wording that was not repeated too often in a year."""
    if len(card.met) < wordings:
        return 0
    return min(free_from(card, wording) for wording in card.met)


def free_from(card: CardState, wording: str) -> int:
    """From when a wording may be put again, UTC milliseconds."""
    repeats = card.repeats.get(wording, ())
    return repeats[0] + _YEAR_MS if len(repeats) == _REPEATS_A_YEAR else 0


def _between(spread_by: str) -> float:
    """A number from -1 to 1 that is this text's own."""
    digest = hashlib.sha256(spread_by.encode()).digest()
    return int.from_bytes(digest[:8]) / (1 << 63) - 1
