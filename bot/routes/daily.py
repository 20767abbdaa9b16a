"""The buttons under what `/daily` says."""

from telegram import CallbackQuery

from bot.features.shared.buttons import DAILY
from bot.features.shared.visitors import Visit
from bot.routes.private_commands import run
from bot.routes.reading_updates import press
from bot.services import Services
from storage.outcome import Outcome


async def pressed(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Do as if the person had written it."""
    return await run(services, who, "daily", (query.data or "").removeprefix(DAILY))


HANDLERS = (press(pressed, f"^{DAILY}"),)
