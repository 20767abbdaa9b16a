"""Values of a package's JSON, in which anything may stand anywhere."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

MAX_BYTES = 20_000_000

Values = Mapping[str, Any]
"""An object of JSON: what lies in it is looked at before it is used."""


class JsonError(Exception):
    """JSON that cannot be read; says why."""


def read_json(data: bytes) -> Values:
    """The object that a file holds. Raises JsonError."""
    if len(data) > MAX_BYTES:
        raise JsonError(f"is larger than {MAX_BYTES // 1_000_000} MB")
    try:
        value = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise JsonError(f"is not well-formed JSON ({error})") from error
    if not isinstance(value, dict):
        raise JsonError("holds no object")
    return value


def group(values: Values, *names: str) -> Values:
    """The object below these names, empty where there is none."""
    found: Any = values
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def text(values: Values, name: str) -> str:
    """The text of this name, empty where there is none."""
    found = values.get(name)
    return found if isinstance(found, str) else ""


def groups(values: Values, name: str) -> Iterator[Values]:
    """The objects of a list."""
    found = values.get(name)
    yield from (each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()


def texts_of(values: Values, name: str) -> list[str]:
    """The texts of a list, each in its place; what is none is empty."""
    found = values.get(name)
    listed = found if isinstance(found, list) else []
    return [each if isinstance(each, str) else "" for each in listed]


def truth(values: Values, name: str) -> bool | None:
    """Whether it is so, which older packages say in words; None where nothing says."""
    found = values.get(name)
    return {"true": True, "false": False, True: True, False: False}.get(
        found if isinstance(found, (str, bool)) else ""
    )
