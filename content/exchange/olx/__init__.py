"""OLX, the XML of Open edX: one problem, or a course or library of them with their pictures.

After "Building with OLX" and the problem types of Open edX's documentation, and the files that
its Studio exports.
"""

from content.exchange.olx.reading import read

__all__ = ["read"]
