"""How things look on Telegram: pure functions from values to owed calls."""
