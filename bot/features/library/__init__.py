"""The cases in use: read at the start, and taken over when their files change."""
