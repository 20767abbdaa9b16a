"""Morning Report's Telegram side: the bot, the command line and the sandbox."""
