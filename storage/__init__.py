"""What the bot remembers, in SQLite."""
