"""Facts as SQLite takes them."""

from collections.abc import Collection

from msgspec.json import encode
from msgspec.structs import asdict

from storage.facts import Fact

_PLAIN = frozenset({int, str, bytes, float, bool, type(None)})


def parameters(fact: Fact) -> dict[str, object]:
    """The fact's fields, by name: collections of indexes become JSON."""
    values = asdict(fact)
    for name, value in values.items():
        if type(value) not in _PLAIN:
            values[name] = _parameter(value)
    return values


def _parameter(value: object) -> object:
    if isinstance(value, str | bytes):
        return value
    return encode(list(value)).decode() if isinstance(value, Collection) else value
