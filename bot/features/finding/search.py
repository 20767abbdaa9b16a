"""What a person's words mean among cases and topics: pure, and never giving an answer away."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Set
from difflib import get_close_matches
from functools import lru_cache

from msgspec import Struct

from bot.base.i18n import ENGLISH, Languages, Words
from bot.features.shared.case_names import topic_name
from content.library import Library
from content.model import Case
from content.topics import specialty_of, synonyms_of

SHORTEST = 2  # letters; one letter begins half of all words
_LONGEST = 60  # letters compared at most: people can paste anything
_ACCENTS = re.compile("[\u0300-\u036f]")
_BETWEEN = re.compile(r"[\W_]+")
_LONG = 5  # letters of a name that a slip leaves recognisable
_NEAR = 0.78  # difflib's ratio: a letter wrong in five, two in ten


class OneCase(Struct, frozen=True):
    """This case is meant."""

    case: Case


class OneTopic(Struct, frozen=True):
    """This topic is meant."""

    topic: str


class SeveralMatches(Struct, frozen=True):
    """These may be meant; ``near``: they are only spelled like it."""

    topics: tuple[str, ...]
    cases: tuple[Case, ...]
    near: bool = False


class NoMatch(Struct, frozen=True):
    """Nothing is called so."""


Found = OneCase | OneTopic | SeveralMatches | NoMatch


def search(text: str, library: Library, answered: Set[str], words: Words) -> Found:
    """A code, an id or a topic's name; else what begins so; else what is spelled like it.

    ``answered`` holds the ids of the cases whose answers the person knows: they alone are searched
    by what would give those away.
    """
    case = library.find(text)
    if case is not None:
        return OneCase(case)
    wanted = folded(text[:_LONGEST])
    names = {topic: _names(topic, words) for topic in _topics(library)}
    exact = [topic for topic, known in names.items() if wanted in known]
    if exact:
        return _found(_with_cases(exact, library), ())
    if len(wanted) < SHORTEST:
        return NoMatch()
    begun = [topic for topic, known in names.items() if any(_begins(wanted, n) for n in known)]
    cases = [case for case in library.cases.values() if _begins(wanted, folded(case.title))]
    hidden = [
        case
        for case in library.cases.values()
        if case.id in answered and case not in cases and _begins(wanted, _all_text(case))
    ]
    found = _found(_with_cases(begun, library), (*cases, *hidden))
    return _near(wanted, names, library) if isinstance(found, NoMatch) else found


def topic_called(text: str, library: Library, words: Words) -> str | None:
    """The topic of the library that has this name or synonym, if it is one alone."""
    wanted = folded(text)
    exact = [topic for topic in _topics(library) if wanted in _names(topic, words)]
    found = _found(_with_cases(exact, library), ())
    return found.topic if isinstance(found, OneTopic) else None


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """Its words without capitals, accents and punctuation, one space between them."""
    return _fold(text)


def _fold(text: str) -> str:
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return _BETWEEN.sub(" ", bare).strip()


def _topics(library: Library) -> Iterable[str]:
    """The topics of the cases, and the specialties that those belong to."""
    return sorted({*library.topics, *map(specialty_of, library.topics)})


@lru_cache(maxsize=2048)
def _names(topic: str, words: Words) -> tuple[str, ...]:
    english = topic_name(topic, Languages.load().words[ENGLISH])
    called = (topic, english, topic_name(topic, words), *synonyms_of(topic))
    return tuple(dict.fromkeys(map(folded, called)))


def _with_cases(topics: Iterable[str], library: Library) -> tuple[str, ...]:
    """The same; for a specialty that no case names, the topics that belong to it."""
    there = library.topics
    found = (
        each
        for topic in topics
        for each in ([topic] if topic in there else [t for t in there if specialty_of(t) == topic])
    )
    return tuple(dict.fromkeys(found))


def _found(topics: tuple[str, ...], cases: tuple[Case, ...]) -> Found:
    match topics, cases:
        case (), ():
            return NoMatch()
        case (topic,), ():
            return OneTopic(topic)
        case (), (case,):
            return OneCase(case)
    return SeveralMatches(topics, cases)


def _begins(wanted: str, text: str) -> bool:
    """Whether each word wanted begins one of the text's."""
    return all(f" {word}" in f" {text}" for word in wanted.split()) and bool(wanted)


@lru_cache(maxsize=256)
def _all_text(case: Case) -> str:
    return _fold(" ".join(_texts(case)))


def _texts(case: Case) -> Iterator[str]:
    """What a case says once it is answered."""
    yield from (case.id, case.vignette)
    for question in case.questions:
        yield from (question.prompt, question.key_point or "", question.reveal or "")
        for choice in question.choices:
            yield from (choice.text, choice.why or "")
    for section in case.discussion:
        yield from (section.heading, section.text)


def _near(wanted: str, names: dict[str, tuple[str, ...]], library: Library) -> Found:
    """What is spelled like it: a topic's name, or words of a title."""
    # Of short words too many are alike.
    called = {n: topic for topic, known in names.items() for n in known if len(n) >= _LONG}
    topics = dict.fromkeys(called[n] for n in get_close_matches(wanted, called, 5, _NEAR))
    titles = {case.id: folded(case.title) for case in library.cases.values()}
    spelled = _spelled_like(wanted, {word for title in titles.values() for word in title.split()})
    cases = [library.cases[one] for one, title in titles.items() if spelled(title)]
    several = SeveralMatches(_with_cases(topics, library), tuple(cases), near=True)
    return several if several.topics or several.cases else NoMatch()


def _spelled_like(wanted: str, vocabulary: Set[str]) -> Callable[[str], bool]:
    """Tells of a title whether it has a word like each of those wanted."""
    alternatives = []
    for word in wanted.split():
        # A slip seldom changes the first letter; to compare with all words would take long.
        alike = [w for w in vocabulary if w[0] == word[0] and abs(len(w) - len(word)) <= 2]
        alternatives.append(set(get_close_matches(word, alike, 5, _NEAR)))
    return lambda title: all(words & {*title.split()} for words in alternatives)
