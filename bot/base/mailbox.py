"""Word that is left for what works beside all else."""

import asyncio
from collections.abc import Hashable
from typing import Generic, TypeVar

Word = TypeVar("Word", bound=Hashable)


class Mailbox(Generic[Word]):
    """What is asked of something that works beside all else; in memory alone.

    ``news`` is set whenever there is word.
    """

    def __init__(self) -> None:
        self.news = asyncio.Event()
        self._asked: dict[Word, None] = {}

    def ask(self, *words: Word) -> None:
        """Asked again before it is taken, a thing is asked for once, as the last."""
        for one in words:
            self._asked.pop(one, None)
            self._asked[one] = None
        self.news.set()

    def take(self) -> tuple[Word, ...]:
        """What was asked since the last time, in that order."""
        self.news.clear()
        asked, self._asked = tuple(self._asked), {}
        return asked
