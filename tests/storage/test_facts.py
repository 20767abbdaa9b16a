"""Every kind of fact can be written down."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.case_facts import FigureKept
from storage.fact_order import FACT_ORDER
from storage.facts import Fact, LanguageChosen
from storage.parameters import parameters
from tests.storage.samples import answered, on_disk, parked

PARAMETER = re.compile(r"(?<!:):([a-z_0-9]+)")


def kinds(base: type[Fact] = Fact) -> Iterator[type[Fact]]:
    """Every kind of fact there is."""
    for kind in base.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_kind_has_its_place_in_the_order() -> None:
    """No kind of fact is left out of the order of recording, and none stands there twice."""
    # slots=True makes each class anew and leaves the old one behind: names tell them apart.
    assert sorted({kind.__name__ for kind in kinds() if not kind.__subclasses__()}) == sorted(
        kind.__name__ for kind in FACT_ORDER
    )


@pytest.mark.parametrize("kind", FACT_ORDER, ids=lambda kind: kind.__name__)
def test_fields_are_the_statements_parameters(kind: type[Fact]) -> None:
    """Each field is written by some statement, and no statement asks for anything else."""
    assert kind.STATEMENTS
    named = {name for statement in kind.STATEMENTS for name in PARAMETER.findall(statement)}
    assert named == set(kind.__struct_fields__)


@pytest.mark.parametrize("kind", FACT_ORDER, ids=lambda kind: kind.__name__)
def test_kinds_are_described(kind: type[Fact]) -> None:
    """Each kind says what happened."""
    assert kind.__doc__
    assert not kind.__doc__.startswith(kind.__name__ + "(")
    assert re.fullmatch(r"storage\.(\w+_)?facts", kind.__module__)


async def test_statements_are_sql_of_this_schema(store: object, path: Path) -> None:
    """Each statement can be prepared against today's schema."""
    for kind in FACT_ORDER:
        for statement in kind.STATEMENTS:
            nothing = [None] * len(set(PARAMETER.findall(statement)))
            assert on_disk(path, f"EXPLAIN {statement}", *nothing)


def test_collections_become_json() -> None:
    """Indexes are kept as a JSON list; all else as SQLite takes it."""
    assert parameters(answered(choices=(0, 2)))["choices"] == "[0,2]"
    assert parameters(parked())["option_ids"] == "[1]"
    assert parameters(FigureKept("hash", b"bytes")) == {"sha256": "hash", "content": b"bytes"}
    assert parameters(LanguageChosen(1, None)) == {"person_id": 1, "language": None}
