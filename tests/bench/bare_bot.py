"""A bot as python-telegram-bot's first example has it, to start beside ours: it does nothing."""

import os

from telegram import Update
from telegram.ext import Application, CommandHandler, ContextTypes


async def start(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Greet."""
    if update.message is not None:
        await update.message.reply_text("Hello.")


def main() -> None:
    """Ask for updates until ended."""
    url = os.environ["MORNING_REPORT_API_URL"]
    application = (
        Application.builder()
        .token(os.environ["MORNING_REPORT_TOKEN"])
        .base_url(f"{url}/bot")
        .build()
    )
    application.add_handler(CommandHandler("start", start))
    application.run_polling()


if __name__ == "__main__":
    main()
