"""Pictures of one person's figures: owed as what they show, and drawn when they are sent.

So nothing of a picture is kept, neither here nor, by a file_id, for others; what is owed goes with
its person and survives any end of the bot.
"""

import logging

from msgspec.structs import replace

from bot.charts.chart_process import CannotDrawError, ChartProcess
from storage.outbox import OwedRow

log = logging.getLogger(__name__)


async def with_picture(row: OwedRow, charts: ChartProcess) -> OwedRow:
    """The call with what it shows drawn; where that fails, the sentence that stands for it."""
    match row.params.get("photo"):
        case {"$chart": dict(shown), "instead": str(html)}:
            try:
                content = await charts.draw(shown)
            except CannotDrawError as error:
                log.error("A picture could not be drawn: %s.", error)
                params = {"text": html, "parse_mode": "HTML"}
                return replace(row, method="sendMessage", params=params)
            photo = {"$file": {"name": "progress.png", "content": content}}
            return replace(row, params={**row.params, "photo": photo})
    return row
