"""QTI of 1EdTech (IMS): items and packages of 2.1, 2.2 and 3.0 in, packages of 3.0 out.

After the QTI 3.0 information model and best-practice guide (imsglobal.org/spec/qti/v3p0) and the
guides of 2.1 and 2.2, whose names differ only in how they are spelled.
"""

from content.exchange.qti.reading import read
from content.exchange.qti.writing import write

__all__ = ["read", "write"]
