"""Start, help, topics and language."""
