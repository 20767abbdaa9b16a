"""What falls due by the clock, and loops that look after the bot."""
