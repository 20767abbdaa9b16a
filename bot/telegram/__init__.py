"""The Bot API as values: calls and their answers, updates by long polling or webhook, uploads."""
