"""Which figures there are, and how one is drawn."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from matplotlib.figure import Figure

from content.figures import calcinosis_distribution, salicylate_acid_base, style

FOLDER: Final = Path(__file__).parent.parent / "cases" / "figures"

FIGURES: Final[Mapping[str, Callable[[], Figure]]] = MappingProxyType(
    {
        "calcinosis-distribution": calcinosis_distribution.draw,
        "salicylate-acid-base": salicylate_acid_base.draw,
    }
)
"""Name of the PNG without its ending, and the script that draws it."""


def drawn(name: str) -> bytes:
    """The PNG of one figure. Raises KeyError for a name that is not in ``FIGURES``."""
    return style.png(FIGURES[name])
