"""When two choices say the same."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from content.fields import CHOICE_LENGTH
from content.lint.words import stem, word_set

_ALIKE = 0.9
# Left out or put in, these leave a choice what it was; “not”, “before” or “left” do not.
_EMPTY = word_set("a an the of to now then also please some any this that is")
# Words, and signs that mean something: <, >, +, %, arrows, a minus; no punctuation.
_MEANING = re.compile(
    r"[^\W\d_]+|\d+|(?<![^\s(])[-\u2212](?=\d)|[^\w\s.,;:'\"()\[\]/\u2010-\u201f-]"
)


def folded(text: str) -> str:
    """A text without what capitals and spaces, or a full stop at its end, tell apart."""
    return " ".join(text.casefold().split()).rstrip(" .")


def nearly_same(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The pairs of texts that are more than 90% alike and differ in nothing that carries meaning.

    What differs may be empty words, the endings of words, spelling across the Atlantic, hyphens
    and punctuation. A word instead of another is a difference however alike they look: abduction
    and adduction, type 1 and type 2. Texts that are the same but for capitals and spaces are left
    out, and so are those too long to be a choice.
    """
    folds = [folded(text) for text in texts]
    essences = [_essence(text) for text in texts]
    for one, other in combinations(range(len(texts)), 2):
        if essences[one] == essences[other] and folds[one] != folds[other]:
            first, second = folds[one], folds[other]
            if len(first) + len(second) <= 4 * CHOICE_LENGTH and _ratio(first, second) > _ALIKE:
                yield one, other


def _essence(text: str) -> tuple[str, ...]:
    return tuple(stem(token) for token in _MEANING.findall(text.lower()) if token not in _EMPTY)


def _ratio(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second, autojunk=False).ratio()
