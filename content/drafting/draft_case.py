"""The mapping that a draft is, and any other mapping brought into its shape."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from pydantic import BaseModel

from content.model import PART_MODELS, Case

DraftCase: TypeAlias = Mapping[str, Any]
"""A case file's mapping, of which anything may be missing; JSON can hold it.

Lists are lists, parts (questions, choices, references ...) are mappings of known keys, ``correct``
and ``shuffle`` are booleans, and all else is text, as its author wrote it; years and the like may
be numbers. ``rest``, which no case file has, is what found no place.
"""

REST = "rest"
# What of a part a text is that stands in its place.
_TEXT_OF = {
    "questions": "prompt",
    "choices": "text",
    "variants": "vignette",
    "figures": "caption",
    "discussion": "text",
    "references": "title",
}
_TEXTS = frozenset({"formerly", "topics", "authors", "confirm"})
_DEFAULTS = {"correct": False, "shuffle": True}
_DECIMAL = re.compile(r"[0-9]{0,9}\.?[0-9]{1,9}")


def shaped(found: Mapping[str, Any]) -> DraftCase:
    """A mapping from outside in a draft's shape; what has no place in one goes to its rest."""
    lost: list[str] = [str(found[REST])] if found.get(REST) else []
    kept = _part(found, Case, lost)
    return with_rest(kept, lost)


def with_rest(draft: DraftCase, more: Iterable[str]) -> DraftCase:
    """The draft with more words that found no place."""
    rest = "\n".join(filter(None, [str(draft.get(REST, "")), *more]))
    return {**draft, REST: rest} if rest else {key: draft[key] for key in draft if key != REST}


def ordered(part: Mapping[str, Any], model: type[BaseModel] = Case) -> dict[str, Any]:
    """A part with its keys in a case file's order, and without what says nothing."""
    kept: dict[str, Any] = {}
    for key in model.model_fields:
        if key not in part or (key in _DEFAULTS and part[key] is _DEFAULTS[key]):
            continue
        value, below = part[key], PART_MODELS.get(key)
        if below and isinstance(value, Mapping):
            value = ordered(value, below)
        elif below:
            value = [each for item in value if (each := ordered(item, below))]
        if value or value is False or value == 0:
            kept[key] = value
    return kept


def texts_of(value: object) -> Iterator[str]:
    """All texts that stand in a value."""
    if isinstance(value, Mapping):
        for below in value.values():
            yield from texts_of(below)
    elif isinstance(value, list | tuple):
        for below in value:
            yield from texts_of(below)
    elif not isinstance(value, bool) and value is not None:
        yield str(value)


def _part(found: Mapping[str, Any], model: type[BaseModel], lost: list[str]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in found.items():
        if key == REST and model is Case:
            continue
        if key not in model.model_fields:
            lost.append(f"{key}: {' '.join(texts_of(value))}")
            continue
        shape = _value(key, value, lost)
        if shape or shape is False or shape == 0:
            kept[key] = shape
    return kept


def _value(key: str, value: Any, lost: list[str]) -> Any:
    below = PART_MODELS.get(key)
    if key in _TEXT_OF and below:
        items = value if isinstance(value, list | tuple) else [value]
        parts = (each if isinstance(each, Mapping) else {_TEXT_OF[key]: each} for each in items)
        return [shape for part in parts if (shape := _part(part, below, lost))]
    if below or key == "ignore":
        if not isinstance(value, Mapping):
            lost.extend(texts_of(value))
            return {}
        if below:
            return _part(value, below, lost)
        return {str(name): " ".join(texts_of(why)) for name, why in value.items()}
    if key in _TEXTS:
        items = value if isinstance(value, list | tuple) else [value]
        return [" ".join(texts_of(each)) for each in items if any(texts_of(each))]
    return _scalar(key, value)


def _scalar(key: str, value: Any) -> Any:
    if isinstance(value, Mapping | list | tuple):
        return " ".join(texts_of(value))
    if key in _DEFAULTS and isinstance(value, str) and value in {"true", "false"}:
        value = value == "true"
    if key in _DEFAULTS and value is _DEFAULTS[key]:
        return None
    if key == "difficulty" and isinstance(value, str) and _DECIMAL.fullmatch(value):
        return float(value)
    return value if isinstance(value, bool | int | float) or value is None else str(value)
