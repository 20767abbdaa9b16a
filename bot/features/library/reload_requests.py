"""That the cases should be looked at again, and who asked for it."""

import asyncio


class ReloadRequests:
    """Where a watcher or an administrator leaves word; kept in memory, as every start reads anew.

    ``news`` is set whenever there is word.
    """

    def __init__(self) -> None:
        self.news = asyncio.Event()
        self._askers: set[int] = set()

    def changed(self) -> None:
        """Files have changed."""
        self.news.set()

    def ask(self, *person_ids: int) -> None:
        """These people want the cases read again, and to be told of it whatever comes of it."""
        self._askers.update(person_ids)
        self.news.set()

    def take(self) -> frozenset[int]:
        """Whoever asked since the last time."""
        self.news.clear()
        askers, self._askers = frozenset(self._askers), set()
        return askers
