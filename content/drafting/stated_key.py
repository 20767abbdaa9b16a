"""Which choices a text itself calls right: by a mark, or by an answer that is a choice's name.

What only speaks well of a choice is no key: the author says which is right.
"""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from content.exchange.article.paragraphs import Paragraph, sentences
from content.exchange.article.question import Choice
from content.exchange.article.reading import AskedQuestion
from content.exchange.article.sections import Section

_MARKED = re.compile(
    r"\s*(?:\*+|\(\s*(?:correct|right)(?: answer)?\s*\)|[\u2713\u2714\u2705])\s*$", re.IGNORECASE
)
_LETTERS = re.compile(
    r"\(?([A-L]|\d{1,2})\)?(?:\s*(?:,|and|&|\+|y|et)\s*\(?([A-L]|\d{1,2})\)?){0,5}[.:]?",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"\(?([A-La-l]|\d{1,2})[.):]\s+(\S.*)")
_SAID = re.compile(
    r"(?:(?:the\s+)?(?:correct|right|best)\s+(?:answer|choice|option)\s+(?:is|was|would be)"
    r"|(?:la\s+)?(?:respuesta|opción)\s+correcta\s+es(?:\s+la)?"
    r"|la\s+(?:bonne\s+réponse|réponse\s+(?:correcte|exacte|juste))\s+est(?:\s+la)?)"
    r"\s*:?\s*(?:option\s+|choice\s+|opción\s+|réponse\s+)?(.+?)\.?",
    re.IGNORECASE,
)
_IS_RIGHT = re.compile(
    r"(.+?)\s+(?:is|are)\s+(?:the\s+)?(?:correct|right)(?:\s+(?:answer|choice|option)s?)?\.?",
    re.IGNORECASE,
)


class StatedKey(Struct, frozen=True):
    """The choices without marks, the places of the right ones, and the answer without the key.

    ``disputed``: the text says two things of it.
    """

    texts: tuple[str, ...]
    right: frozenset[int]
    answer: tuple[Section, ...]
    disputed: bool = False


def stated_key(asked: AskedQuestion) -> StatedKey:
    """What the text says outright; ``right`` is empty where it does not."""
    texts = tuple(_MARKED.sub("", choice.text) for choice in asked.choices)
    marked = frozenset(
        place
        for place, choice in enumerate(asked.choices)
        if choice.ticked or texts[place] != choice.text
    )
    said, answer = _answered(asked.choices, texts, asked.answer)
    spoken = {asked.proposal.choice} if asked.proposal else set()
    if marked and ((said and said != marked) or (not said and spoken and not spoken <= marked)):
        return StatedKey(texts, frozenset(), asked.answer, disputed=True)
    right = said or marked
    return StatedKey(texts, right if len(right) < len(texts) else frozenset(), answer)


def _answered(
    choices: Sequence[Choice], texts: Sequence[str], answer: tuple[Section, ...]
) -> tuple[frozenset[int], tuple[Section, ...]]:
    """What the answer's first sentence says, and the answer without it where it says no more."""
    if not answer or answer[0].heading or not answer[0].paragraphs:
        return frozenset(), answer
    first, *others = answer[0].paragraphs
    opening = (sentences(first.text) or [first.text])[0]
    for told in dict.fromkeys((first.text, opening)):
        if right := _named(choices, texts, told):
            only = not (_SAID.fullmatch(told.strip()) or _IS_RIGHT.fullmatch(told.strip()))
            left = first.text[len(told) :].strip() if only else first.text
            if any(_opens(left, text) for n, text in enumerate(texts) if n not in right):
                continue
            kept = [Paragraph(first.number, left)] if left else []
            rest = replace(answer[0], paragraphs=(*kept, *others))
            return right, (*((rest,) if rest.paragraphs else ()), *answer[1:])
    return frozenset(), answer


def _opens(said: str, text: str) -> bool:
    return f"{_folded(said)} ".startswith(f"{_folded(text)} ")


def _named(choices: Sequence[Choice], texts: Sequence[str], told: str) -> frozenset[int]:
    told = told.strip()
    if said := _SAID.fullmatch(told) or _IS_RIGHT.fullmatch(told):
        told = said[1].strip()
    if _LETTERS.fullmatch(told):
        letters = re.findall(r"[A-La-l]|\d+", re.sub(r"\b(?:and|y|et)\b", ",", told))
        places = [_by_letter(choices, each) for each in letters]
        return (
            frozenset(place for place in places if place is not None)
            if None not in places
            else frozenset()
        )
    lettered = _LETTERED.fullmatch(told)
    folded = [_folded(text) for text in texts]
    if lettered and (place := _by_letter(choices, lettered[1])) is not None:
        whole = _folded(lettered[2])
        return frozenset({place}) if whole.startswith(folded[place]) else frozenset()
    same = [place for place, text in enumerate(folded) if text and text == _folded(told)]
    return frozenset(same) if len(same) == 1 else frozenset()


def _by_letter(choices: Sequence[Choice], letter: str) -> int | None:
    """The place of the choice with this letter or number; by its place where none has any."""
    found = [n for n, choice in enumerate(choices) if choice.letter == letter.upper()]
    if len(found) == 1:
        return found[0]
    if any(choice.letter for choice in choices):
        return None
    place = int(letter) - 1 if letter.isdigit() else ord(letter.upper()) - ord("A")
    return place if 0 <= place < len(choices) else None


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
