"""Signatures of clinicians on cases: which hold, and who has reviewed a case: pure."""

from collections.abc import Iterable, Iterator
from datetime import date
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from content.library import Library
from content.model import Case, Review, ReviewStatus
from content.one_question_case import alone
from content.signed_digest import Signature, covered, signed_digest
from content.snapshot import Snapshot

_BETWEEN = "; "
_LONGEST = 200  # characters of `by` in a case file


class Reviewed(Struct, frozen=True):
    """Who has reviewed a case, and when; ``person_id`` None: a case file says so."""

    name: str
    on: date
    person_id: int | None = None


def signing(library: Library, signatures: Iterable[Signature]) -> Library:
    """The same library, with these signatures and no others."""
    known = tuple(signatures)
    holding: dict[str, list[Signature]] = {}
    every = library.every
    for one in known:
        case = every.get(one.case_id)
        if case and digest_of(library, case) == one.digest:
            holding.setdefault(case.id, []).append(one)
    signed = MappingProxyType({case_id: tuple(held) for case_id, held in holding.items()})
    return replace(library, signatures=known, signed=signed)


def digest_of(library: Library, case: Case) -> str:
    """What a signature on a case of this library would hold for."""
    return signed_digest(case, library.figure_hashes(case.id))


def holding(library: Library, snapshot: Snapshot) -> tuple[Signature, ...]:
    """The signatures that hold for a case as it was posted, in whole or one question of it.

    They are those on the case as it is in use: a post of an earlier wording has none.
    """
    signed = library.signed.get(snapshot.case.id, ())
    return signed if signed and _is_in_use(library, snapshot) else ()


def reviews(case: Case, signed: Iterable[Signature]) -> tuple[Reviewed, ...]:
    """What the case file says, and then these signatures; nobody is named twice."""
    review, found = case.review, []
    named: set[str] = set()
    if review.status is ReviewStatus.REVIEWED and review.by and review.on:
        found.append(Reviewed(review.by, review.on))
        named |= {review.by, *review.by.split(_BETWEEN)}
    for one in sorted(signed, key=lambda each: (each.on, each.name)):
        if one.name not in named:
            named.add(one.name)
            found.append(Reviewed(one.name, one.on, one.person_id))
    return tuple(found)


def with_signatures(case: Case, signed: Iterable[Signature]) -> Case:
    """The case as its file may say that these reviewed it; the same where nobody did.

    The day is that of the last of them.
    """
    found = [*reviews(case, signed)]
    while len(_BETWEEN.join(one.name for one in found)) > _LONGEST:
        found.pop()
    if all(one.person_id is None for one in found):
        return case
    by, on = _BETWEEN.join(one.name for one in found), max(one.on for one in found)
    review = Review(status=ReviewStatus.REVIEWED, by=by, on=on, confirm=case.review.confirm)
    return case.model_copy(update={"review": review})


def _is_in_use(library: Library, snapshot: Snapshot) -> bool:
    """Whether a posted case is what would be posted today, but for what no signature covers."""
    then = _shown(snapshot)
    return any(_shown(now) == then for now in _postable(library, snapshot))


def _postable(library: Library, snapshot: Snapshot) -> Iterator[Snapshot]:
    """The case in use, and as a review would ask its question that has this name."""
    case = library.every[snapshot.case.id]
    yield library.snapshot(case)
    (first, *_) = snapshot.case.questions
    for position, question in enumerate(case.questions):
        known = snapshot.variant is None or question.variant(snapshot.variant) is not None
        if question.id == first.id and known:
            yield library.snapshot(alone(case, position, snapshot.variant), snapshot.variant)


def _shown(snapshot: Snapshot) -> tuple[str, tuple[str, ...]]:
    return covered(snapshot.case), tuple(snapshot.figures)
