"""Which case a learner gets: pure decisions over the library and their progress."""

import hashlib
from collections.abc import Iterable

from msgspec import Struct

from bot.base.i18n import ENGLISH
from bot.features.shared.case_names import is_in
from bot.features.shared.preferences import NO_PREFERENCES, Preferences
from content.library import Library, topic_slug
from content.model import Case
from storage.people import Progress


class AnyUnseen(Struct, frozen=True):
    """A case that the learner has not seen, as they prefer them."""

    preferences: Preferences = NO_PREFERENCES


class OnTopic(Struct, frozen=True):
    """An unseen case on this topic."""

    topic: str


class Named(Struct, frozen=True):
    """A case by its code or id."""

    text: str


class NotYetRight(Struct, frozen=True):
    """A case seen, but not yet answered right; on this topic, if there are any."""

    topic: str | None = None


Wish = AnyUnseen | OnTopic | Named | NotYetRight


class AllSeen(Struct, frozen=True):
    """Nothing new; ``to_repeat`` of the cases seen are not yet answered right.

    ``assigned``, ``live``: there is something new, but the learner is to meet it in an assignment,
    or in the live round that they are in.
    """

    topic: str | None
    to_repeat: int
    assigned: bool = False
    live: bool = False


class AllRight(Struct, frozen=True):
    """Nothing left to repeat."""


class NoneAsPreferred(Struct, frozen=True):
    """Nothing new is as the learner prefers it, but something else is."""


class NoSuchCase(Struct, frozen=True):
    """The library has neither a case nor a topic of that name."""


Chosen = Case | AllSeen | AllRight | NoneAsPreferred | NoSuchCase


def choose(
    wish: Wish, library: Library, progress: Progress, person_id: int, language: str = ENGLISH
) -> Chosen:
    """The case that a wish leads to, or why there is none; first one in the learner's language."""
    cases = library.cases.values()
    match wish:
        case Named(text):
            return library.find(text) or NoSuchCase()
        case OnTopic(topic):
            on_topic = library.on_topic(topic)
            found = _unseen(on_topic, progress, person_id, language)
            gone = _all_seen(topic_slug(topic), on_topic, progress)
            return found or (gone if on_topic else NoSuchCase())
        case AnyUnseen(preferences):
            preferred = [case for case in cases if preferences.admit(case)]
            found = _unseen(preferred, progress, person_id, language)
            if found is None and any(is_unseen(case, progress) for case in cases):
                return NoneAsPreferred()
            gone = _all_seen(None, cases, progress)
            return found or (gone if cases else NoSuchCase())
        case NotYetRight(topic):
            on_topic = () if topic is None else library.on_topic(topic)
            repeats = to_repeat(on_topic, progress) or to_repeat(cases, progress)
            return _longest_ago(repeats, progress, person_id) if repeats else AllRight()


def _all_seen(topic: str | None, cases: Iterable[Case], progress: Progress) -> AllSeen:
    cases = list(cases)
    new = {case.id for case in cases if case.id not in progress.seen}
    held_back = progress.held_back
    return AllSeen(
        topic,
        len(to_repeat(cases, progress)),
        assigned=bool(new & (held_back.ids - held_back.live)),
        live=bool(new & held_back.live),
    )


def is_answered(case: Case, progress: Progress) -> bool:
    """Whether the learner has answered all its questions."""
    return all((case.id, question.id) in progress.answered for question in case.questions)


def is_open(case: Case, progress: Progress) -> bool:
    """Whether it was given to the learner, and waits for an answer."""
    if case.id in progress.held_back.ids:
        return False
    return case.id in progress.given and not is_answered(case, progress)


def is_unseen(case: Case, progress: Progress) -> bool:
    """Whether it is new to the learner; an open case is not a seen one.

    What they are to meet in an assignment is none of all this until then.
    """
    if case.id in progress.held_back.ids:
        return False
    return case.id not in progress.seen or is_open(case, progress)


def left_open(library: Library, progress: Progress) -> list[Case]:
    """The open cases that the learner has not passed by, the latest first."""
    waiting = [
        case
        for case in library.cases.values()
        if is_open(case, progress) and case.id not in progress.passed
    ]
    return sorted(waiting, key=lambda case: -progress.given[case.id])


def to_repeat(cases: Iterable[Case], progress: Progress) -> list[Case]:
    """The seen cases with a question not (last) answered right."""
    return [
        case
        for case in cases
        if case.id not in progress.held_back.ids
        and not is_unseen(case, progress)
        and not all((case.id, question.id) in progress.right for question in case.questions)
    ]


def _unseen(
    cases: Iterable[Case], progress: Progress, person_id: int, language: str
) -> Case | None:
    """One never given, in the learner's language if there is one; else one left open."""
    unseen = [case for case in cases if is_unseen(case, progress)]
    fresh = [case for case in unseen if case.id not in progress.seen]
    if fresh:
        ordered = _in_order(fresh, person_id)
        return min(ordered, key=lambda case: not is_in(case, language))
    waiting = [case for case in unseen if is_open(case, progress)]
    return _longest_ago(waiting, progress, person_id) if waiting else None


def _longest_ago(repeats: Iterable[Case], progress: Progress, person_id: int) -> Case:
    """The one met longest ago: else a case that stays hard would keep all others from coming."""
    return min(_in_order(repeats, person_id), key=lambda case: progress.seen[case.id])


def _in_order(cases: Iterable[Case], person_id: int) -> list[Case]:
    """Each learner's own order, the same every time, without a dice to roll."""

    def place(case: Case) -> bytes:
        return hashlib.sha256(f"{person_id}:{case.id}".encode()).digest()

    return sorted(cases, key=place)
