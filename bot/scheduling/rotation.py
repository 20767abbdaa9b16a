"""In which order a chat meets its cases: each chat its own, and none again before all were used."""

import hashlib
from collections.abc import Collection, Sequence


def choose(
    case_ids: Collection[str],
    used: Sequence[str],
    seed: int,
    *,
    preferred: Collection[str] = (),
) -> str | None:
    """The case to post next of ``case_ids``, those that match the chat's wishes; None of none.

    ``used`` are the cases posted in the chat, the latest last, whether they still match or not, and
    each as often as it was posted. Cases not yet used come first, the ``preferred`` before others,
    in an order that ``seed`` (the chat's id) fixes; once all were used, the one whose last use is
    longest ago. So the rounds repeat, a new case is met early, and no case follows itself where
    there are two.
    """
    last_use = {case_id: place for place, case_id in enumerate(used)}

    def rank(case_id: str) -> tuple[int, bool, bytes]:
        place = hashlib.sha256(f"{seed}:{case_id}".encode()).digest()
        return last_use.get(case_id, -1), case_id not in preferred, place

    return min(case_ids, key=rank, default=None)


def coming(  # noqa: PLR0913 - what ``choose`` needs, and how many
    number: int,
    queue: Sequence[str],
    case_ids: Collection[str],
    used: Sequence[str],
    seed: int,
    *,
    preferred: Collection[str] = (),
) -> list[str]:
    """The next so many cases as things stand now: those of ``queue``, then what ``choose`` brings.

    Fewer where there are none to choose from.
    """
    cases = list(queue)
    while len(cases) < number:
        case_id = choose(case_ids, [*used, *cases], seed, preferred=preferred)
        if case_id is None:
            break
        cases.append(case_id)
    return cases[:number]
