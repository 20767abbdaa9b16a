"""Files that are made when they are sent."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image

from bot.files.file_process import CannotMakeError, FileProcess
from bot.sending.made_files import with_made_files
from bot.telegram.uploads import file_ids, prepare
from tests.bot.sending.test_delivery import row

PHOTO = {"photo": {"$chart": {"note": "n"}, "instead": "<b>None</b>."}, "caption": "c"}
DOCUMENT = {
    "document": {"$workbook": {"file_name": "r.xlsx"}, "instead": "<b>None</b>."},
    "caption": "c",
}
CODE = {"photo": {"$qr": "https://t.me/a", "instead": "<b>None</b>."}, "caption": "c"}
OWED = replace(row(params=PHOTO), method="sendPhoto")


class Maker(FileProcess):
    """Makes what it is told, or nothing."""

    def __init__(self, file: bytes | None) -> None:
        super().__init__()
        self._file = file
        self.told: list[Mapping[str, Any]] = []

    async def make(self, shown: Mapping[str, Any]) -> bytes:
        self.told.append(shown)
        if self._file is None:
            raise CannotMakeError
        return self._file


@pytest.mark.parametrize(
    ("params", "part", "name", "shown"),
    [
        (PHOTO, "photo", "picture.png", {"note": "n"}),
        (DOCUMENT, "document", "r.xlsx", {"file_name": "r.xlsx"}),
    ],
)
async def test_a_file_goes_as_its_bytes(
    params: dict[str, Any], part: str, name: str, shown: dict[str, Any]
) -> None:
    """And Telegram's name for it is not kept: nobody else is sent it."""
    maker = Maker(b"\x89PNG")
    made = await with_made_files(replace(OWED, params=params), maker)
    prepared = prepare(made.params, {})
    assert maker.told == [shown]
    assert (made.method, prepared.params) == ("sendPhoto", {"caption": "c"})
    assert prepared.files[part].input_file_content == b"\x89PNG"
    assert prepared.files[part].filename == name
    assert file_ids(prepared, {part: [{"file_id": "x"}]}) == {}


async def test_a_code_needs_no_process() -> None:
    """It is quick to make."""
    maker = Maker(None)
    made = await with_made_files(replace(OWED, params=CODE), maker)
    with Image.open(BytesIO(made.params["photo"]["$file"]["content"])) as image:
        assert image.format == "PNG"
    assert maker.told == []


@pytest.mark.parametrize(
    "params",
    [
        PHOTO,
        DOCUMENT,
        {"photo": {**CODE["photo"], "$qr": "x" * 5000}},  # type: ignore[dict-item]
        {"photo": {"$later": 1, "instead": "<b>None</b>."}},
    ],
    ids=["chart", "workbook", "qr", "unknown"],
)
async def test_where_there_is_none_a_sentence_says_so(params: dict[str, Any]) -> None:
    """In its place in the chat."""
    place = {"message_thread_id": 5, "reply_parameters": {"message_id": 3}}
    said = await with_made_files(replace(OWED, params={**params, **place}), Maker(None))
    assert (said.id, said.method) == (OWED.id, "sendMessage")
    assert said.params == {**place, "text": "<b>None</b>.", "parse_mode": "HTML"}


async def test_other_calls_stay_as_they_are() -> None:
    """Figures among them."""
    photo = replace(OWED, params={"photo": {"$figure": "a"}})
    for other in (photo, row()):
        assert await with_made_files(other, Maker(None)) is other
