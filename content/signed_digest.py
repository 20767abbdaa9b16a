"""What a clinician's signature holds for: a digest of all that a case says, and of its pictures."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from msgspec import Struct

from content.model import Case

NOT_COVERED: Final = frozenset({"review", "lint", "topics", "difficulty"})
"""What may change under a signature: where a case is found, and what is said of it."""


class Signature(Struct, frozen=True):
    """A person's signature on a case as it was; ``digest`` says how. ``name``: as they wish."""

    case_id: str
    digest: str
    person_id: int
    name: str
    on: date


def signed_digest(case: Case, figures: Mapping[str, str]) -> str:
    """The SHA-256 (hexadecimal) of what is signed.

    ``figures`` are the SHA-256 of all pictures that the case names, by these names
    (``Library.figure_hashes``). How the file is written does not matter.
    """
    return _digest(case, tuple(sorted(figures.items())))


@lru_cache(maxsize=4096)  # asked for of all that is signed, whenever somebody signs
def _digest(case: Case, figures: tuple[tuple[str, str], ...]) -> str:
    document = json.dumps([covered(case), figures], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(document.encode()).hexdigest()


@lru_cache(maxsize=128)  # votes in one case come together
def covered(case: Case) -> str:
    """What a case says of itself, as far as a signature covers it: equal texts for equal cases.

    What a file leaves out is left out, so that a field that cases may have one day takes no
    signature off.
    """
    said = case.model_dump(mode="json", exclude=set(NOT_COVERED), exclude_defaults=True)
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
