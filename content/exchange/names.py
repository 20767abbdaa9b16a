"""Ids made of what people call things."""

import re
from collections import Counter
from collections.abc import Iterable

from anyascii import anyascii

MAX_LENGTH = 50  # of an id in a case file


def slug(text: str) -> str:
    """Kebab-case of at most 50 characters, cut between words; other scripts in Latin letters."""
    letters = anyascii(re.sub("['\u2019]", "", text[:1000])).lower()
    words = re.findall("[a-z0-9]+", letters)
    name = "-".join(words)[: MAX_LENGTH + 1]
    if len(name) > MAX_LENGTH:
        name = name[:MAX_LENGTH] if "-" not in name else name.rpartition("-")[0]
    return name.strip("-")


class Ids:
    """Ids given out so far, each once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._last: Counter[str] = Counter()

    def new(self, name: str) -> str:
        """The name, or where it is taken, the name with the first number from 2 that is free."""
        candidate = name
        while candidate in self._taken:
            self._last[name] += 1
            ending = f"-{self._last[name] + 1}"
            candidate = name[: MAX_LENGTH - len(ending)].rstrip("-") + ending
        self._taken.add(candidate)
        return candidate
