"""Where handlers leave what came of an update, for intake to collect.

An update is done only when its Outcome or its error lies here; python-telegram-bot's
``process_update`` itself returns None whatever happens.
"""

from storage.outcome import Outcome


class Deposits:
    """One box per update under way."""

    def __init__(self) -> None:
        self._boxes: dict[int, Outcome | Exception | None] = {}

    def open(self, update_id: int) -> None:
        """Set out an empty box."""
        self._boxes[update_id] = None

    def put(self, update_id: int, outcome: Outcome) -> None:
        """Leave what an update came to. Two Outcomes add up; an error is not painted over."""
        match self._boxes[update_id]:
            case Outcome() as earlier:
                self._boxes[update_id] = earlier + outcome
            case None:
                self._boxes[update_id] = outcome

    def fail(self, update_id: int, error: Exception) -> None:
        """Leave the error that handling an update ended in; the first one counts."""
        if not isinstance(self._boxes[update_id], Exception):
            self._boxes[update_id] = error

    def collect(self, update_id: int) -> Outcome | Exception | None:
        """Take what was left, and the box with it; None where nothing was."""
        return self._boxes.pop(update_id)
