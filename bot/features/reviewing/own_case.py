"""Whether a case is somebody's own, by the names in it: nobody signs their own."""

import re
import unicodedata
from collections.abc import Iterable

_TITLES = frozenset({"dr", "prof", "professor", "doctor", "md", "do", "phd", "mbbs", "mph", "msc"})
_WORD = re.compile(r"\w+")


def is_own(authors: Iterable[str], names: Iterable[str]) -> bool:
    """Whether one of a case's authors has one of these names.

    Case, accents, order and titles do not matter, and a name may be part of a longer one
    ("Ann Lee" of "Dr. Ann Lee, cardiologist") where it has two words or more.
    """
    theirs = [_words(name) for name in names]
    return any(_same(_words(author), name) for author in authors for name in theirs)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and (shorter == longer or (len(shorter) > 1 and shorter <= longer))


def _words(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    words = frozenset(_WORD.findall(letters.replace("'", "").replace("’", "")))
    return words - _TITLES or words
