"""The shipped library, and one that stays as it is, however many cases are shipped."""

import shutil
from functools import cache
from pathlib import Path

from content.library import SHIPPED, Library, load_library

TWO_CASES = ("calcinosis-cutis", "salicylate-acid-base")
"""One question; and two, the second with what happened since."""


@cache
def shipped_library() -> Library:
    """What is shipped, read once for all tests: nothing can change it."""
    return load_library(SHIPPED)


def two_cases(folder: Path) -> Path:
    """Two shipped cases with their figures, in ``folder``."""
    (folder / "figures").mkdir(parents=True)
    for case_id in TWO_CASES:
        shutil.copy(SHIPPED / f"{case_id}.yaml", folder)
    for figure in ("calcinosis-distribution.png", "salicylate-acid-base.png"):
        shutil.copy(SHIPPED / "figures" / figure, folder / "figures")
    return folder
