"""Holds what the sandbox answers against the machine-readable Bot API specification."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).parents[2].parent / "shared" / "reference" / "telegram-bot-api-10.1.json"
NEWER = {"can_send_welcome_messages"}
"""Fields of Bot API 10.3, which aiogram insists on and the specification does not know yet."""
PLAIN: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "String": str,
    "Boolean": bool,
    "Float": (int, float),
}


@cache
def specification() -> dict[str, Any] | None:
    """Methods and types, or None where the reference is not at hand."""
    return json.loads(REFERENCE.read_text("utf-8")) if REFERENCE.exists() else None


def problems_with_result(method: str, result: Any) -> list[str]:
    """What is wrong with a method's result; nothing is known without the reference."""
    spec = specification()
    if spec is None:
        return []
    return _best(spec, spec["methods"][method]["returns"], result, method)


def problems_with(kind: str, value: Any) -> list[str]:
    """What is wrong with a value of one of the Bot API's types."""
    spec = specification()
    return [] if spec is None else list(_problems(spec, kind, value, kind))


def _best(spec: dict[str, Any], kinds: list[str], value: Any, where: str) -> list[str]:
    found = [list(_problems(spec, kind, value, where)) for kind in kinds]
    return min(found, key=len)


def _problems(spec: dict[str, Any], kind: str, value: Any, where: str) -> Iterator[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            yield f"{where} is no array: {value!r}"
            return
        for index, item in enumerate(value):
            yield from _problems(spec, kind.removeprefix("Array of "), item, f"{where}[{index}]")
    elif kind in PLAIN:
        is_bool = isinstance(value, bool)
        if not isinstance(value, PLAIN[kind]) or is_bool != (kind == "Boolean"):
            yield f"{where} is no {kind}: {value!r}"
    elif "subtypes" in spec["types"][kind]:
        yield from _best(spec, spec["types"][kind]["subtypes"], value, where)
    else:
        yield from _object_problems(spec, kind, value, where)


def _object_problems(spec: dict[str, Any], kind: str, value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where} is no {kind}: {value!r}"
        return
    fields = {field["name"]: field for field in spec["types"][kind].get("fields", [])}
    unknown = value.keys() - fields.keys() - NEWER
    yield from (f"{where}.{name} is unknown in {kind}" for name in unknown)
    for name, field in fields.items():
        if name in value:
            yield from _best(spec, field["types"], value[name], f"{where}.{name}")
        elif field["required"]:
            yield f"{where}.{name} is missing in {kind}"
