"""The JSON Schema for editors."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from content.library import SHIPPED
from content.schema import SCHEMA_FILE, case_schema, schema_text
from tests.content.samples import case_data, question_data

SCHEMA = case_schema()
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}


def is_a(value: object, kinds: str | list[str]) -> bool:
    names = [kinds] if isinstance(kinds, str) else kinds
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, TYPES[name]) for name in names)


def accepts(schema: dict[str, Any], value: Any) -> bool:
    return not list(faults(schema, value))


# What a keyword asks of a value of its kind; those that look into a value stand in `inside`.
ASKS: dict[str, tuple[type | tuple[type, ...], Callable[[Any, Any], bool]]] = {
    "type": (object, lambda rule, value: is_a(value, rule)),
    "enum": (object, lambda rule, value: value in rule),
    "const": (object, lambda rule, value: value == rule),
    "not": (object, lambda rule, value: not accepts(rule, value)),
    "oneOf": (object, lambda rule, value: sum(accepts(one, value) for one in rule) == 1),
    "anyOf": (object, lambda rule, value: any(accepts(one, value) for one in rule)),
    "required": (dict, lambda rule, value: value.keys() >= set(rule)),
    "contains": (list, lambda rule, value: any(accepts(rule, item) for item in value)),
    "minItems": (list, lambda rule, value: len(value) >= rule),
    "maxItems": (list, lambda rule, value: len(value) <= rule),
    "minLength": (str, lambda rule, value: len(value) >= rule),
    "maxLength": (str, lambda rule, value: len(value) <= rule),
    "pattern": (str, lambda rule, value: re.search(rule, value) is not None),
    "minimum": ((int, float), lambda rule, value: value >= rule),
    "maximum": ((int, float), lambda rule, value: value <= rule),
}
LOOKS_INSIDE = {
    "$ref", "properties", "additionalProperties", "patternProperties", "propertyNames", "items",
}  # fmt: skip
SILENT = {"$schema", "$defs", "title", "description", "default", "format"}


def inside(schema: dict[str, Any], value: Any) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """The parts of a value, each with its name and its schema."""
    if "$ref" in schema:
        yield "", SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], value
    if isinstance(value, list):
        yield from ((str(n), schema.get("items", {}), item) for n, item in enumerate(value))
    if isinstance(value, dict):
        for key, item in value.items():
            patterns = schema.get("patternProperties", {}).items()
            known = [inner for pattern, inner in patterns if re.search(pattern, key)]
            known += [schema["properties"][key]] if key in schema.get("properties", {}) else []
            yield from ((key, inner, item) for inner in known)
            yield key, schema.get("propertyNames", {}), key
            if not known and schema.get("additionalProperties") is False:
                yield key, {"enum": []}, item


def faults(schema: dict[str, Any], value: Any, where: str = "") -> Iterator[str]:
    """What a value has against a schema of the keywords that ours uses, and no others."""
    assert set(schema) <= ASKS.keys() | LOOKS_INSIDE | SILENT
    for keyword, rule in schema.items():
        kind, fits = ASKS.get(keyword, ((), None))
        if fits and isinstance(value, kind) and not fits(rule, value):
            yield f"{where}: {keyword} {rule}"
    for name, inner, part in inside(schema, value):
        yield from faults(inner, part, f"{where}/{name}")


def test_the_schema_beside_the_cases_is_current() -> None:
    """`morning-report schema` prints what lies in content/cases/case.schema.json."""
    assert SCHEMA_FILE.read_text("utf-8") == schema_text()


@pytest.mark.parametrize(
    "path",
    [*SHIPPED.glob("*.yaml"), Path(__file__).parent / "example-case.yaml"],
    ids=lambda path: path.stem,
)
def test_legal_cases_are_legal_in_an_editor(path: Path) -> None:
    """An editor, which takes bare numbers for numbers, has nothing against a good case."""
    # BaseLoader would give texts only: editors resolve numbers and booleans, but not dates.
    document = yaml.safe_load(path.read_text("utf-8"))
    assert list(faults(SCHEMA, json.loads(json.dumps(document, default=str)))) == []


QUESTION = {**question_data(), "choices": [{"text": 0.5, "correct": True}, {"text": 7}]}
VARIANT = {"id": "child", "vignette": "A boy of 9.", "choices": QUESTION["choices"]}
REFERENCE = {"title": "T", "journal": "J", "year": 2000, "volume": 355, "pmid": 10615903}


@pytest.mark.parametrize(
    ("changes", "legal"),
    [
        ({}, True),
        ({"difficulty": 0.6, "references": [REFERENCE]}, True),
        ({"difficulty": 1.6}, False),
        ({"level": "attending"}, False),
        ({"licence": None}, False),
        ({"licnce": "MIT"}, False),
        ({"id": "Not Kebab"}, False),
        ({"references": [REFERENCE | {"site": "S"}]}, False),
        ({"references": [{"title": "T"}]}, False),
        ({"references": [REFERENCE | {"year": "2000s"}]}, False),
        ({"references": [{"journal": "J", "pmid": 10615903}]}, True),
        ({"references": [{"journal": "J", "year": 2000}]}, False),
        ({"questions": [{**QUESTION, "prompt": "x" * 301}]}, False),
        ({"questions": [{**QUESTION, "choices": [{"text": "A"}, {"text": "B"}]}]}, False),
        ({"questions": []}, False),
        ({"questions": [QUESTION | {"objective": "calcinosis", "variants": [VARIANT]}]}, True),
        ({"questions": [QUESTION | {"variants": [VARIANT | {"reveal": "No."}]}]}, False),
        ({"questions": [QUESTION | {"variants": [VARIANT | {"choices": []}]}]}, False),
        ({"formerly": ["lumps"]}, True),
        ({"formerly": ["Old Lumps"]}, False),
        ({"review": {"status": "perhaps"}}, False),
        ({"lint": {"ignore": {"a-rule": "reason"}}}, True),
    ],
)
def test_an_editor_underlines_what_the_loader_refuses(changes: dict[str, Any], legal: bool) -> None:
    """Types, lengths, vocabularies, unknown keys and missing answers are in the schema."""
    document = case_data(questions=[QUESTION]) | changes
    assert (list(faults(SCHEMA, document)) == []) == legal


def test_unknown_consent_is_refused_in_an_editor_too() -> None:
    """The word is in the vocabulary, and refused."""
    consent = SCHEMA["$defs"]["Figure"]["properties"]["consent"]
    assert list(faults(consent, "not-required")) == []
    assert list(faults(consent, "unknown")) != []


def test_every_key_is_described() -> None:
    """An editor has a sentence to show for each key."""
    shapes = {"Case": SCHEMA, **SCHEMA["$defs"]}
    silent = [
        f"{name}.{key}"
        for name, shape in shapes.items()
        for key, field in shape.get("properties", {}).items()
        if not field.get("description")
    ]
    assert silent == []
