"""Exports, looked through for what would tell learners the answer beside the question itself."""

import base64
import io
import re
import sqlite3
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.exchange.cases import items as case_items
from content.exchange.export import export
from content.exchange.formats import ExportFormat
from content.library import SHIPPED, case_paths
from content.loader import read_case
from content.model import Case
from tests.content.samples import case
from tests.content.test_images import png
from tests.content.variants import CHANGES

OWN = "xqzj"  # begins every id and file name, and stands in no text
IDS = ("id", "objective", "file")
names = st.text("abcdefghij0123456789", min_size=1, max_size=8).map(lambda name: f"{OWN}-{name}")


def renamed(value: Any, name: Iterator[str]) -> Any:
    """The case as data, its ids and its figures' files called by names of the test."""
    if isinstance(value, list | tuple):
        return [renamed(each, name) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: f"folder/{next(name)}.png"
        if key == "file"
        else next(name)
        if key in IDS and each
        else renamed(each, name)
        for key, each in value.items()
    }


def numbered(name: str) -> Iterator[str]:
    """Names that begin alike, each another."""
    number = 0
    while True:
        yield f"{name}-{number}"
        number += 1


def unpacked(data: bytes) -> Iterator[bytes]:
    """The file, and what lies in it packed or in base64: names, bytes, a database's cells."""
    yield data
    yield from (base64.b64decode(found) for found in re.findall(rb">([\w+/=]{200,})</file>", data))
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)
                if name.startswith("collection."):
                    yield from cells(archive.read(name))


def cells(database: bytes) -> Iterator[bytes]:
    """Each cell of a database's tables as text."""
    opened = sqlite3.connect(":memory:")
    try:
        opened.deserialize(database)
        for (table,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            for row in opened.execute(f"SELECT * FROM {table}"):
                yield from (str(cell).encode() for cell in row)
    finally:
        opened.close()


def exported(form: ExportFormat, told: Case) -> bytes:
    """The case as a file of this format, with a picture for each of its figures."""
    return export(form, case_items(told, defaultdict(lambda: png(20, 20)))).data


@pytest.mark.parametrize("form", ExportFormat)
@settings(max_examples=15, deadline=None)
@given(name=names)
def test_no_id_or_path_is_in_an_export(form: ExportFormat, name: str) -> None:
    """Of a case, its questions, variants, choices and figures: each may be the diagnosis."""
    told = case(**renamed(CHANGES, numbered(f"{name}-part")), id=name)
    found = [*unpacked(exported(form, told))]
    assert found[0]
    assert not [part for part in found if OWN.encode() in part.lower()]


@pytest.mark.long
@pytest.mark.parametrize("path", case_paths(SHIPPED)[0], ids=lambda path: path.stem)
def test_no_shipped_case_is_told_by_its_names(path: Any) -> None:
    """In any format: the cases as they are, but for their ids, which are also plain words."""
    shipped = read_case(path).case
    assert shipped
    data = renamed(shipped.model_dump(mode="json", exclude_defaults=True), numbered(OWN))
    told = Case.model_validate(data)
    for form in ExportFormat:
        assert not [part for part in unpacked(exported(form, told)) if OWN.encode() in part]


def test_the_key_stands_anywhere() -> None:
    """Also where the file has it first always; an order that matters stays, and each is its own."""
    choices = [{"text": f"c{number}", "correct": number == 0} for number in range(5)]
    question = {"id": "q", "prompt": "Why?", "choices": choices, "key_point": "K."}
    places = set()
    for number in range(12):
        (item,) = case_items(case(id=f"case-{number}", questions=[question]), {})
        places.add([choice.correct for choice in item.choices].index(True))
    assert len(places) > 3
    (item,) = case_items(case(questions=[question | {"shuffle": False}]), {})
    assert [choice.text for choice in item.choices] == [f"c{number}" for number in range(5)]
