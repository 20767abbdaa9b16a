"""What goes over the wire: JSON objects of the Bot API."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


def present(**values: Any) -> Json:
    """Those that are neither None nor empty nor False: the Bot API leaves such fields out."""
    return {
        name.rstrip("_"): value
        for name, value in values.items()
        if value is not None and value is not False and value not in ("", [], {})
    }
