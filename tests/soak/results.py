"""What the long runs found, written down: RESULTS.md, with one section for each kind of run."""

import os
import platform
import re
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
_HEAD = """\
# Results of the long runs

Each section was written by the run that its command starts; `make soak` makes them all again.
"""
_SECTION = re.compile(r"^## (?P<title>.+)\n(?P<body>(?:(?!## ).*\n?)*)", re.MULTILINE)


def write(title: str, command: str, numbers: Mapping[str, object], path: Path = RESULTS) -> None:
    """Put a section with these numbers into the file, in place of the one with that title."""
    text = path.read_text("utf-8") if path.exists() else ""
    sections = {found["title"]: found["body"].strip("\n") for found in _SECTION.finditer(text)}
    sections[title] = _body(command, numbers)
    parts = [f"\n## {title}\n\n{body}\n" for title, body in sections.items()]
    path.write_text(_HEAD + "".join(parts), "utf-8")


def _body(command: str, numbers: Mapping[str, object]) -> str:
    where = (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version},"
        f" {platform.system()}, {os.cpu_count()} cores"
    )
    rows = [f"| {name} | {value} |" for name, value in numbers.items()]
    today = datetime.now(UTC).date().isoformat()
    head = [f"`{command}`", "", f"{today}, {where}.", "", "| number | value |", "| --- | ---: |"]
    return "\n".join([*head, *rows])
