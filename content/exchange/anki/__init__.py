"""Notes of Anki as questions, and questions as its notes."""

from content.exchange.anki.reading import read
from content.exchange.anki.writing import package, write

__all__ = ["package", "read", "write"]
