"""How cases and their results look in groups and channels."""
