"""The outbox's other end: a queue per chat, rate limits, back-off, delivery, rejections."""
