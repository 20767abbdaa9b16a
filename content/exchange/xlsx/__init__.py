"""Questions as a workbook of Excel and its like (.xlsx), under the same columns as in CSV."""

from content.exchange.xlsx.reading import read
from content.exchange.xlsx.writing import write

__all__ = ["read", "write"]
