"""Which choices of a QTI 1.2 item are right: the response that scores best."""

from collections.abc import Sequence

from msgspec import Struct

from content.exchange.item import LeftOutError
from content.exchange.qti1.scoring import Scoring, adds_only, score
from content.exchange.xml_tree import Node

_NEAR = 0.02  # of the marks: thirds are rounded
_PARTS = "marks for a part of the answer were left out"


class Key(Struct, frozen=True):
    """The places of the right choices, and what the item says to whom."""

    right: frozenset[int]
    scoring: Scoring
    notes: tuple[str, ...] = ()


def read_key(item: Node, choices: Sequence[str], *, multiple: bool) -> Key:
    """The key of an item with these choices. Raises LeftOutError where it is in doubt."""
    if not any(True for part in item.elements("resprocessing") for _ in part.elements()):
        raise LeftOutError("says of no choice that it is right")
    try:
        return _key(score(item, choices, multiple=multiple))
    except LeftOutError:
        if not (multiple and adds_only(item)):
            raise
    return _key(score(item, choices, multiple=True, go_on=True))


def _key(scoring: Scoring) -> Key:
    best = max(scoring.scores)
    if best <= 0 or len(scoring.scores) == 1:
        raise LeftOutError("gives no marks that tell a right choice from a wrong one")
    right = (_several if scoring.multiple else _single)(scoring, best)
    pays_parts = scoring.pays_parts or any(0 < mark < best for mark in scoring.scores)
    return Key(right, scoring, (_PARTS,) if pays_parts and not scoring.multiple else ())


def _single(scoring: Scoring, best: float) -> frozenset[int]:
    found = scoring.scores[best]
    return frozenset(place for place in range(len(scoring.columns)) if found >> place & 1)


def _several(scoring: Scoring, best: float) -> frozenset[int]:
    """The smallest of the best responses, where it is a part of all of them."""
    found = scoring.scores[best]
    places = range(len(scoring.columns))
    key = 0
    for place, column in enumerate(scoring.columns):
        key |= (not found & ~column) << place
    if not key or not found >> key & 1:
        raise LeftOutError("gives its best marks for different answers, so its key is in doubt")
    nothing = scoring.score(0)
    if any(scoring.score(1 << place) > nothing for place in places if not key >> place & 1):
        raise LeftOutError("gives marks for a choice that the best answer does without")
    gains = [best - scoring.score(key & ~(1 << place)) for place in places if key >> place & 1]
    near = _NEAR * best
    if max(gains) - min(gains) > near and abs(sum(gains) - (scoring.most or 100)) > near:
        raise LeftOutError("gives its choices different marks, so which are right is in doubt")
    return frozenset(place for place in places if key >> place & 1)
