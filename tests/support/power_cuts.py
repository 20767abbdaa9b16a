"""A bot whose power fails again and again."""

from datetime import UTC, datetime
from pathlib import Path

from bot.settings import Settings
from tests.support.bot import BotProcess


class Lives:
    """One bot after another, at one database."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        clock = settings.clock
        start = datetime.fromtimestamp(clock.start, UTC).strftime("%Y-%m-%dT%H:%M:%S")
        self._environment = {
            "MORNING_REPORT_CLOCK": f"{start}x{clock.speed}@{clock.epoch}",
            "MORNING_REPORT_CONTENT": str(settings.content),
            "MORNING_REPORT_SHIPPED_CASES": "off",
            "MORNING_REPORT_ADMINS": ",".join(map(str, sorted(settings.admins))),
        }
        self._url, self._folder = settings.api_url, folder
        self._bot: BotProcess | None = None

    async def begin(self) -> None:
        """The next."""
        self._bot = await BotProcess.start(self._url, self._folder, **self._environment)

    async def kill(self) -> None:
        """The end of the one at work."""
        assert self._bot is not None
        await self._bot.kill()
