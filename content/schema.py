"""The JSON Schema of a case file, from the models, for editors that complete and check YAML."""

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from content.library import SHIPPED
from content.model import Case

SCHEMA_FILE: Path = SHIPPED / "case.schema.json"


class _Generator(GenerateJsonSchema):
    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """What may be left out is left out: null is refused in a case file."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """A default is worth telling where it is one value: the rest only means "left out"."""
        described = super().default_schema(schema)
        if not isinstance(described.get("default"), bool | str):
            described.pop("default", None)
        return described

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - pydantic's hook
        """A key's own name is title enough."""
        return False


def case_schema() -> dict[str, Any]:
    """The schema (draft 2020-12).

    It speaks of values as an editor's YAML reader sees them: where the loader takes a text that
    looks like a number, the schema takes a number too.
    """
    schema = Case.model_json_schema(schema_generator=_Generator)
    schema.pop("title")
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "title": "Morning Report case",
        **schema,
    }


def schema_text() -> str:
    """The schema as it is printed and as it lies beside the shipped cases."""
    return json.dumps(case_schema(), ensure_ascii=False, indent=2) + "\n"
