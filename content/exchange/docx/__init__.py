"""Documents of Word (.docx): an article, or a list of questions."""

from content.exchange.docx.reading import read

__all__ = ["read"]
