"""Which cases wait for a reviewer: pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from bot.features.reviewing.own_case import is_own
from content.library import Library
from content.model import Case
from content.signing import digest_of, reviews
from content.topics import specialty_of


class Reviewer(Struct, frozen=True):
    """Who reviews: how they wish to be named, and the names by which they may be an author.

    ``published`` are cases that they published in the chat; ``sent_back`` those that they sent
    back, each with the digest that it had then.
    """

    person_id: int
    public_name: str
    names: tuple[str, ...]
    published: Collection[str] = ()
    sent_back: Mapping[str, str] = {}

    def wrote(self, case: Case) -> bool:
        """Whether a case is their own."""
        return case.id in self.published or is_own(case.authors, self.names)

    def renamed(self, name: str) -> "Reviewer":
        """The same, who wishes to be named so."""
        return replace(self, public_name=name, names=(*self.names, name))


class WaitingCase(Struct, frozen=True):
    """A case that nobody has signed as it is; ``signed_on``: but in other words, on that day."""

    case: Case
    signed_on: date | None = None

    @property
    def specialty(self) -> str:
        """That of the case's first topic."""
        return specialty_of(self.case.topics[0])


def waiting(library: Library, reviewer: Reviewer) -> list[WaitingCase]:
    """What waits for this reviewer, by specialty: first what was signed before it changed."""
    before: dict[str, date] = {}
    for one in library.signatures:
        before[one.case_id] = max(one.on, before.get(one.case_id, one.on))
    found = [
        WaitingCase(case, before.get(case.id))
        for case in library.cases.values()
        if not reviews(case, library.signed.get(case.id, ()))
        and not reviewer.wrote(case)
        and not _sent_back(library, case, reviewer)
    ]
    return sorted(found, key=lambda one: (one.specialty, one.signed_on is None, one.case.title))


def following(queue: Sequence[WaitingCase], case: Case) -> WaitingCase | None:
    """The case after this one in its specialty, else in any; None where nothing else waits."""
    others = [one for one in queue if one.case.id != case.id]
    specialty = specialty_of(case.topics[0])
    later = [one for one in others if one.specialty == specialty]
    after = [one for one in later if one.case.title > case.title]
    return next(iter(after or later or others), None)


def _sent_back(library: Library, case: Case, reviewer: Reviewer) -> bool:
    digest = reviewer.sent_back.get(case.id)
    return digest is not None and digest == digest_of(library, case)
