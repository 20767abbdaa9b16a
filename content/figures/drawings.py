"""Which figures there are, and how one is drawn."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Final, cast

from matplotlib.figure import Figure

from content.figures import scripts, style

FOLDER: Final = Path(__file__).parent.parent / "cases" / "figures"

FIGURES: Final[Mapping[str, str]] = MappingProxyType(
    {
        module.name.replace("_", "-"): f"{scripts.__name__}.{module.name}"
        for module in iter_modules(scripts.__path__)
    }
)
"""Name of the PNG without its ending, and the module whose ``draw`` makes it."""


def drawn(name: str) -> bytes:
    """The PNG of one figure. Raises KeyError for a name that is not in ``FIGURES``."""
    draw = cast("Callable[[], Figure]", import_module(FIGURES[name]).draw)
    return style.png(draw)
