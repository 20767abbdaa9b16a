"""Opaque codes by which learners meet cases, since an id may be a diagnosis."""

import base64
import hashlib

# Crockford's base 32: no i, l, o or u, so that nothing is mistaken for 1, 0 or v.
_ALPHABET = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghjkmnpqrstvwxyz"
)
_READ_AS = str.maketrans("ilo", "110")


def case_code(case_id: str) -> str:
    """The code of a case: eight characters, the same for the same id for ever."""
    digest = hashlib.sha256(f"case {case_id}".encode()).digest()
    return base64.b32encode(digest[:5]).translate(_ALPHABET).decode()


def read_code(text: str) -> str:
    """What someone typed, as the code it was meant to be: lower case, ``O`` read as ``0``."""
    return text.strip().lower().translate(_READ_AS)
