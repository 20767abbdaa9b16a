"""The bot itself, as a command among others; alone it starts without any of them."""

from bot import running
from bot.commands.terminal import app


@app.command()
def run() -> None:
    """The bot on Telegram, or wherever MORNING_REPORT_API_URL points."""
    running.run()
