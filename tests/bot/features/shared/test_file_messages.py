"""Messages with files that are made when they are sent; who is named in them can be taken out."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec import convert
from msgspec.structs import replace

from bot.features.shared.file_messages import picture_message, qr_message, workbook_message
from bot.files.report_picture import ReportPicture
from bot.files.workbook import Column, Table, Workbook, person_cell
from bot.files.write_workbook import written
from bot.services import Services
from storage.facts import PersonForgotten
from tests.storage.samples import begin_all, on_disk, record
from tests.support.report_samples import ADA, BEN, EVE, FULL, LINK, NAMES, WORKBOOK

EDUCATOR = 99


async def owed(services: Services, shown: Workbook, names: dict[int, str]) -> None:
    """The workbook is owed to the educator."""
    call = workbook_message(EDUCATOR, shown, names, "Your report", "It **failed**.")
    await record(services.store, owed=(call,))


async def sent(services: Services) -> list[list[Any]]:
    """The rows of the first sheet, as they would be sent now."""
    (row,) = await begin_all(services.store)
    shown = convert(row.params["document"]["$workbook"], Workbook)
    sheet = openpyxl.load_workbook(BytesIO(written(shown))).worksheets[0]
    return [list(each) for each in sheet.values]


def test_a_picture_or_code_is_owed_as_what_it_shows() -> None:
    """With what is said where it cannot be made."""
    picture = picture_message(EDUCATOR, FULL, "c", "It **failed**.")
    assert (picture.method, picture.quotes) == ("sendPhoto", ())
    assert convert(picture.params["photo"]["$chart"], ReportPicture) == FULL
    code = qr_message(EDUCATOR, LINK, "c", "It <b>failed</b>.")
    assert code.params["photo"] == {"$qr": LINK, "instead": picture.params["photo"]["instead"]}
    assert code.params["photo"]["instead"] == "It <b>failed</b>."


async def test_who_has_themselves_erased_is_in_no_workbook_that_is_owed(
    services: Services, tmp_path: Path
) -> None:
    """Neither by name nor by row; others are, and all that is told of nobody."""
    await owed(services, WORKBOOK, dict(NAMES))
    whole = await sent(services)
    await record(services.store, PersonForgotten(ADA))
    params = on_disk(tmp_path / "bot.db", "SELECT params FROM outbox")[0][0]
    assert "Countess" not in params
    assert str(ADA) not in params
    left = await sent(services)
    assert left == [row for row in whole if row[0] != NAMES[ADA]]
    await record(services.store, PersonForgotten(BEN), PersonForgotten(EVE))
    assert (await sent(services))[:2] == [whole[0], [None] * 4]


HOSTILE = ("1", "0", "e", "rows", "sheets", "$workbook", "kind", '"', "\\", "Ben", "a\\u2068b", "…")


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_name_that_stands_elsewhere_too_spoils_nothing(
    services: Services, name: str
) -> None:
    """Be it a word of the workbook's own, a number, or part of somebody else's name; nor do two of
    one name share a fate.
    """
    names = {11: name, 12: name, 13: f"{name} Benson", 1: "One"}
    rows = tuple((person_cell(each, names[each]), 1.0, f"{name} did 10 of 11") for each in names)
    columns = (Column("rows"), Column("sheets"), Column(name))
    shown = Workbook("report.xlsx", (Table("1", columns, rows, (name,)),))
    await owed(services, shown, names)
    whole = await sent(services)
    await record(services.store, PersonForgotten(11))
    assert await sent(services) == [row for n, row in enumerate(whole) if n != 1]
    await record(services.store, PersonForgotten(1))
    assert await sent(services) == [row for n, row in enumerate(whole) if n not in {1, 4}]


async def test_what_goes_with_its_reader_goes(services: Services, tmp_path: Path) -> None:
    """Nothing is owed to who has themselves erased."""
    await owed(services, replace(WORKBOOK, right_to_left=True), dict(NAMES))
    await record(services.store, PersonForgotten(EDUCATOR))
    assert await begin_all(services.store) == []
    assert on_disk(tmp_path / "bot.db", "SELECT count(*) FROM quotes") == [(0,)]
