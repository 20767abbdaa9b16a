"""What keepers of a bot do beside it: look after it, keep copies, take out what was learned."""
