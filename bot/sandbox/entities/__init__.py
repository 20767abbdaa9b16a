"""Formatted text as Telegram reads it: markup in, plain text with entities out."""
