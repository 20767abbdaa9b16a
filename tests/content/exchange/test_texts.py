"""The formats that are plain text: GIFT, Aiken and tables."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.exchange import aiken, csv_table, gift
from content.exchange.item import Item
from tests.content.exchange.items import items, lines


@settings(max_examples=60)
@given(st.lists(items(), max_size=3))
@pytest.mark.parametrize("form", [gift, csv_table], ids=["gift", "csv"])
def test_what_is_written_is_read_back(form: object, bank: list[Item]) -> None:
    """A bank comes back as it was, whatever its texts hold."""
    reading = form.read(form.write(bank), "bank")
    assert (tuple(bank), (), ()) == (reading.items, reading.skipped, reading.notes)


@settings(max_examples=60)
@given(st.lists(items(lines, single=True), max_size=3))
def test_aiken_keeps_stems_choices_and_key(bank: list[Item]) -> None:
    """Aiken has a place for nothing else."""
    bank = [item for item in bank if not item.stem.upper().startswith("ANSWER")]
    expected = [
        Item(item.stem, tuple(replace(choice, feedback="") for choice in item.choices))
        for item in bank
    ]
    reading = aiken.read(aiken.write(bank), "bank")
    assert (tuple(expected), (), ()) == (reading.items, reading.skipped, reading.notes)
