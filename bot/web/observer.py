"""What is told of a bot at work: here by nobody who would keep it."""

from collections.abc import Iterable, Sequence

from bot.sending.delivery import Delivery
from bot.telegram import bot_api
from bot.telegram.batches import UpdateSource
from storage.ledger import Entry


class Observer:
    """Of a bot that nobody can ask anything; ``bot.web.metrics`` counts instead.

    ``source`` is where updates come from, once Telegram has answered for the first time.
    """

    source: UpdateSource | None = None

    def committed(self, entries: Sequence[Entry], waited_ms: int) -> None:
        """Outcomes are on record, those of updates ``waited_ms`` after they came."""

    def called(self, method: str, reply: bot_api.Reply, seconds: float) -> None:
        """The Bot API has answered, or has not."""

    def answered(self, reply: bot_api.Reply) -> None:
        """A call whose time tells nothing, such as a long poll, has been answered, or has not."""

    def settled(self, deliveries: Iterable[Delivery], now: int) -> None:
        """Results of owed calls are on record at ``now``, in UTC milliseconds."""
