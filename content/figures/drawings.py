"""Which figures there are, and how one is drawn."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Final

from matplotlib.figure import Figure

from content.figures import scripts, style

FOLDER: Final = Path(__file__).parent.parent / "cases" / "figures"

FIGURES: Final[Mapping[str, Callable[[], Figure]]] = MappingProxyType(
    {
        module.name.replace("_", "-") + function.removeprefix("draw").replace("_", "-"): draw
        for module in iter_modules(scripts.__path__)
        for function in ("draw", "draw_variant")
        if (draw := getattr(import_module(f"{scripts.__name__}.{module.name}"), function, None))
    }
)
"""Name of the PNG without its ending, and what draws it.

A script has a function ``draw``, and may have a ``draw_variant``, whose name ends in ``-variant``.
"""


def drawn(name: str) -> bytes:
    """The PNG of one figure. Raises KeyError for a name that is not in ``FIGURES``."""
    return style.png(FIGURES[name])
