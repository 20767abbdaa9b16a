"""Opaque codes by which learners meet cases, since an id may be a diagnosis."""

import hashlib

# Crockford's base 32: no i, l, o or u, so that nothing is mistaken for 1, 0 or v.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_READ_AS = str.maketrans("ilo", "110")
CODE_LENGTH = 8


def case_code(case_id: str) -> str:
    """The code of a case: eight characters, the same for the same id for ever."""
    number = int.from_bytes(hashlib.sha256(f"case {case_id}".encode()).digest()[:5])
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))


def read_code(text: str) -> str:
    """What someone typed, as the code it was meant to be: lower case, ``O`` read as ``0``."""
    return text.strip().lower().translate(_READ_AS)
