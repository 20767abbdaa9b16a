"""Who is told what the bot does, beside those whom it is done for."""

from collections.abc import Iterable, Sequence

from bot.sending.delivery import Delivery
from bot.telegram import bot_api
from storage.ledger import Entry


class Observer:
    """Counts nothing: what counts is ``bot.web.metrics``, which is asked over the web alone."""

    def committed(self, entries: Sequence[Entry], waited: int) -> None:
        """Outcomes are on record, those of updates ``waited`` milliseconds after they came."""

    def called(self, method: str, reply: bot_api.Reply, seconds: float) -> None:
        """The Bot API has answered, or has not."""

    def answered(self, reply: bot_api.Reply) -> None:
        """A call whose time tells nothing, such as a long poll, has been answered, or has not."""

    def settled(self, deliveries: Iterable[Delivery], now: int) -> None:
        """Results of owed calls are on record at ``now``, in UTC milliseconds."""
