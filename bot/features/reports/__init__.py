"""Reports on how a group or channel does."""
