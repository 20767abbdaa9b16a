"""What happens in groups and channels."""
