"""Cases are withdrawn while they hold what was retired: pure."""

from collections.abc import Iterator
from types import MappingProxyType

from msgspec.structs import replace

from content.library import Library
from content.model import Case
from content.review_case import alone
from content.revision import revision_of

Retired = frozenset[tuple[str, str]]
"""Revisions of questions, each after the id that its case has or had."""


def retiring(library: Library, retired: Retired) -> Library:
    """The same library, in which the cases are withdrawn that hold one of these, and no others.

    A new wording is another revision: a case that was mended comes back by itself.
    """
    every = library.every
    gone = {case.id: case for case in every.values() if _holds(library, case, retired)}
    left = {case_id: case for case_id, case in every.items() if case_id not in gone}
    cases, withdrawn = MappingProxyType(left), MappingProxyType(gone)
    return replace(library, cases=cases, withdrawn=withdrawn, retired=retired)


def _holds(library: Library, case: Case, retired: Retired) -> bool:
    names = {case.id, *case.formerly}
    sought = {revision for name, revision in retired if name in names}
    return bool(sought) and not sought.isdisjoint(_revisions(library, case))


def _revisions(library: Library, case: Case) -> Iterator[str]:
    """Those of its questions, and of their variants."""
    for position, question in enumerate(case.questions):
        yield revision_of(library.snapshot(case), position)
        for variant in question.variants:
            yield revision_of(library.snapshot(alone(case, position, variant.id), variant.id), 0)
