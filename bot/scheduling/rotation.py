"""In which order a chat meets its cases: each chat its own, and none again before all were used."""

import hashlib
from collections.abc import Collection, Sequence

from msgspec import Struct


class Planned(Struct, frozen=True):
    """A case, and the UTC milliseconds at which it is due."""

    due_ms: int
    case_id: str


def choose(case_ids: Collection[str], used: Sequence[str], seed: int) -> str | None:
    """The case to post next of ``case_ids``, those that match the chat's wishes; None of none.

    ``used`` are the cases posted in the chat, the latest last, whether they still match or not, and
    each as often as it was posted. Cases not yet used come first, in an order that ``seed`` (the
    chat's id) fixes; once all were used, the one whose last use is longest ago. So the rounds
    repeat, a new case is met early, and no case follows itself where there are two.
    """
    last_use = {case_id: place for place, case_id in enumerate(used)}

    def rank(case_id: str) -> tuple[int, bytes]:
        return last_use.get(case_id, -1), hashlib.sha256(f"{seed}:{case_id}".encode()).digest()

    return min(case_ids, key=rank, default=None)


def preview(
    due: Sequence[int], case_ids: Collection[str], used: Sequence[str], seed: int
) -> list[Planned]:
    """The case that ``choose`` will bring at each of these due instants, as things stand now."""
    planned: list[Planned] = []
    for due_ms in due:
        case_id = choose(case_ids, [*used, *(case.case_id for case in planned)], seed)
        if case_id is not None:
            planned.append(Planned(due_ms, case_id))
    return planned
