"""The bot comes into groups and channels, leaves them, moves with them, loses its rights."""
