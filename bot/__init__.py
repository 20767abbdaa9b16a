"""Morning Report's Telegram side: the bot, the command line and the sandbox."""

import sys

# python-telegram-bot imports httpx, and that its own command line, with Pygments and more: 2.4 MB
# that a bot would carry for nothing. Where it cannot be imported httpx does without.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
