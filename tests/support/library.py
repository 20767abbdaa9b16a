"""A library that stays as it is, however many cases are shipped."""

import shutil
from pathlib import Path

from content.library import SHIPPED

TWO_CASES = ("calcinosis-cutis", "salicylate-acid-base")
"""One question; and two, the second with what happened since."""


def two_cases(folder: Path) -> Path:
    """Two shipped cases with their figures, in ``folder``."""
    (folder / "figures").mkdir(parents=True)
    for case_id in TWO_CASES:
        shutil.copy(SHIPPED / f"{case_id}.yaml", folder)
    for figure in ("calcinosis-distribution.png", "salicylate-acid-base.png"):
        shutil.copy(SHIPPED / "figures" / figure, folder / "figures")
    return folder
