"""Which choice an article's answer seems to call right: a proposal, for the author to confirm."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from content.exchange.article.paragraphs import Paragraph, sentences
from content.exchange.article.question import Choice

# The choice follows the first of these and goes before the second.
_THE_ANSWER_IS = re.compile(
    r"\b(?:answer|diagnosis|choice|option)\b[^.;,]{0,40}?\b(?:is|was|would be)\b([^,;:]*)",
    re.IGNORECASE,
)
_IS_THE_ANSWER = re.compile(
    r"^(.*?)(?:\b(?:is|was) (?:the )?(?:correct|right|best|most likely)\b"
    r"|[,(] ?the (?:correct|right|best) (?:answer|choice|option)\b)",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"^\(?([A-L])(?:[.):]|\)?$|(?= (?:is|was) (?:the )?(?:correct|right|best)\b))"
    r"|\b(?:answer|choice|option)(?: (?:is|was))?:? \(?([A-L])\b"
)
_NEGATIVE = re.compile(r"\b(?:not|except|least|false|incorrect|exception|cannot)\b", re.IGNORECASE)
_EXCEPT = re.compile(
    r"\b(?:except(?: for)?|other than|with the exception of|but not|apart from)\b(.*)",
    re.IGNORECASE,
)
_EXCEPTIONAL = re.compile(
    r"\b(?:not|least|exception|rare(?:ly)?|uncommon|unusual|only one)\b", re.IGNORECASE
)
_DENIES = re.compile(
    r"\b(?:not|no|never|neither|nor|unlike|rather|without|excludes?d?|rules? out|ruled out|unlikely"
    r"|incorrect|wrong|less)\b",
    re.IGNORECASE,
)


class Proposal(Struct, frozen=True):
    """The choice at ``choice``, and the sentence that names it, which begins in ``line``."""

    choice: int
    sentence: str
    line: int


def propose(prompt: str, choices: Sequence[Choice], answer: Iterable[Paragraph]) -> Proposal | None:
    """The one choice that a sentence of the answer calls right; None where none does clearly.

    Tried in this order: an answer that opens with a choice or its letter; a sentence that says
    which is correct; the one box that is ticked; where the prompt asks for an exception, a sentence
    that names it; elsewhere the first sentence that names one choice and no other.
    """
    said = [(each.number, sentence) for each in answer for sentence in sentences(each.text)]
    negative = _NEGATIVE.search(prompt) is not None
    if said and (opened := _opening(choices, said[0][1])) is not None:
        return Proposal(opened, _whole(said), said[0][0])
    if found := _first(_said_so, choices, said):
        return found
    ticked = [n for n, choice in enumerate(choices) if choice.ticked]
    if len(ticked) == 1:
        only = choices[ticked[0]]
        return Proposal(ticked[0], f"{only.text} (its box is ticked)", only.number)
    return _first(_excepted if negative else _affirmed, choices, said)


def _first(
    reads: Callable[[Sequence[Choice], str], int | None],
    choices: Sequence[Choice],
    said: Iterable[tuple[int, str]],
) -> Proposal | None:
    """What the first sentence says that names a choice in this way."""
    for line, sentence in said:
        if (choice := reads(choices, sentence)) is not None:
            return Proposal(choice, sentence, line)
    return None


def _whole(said: Sequence[tuple[int, str]]) -> str:
    """The first sentence, with the next where it is no more than the name of a choice."""
    first = said[0][1]
    return f"{first} {said[1][1]}" if len(first.split()) < 6 and len(said) > 1 else first


def _opening(choices: Sequence[Choice], sentence: str) -> int | None:
    if letter := _lettered(choices, sentence):
        return letter[0]
    folded = _folded(sentence)
    opened = [n for n, c in enumerate(choices) if f"{folded} ".startswith(f"{_folded(c.text)} ")]
    rest = folded[len(_folded(choices[opened[0]].text)) :] if opened else "?"
    # "Gout." and "Gout is correct" answer; "Gout is common in men" only speaks of it.
    answers = not rest or _IS_THE_ANSWER.match(rest) is not None
    return opened[0] if len(opened) == 1 and answers else None


def _lettered(choices: Sequence[Choice], sentence: str) -> list[int]:
    found = _LETTER.search(sentence)
    letter = (found[1] or found[2]) if found else ""
    return [n for n, choice in enumerate(choices) if letter and choice.letter == letter]


def _said_so(choices: Sequence[Choice], sentence: str) -> int | None:
    hit = _THE_ANSWER_IS.search(sentence) or _IS_THE_ANSWER.search(sentence)
    if hit is None:
        return None
    lettered = _lettered(choices, sentence)
    return lettered[0] if lettered else _affirmed(choices, hit[1])


def _affirmed(choices: Sequence[Choice], sentence: str) -> int | None:
    """The one choice that is named, and not to say that it is none."""
    return None if _DENIES.search(sentence) else _named(choices, sentence)


def _excepted(choices: Sequence[Choice], sentence: str) -> int | None:
    """The choice of which alone a sentence says that it is the exception."""
    if hit := _EXCEPT.search(sentence):
        return _named(choices, hit[1])
    return _named(choices, sentence) if _EXCEPTIONAL.search(sentence) else None


def _named(choices: Sequence[Choice], sentence: str) -> int | None:
    """The one choice that a sentence names; None for none or several."""
    named = list(_names(choices, _folded(sentence)))
    return named[0] if len(named) == 1 else None


def _names(choices: Sequence[Choice], folded: str) -> Iterator[int]:
    """Longer choices first: what they cover does not name a shorter one."""
    left = f" {folded} "
    texts = [_folded(choice.text) for choice in choices]
    for n in sorted(range(len(choices)), key=lambda n: -len(texts[n])):
        if texts[n] and f" {texts[n]} " in left:
            left = left.replace(f" {texts[n]} ", " | ")
            yield n


def _folded(text: str) -> str:
    """Words only, in small letters, for comparing."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
