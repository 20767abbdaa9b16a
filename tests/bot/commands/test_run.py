"""`morning-report run`, as far as it is not the bot itself."""

from pathlib import Path

import pytest

from bot.sandbox.server import SandboxServer
from tests.support.bot import BotProcess
from tests.support.trouble import until


@pytest.mark.parametrize("mode", [0o644, 0o600], ids=oct)
async def test_settings_that_others_can_read_are_warned_of(
    server: SandboxServer, tmp_path: Path, mode: int
) -> None:
    """They may hold the token: the log says what to do, and nothing of it where all is well."""
    settings = tmp_path / ".env"
    settings.touch()
    settings.chmod(mode)
    bot = await BotProcess.start(server.url, tmp_path)

    def said_so() -> bool:
        return any(
            "_bot is at work" in log.read_text("utf-8") for log in tmp_path.glob("bot-*.log")
        )

    async def at_work() -> bool:
        return said_so()

    await until(at_work)
    _, said = await bot.end()
    warned = ".env can be read by others of this machine: chmod 600 .env" in said
    assert warned is (mode == 0o644)
