"""Which case a learner gets: pure decisions over the library and their progress."""

import hashlib
from collections.abc import Iterable

from msgspec import Struct

from content.library import Library, topic_slug
from content.model import Case
from storage.people import Progress


class AnyUnseen(Struct, frozen=True):
    """A case that the learner has not seen."""


class OnTopic(Struct, frozen=True):
    """An unseen case on this topic."""

    topic: str


class Named(Struct, frozen=True):
    """A case by its code or id, or an unseen one on the topic of that name."""

    text: str


class NotYetRight(Struct, frozen=True):
    """A case seen, but not yet answered right; on this topic, if there are any."""

    topic: str | None = None


Wish = AnyUnseen | OnTopic | Named | NotYetRight


class AllSeen(Struct, frozen=True):
    """Nothing new; ``to_repeat`` of the cases seen are not yet answered right."""

    topic: str | None
    to_repeat: int


class AllRight(Struct, frozen=True):
    """Nothing left to repeat."""


class NoSuchCase(Struct, frozen=True):
    """The library has neither a case nor a topic of that name."""


def choose(
    wish: Wish, library: Library, progress: Progress, person_id: int
) -> Case | AllSeen | AllRight | NoSuchCase:
    """The case that a wish leads to, or why there is none."""
    match wish:
        case Named(text):
            case = library.find(text)
            if case is not None:
                return case
            if not library.on_topic(text):
                return NoSuchCase()
            return choose(OnTopic(text), library, progress, person_id)
        case OnTopic(topic):
            return _unseen(library.on_topic(topic), topic_slug(topic), progress, person_id)
        case AnyUnseen():
            return _unseen(library.cases.values(), None, progress, person_id)
        case NotYetRight(topic):
            on_topic = () if topic is None else library.on_topic(topic)
            repeats = to_repeat(on_topic, progress) or to_repeat(library.cases.values(), progress)
            return _longest_ago(repeats, progress, person_id) if repeats else AllRight()


def to_repeat(cases: Iterable[Case], progress: Progress) -> list[Case]:
    """The seen cases with a question not (last) answered right."""
    return [
        case
        for case in cases
        if case.id in progress.seen
        and not all((case.id, question.id) in progress.right for question in case.questions)
    ]


def _unseen(
    cases: Iterable[Case], topic: str | None, progress: Progress, person_id: int
) -> Case | AllSeen | NoSuchCase:
    cases = list(cases)
    unseen = [case for case in cases if case.id not in progress.seen]
    if unseen:
        return _in_order(unseen, person_id)[0]
    return AllSeen(topic, len(to_repeat(cases, progress))) if cases else NoSuchCase()


def _longest_ago(repeats: Iterable[Case], progress: Progress, person_id: int) -> Case:
    """The one met longest ago: else a case that stays hard would keep all others from coming."""
    return min(_in_order(repeats, person_id), key=lambda case: progress.seen[case.id])


def _in_order(cases: Iterable[Case], person_id: int) -> list[Case]:
    """Each learner's own order, the same every time, without a dice to roll."""

    def place(case: Case) -> bytes:
        return hashlib.sha256(f"{person_id}:{case.id}".encode()).digest()

    return sorted(cases, key=place)
