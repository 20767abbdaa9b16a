"""The demonstration: sandbox and bot in one process, with a few people already at it."""
