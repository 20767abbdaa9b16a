"""Questions in and out: other programs' formats, and what of a case they can hold."""
