"""docs/formats.md, held to the readers and writers that there are."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from content.exchange.csv_columns import NUMBERED, TEXTS
from content.exchange.export import export
from content.exchange.formats import ExportFormat, Format
from tests.content.exchange.test_formats import ITEM

GUIDE = (Path(__file__).parents[3] / "docs" / "formats.md").read_text("utf-8")


def rows(heading: str) -> dict[str, list[str]]:
    """The cells of a section's table by what stands first in each row."""
    section = GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = re.findall(r"^\| (.*) \|$", section, re.MULTILINE)
    cells = [line.split(" | ") for line in lines if not line.startswith("---")]
    return {first.strip("`"): rest for first, *rest in cells[1:]}


def test_each_format_that_is_read_has_a_row() -> None:
    """And none that is not; each says what is read, what is not, and on what it was tried."""
    table = rows("Read")
    assert [*table] == [*Format]
    assert all(len(cells) == 3 and all(cells) for cells in table.values())


def test_each_format_that_is_written_has_a_row() -> None:
    """And none that is not."""
    assert [*rows("Written")] == [*ExportFormat]


@pytest.mark.parametrize("form", ExportFormat)
def test_what_has_no_place_is_what_export_counts(form: ExportFormat) -> None:
    """An item with all there is loses what the row says."""
    lost = export(form, [replace(ITEM, category="Skin")]).lost
    assert rows("Written")[form][-1] == (", ".join(sorted(lost)) or "nothing")


def test_the_columns_of_a_table_are_those_that_are_read() -> None:
    """Each by its own name, a numbered one by its first two."""
    told = {name for first in rows("Tables") for name in re.findall(r"[a-z]+(?: \d)?", first)}
    numbered = {f"{kind} {number}" for kind in NUMBERED for number in (1, 2)}
    assert told == {*TEXTS, *numbered}
