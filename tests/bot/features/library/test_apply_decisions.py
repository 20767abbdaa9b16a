"""Decisions on record are applied to the cases in use at a start."""

from pathlib import Path
from typing import Any

import pytest

from bot.features.library import apply_decisions
from bot.services import Services
from content.library import load_library
from tests.content.samples import write_case


@pytest.mark.parametrize(("read", "name"), [("item_cards", "retired"), ("signatures", "all")])
async def test_cases_that_come_into_use_meanwhile_stay(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: str, name: str
) -> None:
    """While the record is read: the preview of a case begins as its bot starts."""
    write_case(tmp_path / "lumps.yaml")
    reads = getattr(services.store, read)
    on_record = getattr(reads, name)

    async def meanwhile() -> Any:
        found = await on_record()
        services.library = load_library(tmp_path)
        return found

    monkeypatch.setattr(reads, name, meanwhile)
    await apply_decisions.load(services)
    assert [*services.library.cases] == ["hard-lumps"]
