"""Facts as SQLite takes them."""

import json
from collections.abc import Collection

from storage.facts import Fact

_PLAIN = (int, str, bytes, float)


def parameters(fact: Fact) -> dict[str, object]:
    """The fact's fields, by name: collections of indexes become JSON."""
    names: tuple[str, ...] = type(fact).__match_args__
    return {name: _parameter(getattr(fact, name)) for name in names}


def _parameter(value: object) -> object:
    if value is None or isinstance(value, _PLAIN):
        return value
    return json.dumps(list(value)) if isinstance(value, Collection) else value
