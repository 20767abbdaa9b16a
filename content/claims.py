"""What case files claim: an id, and former ids, each of which one case alone may have."""

from collections.abc import Iterable
from pathlib import Path
from typing import Self

from msgspec import Struct

from content.codes import case_code
from content.loader import CaseFile
from content.phrases import phrase
from content.problems import Mark, Problem, problem_at


class Claim(Struct, frozen=True):
    """A file's claim to an id, and where the id stands; so of each former id."""

    path: Path
    case_id: str
    mark: Mark
    formerly: tuple[tuple[str, Mark], ...] = ()

    @classmethod
    def of(cls, file: CaseFile) -> Self | None:
        """The claim of a file, if it holds a case."""
        if file.case is None:
            return None
        former = ((name, file.mark("formerly", n)) for n, name in enumerate(file.case.formerly))
        return cls(file.path, file.case.id, file.mark("id"), tuple(former))


def contested(claims: Iterable[Claim]) -> list[Problem]:
    """Claims to what an earlier one has claimed: the same id, or one of the same code.

    A former id must be nobody's id, and nobody else's former id.
    """
    claimed: dict[str, Claim] = {}
    holders: list[Claim] = []
    problems = []
    for claim in claims:
        first = claimed.setdefault(case_code(claim.case_id), claim)
        if first is claim:
            holders.append(claim)
            continue
        if first.case_id == claim.case_id:
            name = "duplicate-id"
            message = phrase(
                "{path} has the id {id} already", path=str(first.path), id=claim.case_id
            )
        else:
            message = phrase("this id shares its code with {path}; change it", path=str(first.path))
            name = "duplicate-code"
        problems.append(problem_at(claim.path, claim.mark, name, message))
    for claim, (former, mark) in ((each, said) for each in holders for said in each.formerly):
        if holder := claimed.get(case_code(former)):
            message = phrase(
                "{path} has the id {id}, or had it; what was answered then is its own",
                path=str(holder.path),
                id=former,
            )
            problems.append(problem_at(claim.path, mark, "former-id", message))
        else:
            claimed[case_code(former)] = claim
    return problems
