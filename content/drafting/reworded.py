"""Which choices of a question are the same in other words."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final

_ALIKE: Final = 0.6  # from which on two lines read as one that was changed


def reworded(before: Sequence[str], after: Sequence[str]) -> Mapping[str, str]:
    """The new words of choices by those that stood in their places.

    Only such as read alike: another choice may come in the place of one. None where any of them
    changed places, for then no place says which is meant.
    """
    pairs = [(old, new) for old, new in zip(before, after, strict=False) if old != new]
    if any(old in after or new in before for old, new in pairs):
        return {}
    return {old: new for old, new in pairs if _alike(old.casefold(), new.casefold())}


def _alike(old: str, new: str) -> bool:
    fewer, more = sorted((set(old.split()), set(new.split())), key=len)
    return bool(fewer) and (fewer <= more or SequenceMatcher(None, old, new).ratio() >= _ALIKE)
