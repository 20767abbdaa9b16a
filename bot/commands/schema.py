"""The schema that editors check cases with."""

import json

import typer

from bot.commands.terminal import app
from content.schema import case_schema


@app.command()
def schema() -> None:
    """Print the JSON Schema of a case file, for editors."""
    typer.echo(json.dumps(case_schema(), indent=2, ensure_ascii=False))
