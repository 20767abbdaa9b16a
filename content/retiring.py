"""Cases are withdrawn while they hold what was retired: pure."""

from collections.abc import Iterator
from types import MappingProxyType

from msgspec.structs import replace

from content.library import Library
from content.model import Case
from content.one_question_case import alone
from content.revision import item_revision
from content.snapshot import Snapshot

Retired = frozenset[tuple[str, str]]
"""Items, by their revisions (``item_revision``), each after the id that its case has or had."""


def retiring(library: Library, retired: Retired) -> Library:
    """The same library, in which the cases are withdrawn that hold one of these, and no others.

    What is worded or shown anew is another item: a case that was mended comes back by itself.
    """
    every = library.every
    gone = {case.id: case for case in every.values() if _holds(library, case, retired)}
    left = {case_id: case for case_id, case in every.items() if case_id not in gone}
    cases, withdrawn = MappingProxyType(left), MappingProxyType(gone)
    return replace(library, cases=cases, withdrawn=withdrawn, retired=retired)


def is_retired(library: Library, snapshot: Snapshot) -> bool:
    """Whether a case as it was kept may not come any more, whatever it is like today."""
    if not library.retired:
        return False
    retired = {revision for _, revision in library.retired}
    places = range(len(snapshot.case.questions))
    return library.find_withdrawn(snapshot.case.id) is not None or any(
        item_revision(snapshot, place) in retired for place in places
    )


def _holds(library: Library, case: Case, retired: Retired) -> bool:
    names = {case.id, *case.formerly}
    sought = {revision for name, revision in retired if name in names}
    return bool(sought) and not sought.isdisjoint(_revisions(library, case))


def _revisions(library: Library, case: Case) -> Iterator[str]:
    """Those of its questions, asked with the case or by themselves, and of their variants."""
    for position, question in enumerate(case.questions):
        yield item_revision(library.snapshot(case), position)
        for variant in (None, *(each.id for each in question.variants)):
            yield item_revision(library.snapshot(alone(case, position, variant), variant), 0)
