"""The rules of the game: each use case looks, decides, and returns an Outcome."""
