"""Pictures that are drawn when they are sent."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from bot.charts.chart_process import CannotDrawError, ChartProcess
from bot.sending.drawn_pictures import with_picture
from bot.telegram.uploads import file_ids, prepare
from tests.bot.sending.test_delivery import row

PARAMS = {"photo": {"$chart": {"note": "n"}, "instead": "<b>None</b>."}, "caption": "c"}
OWED = replace(row(params=PARAMS), method="sendPhoto")


class Artist(ChartProcess):
    """Draws what it is told, or nothing."""

    def __init__(self, png: bytes | None) -> None:
        super().__init__()
        self._png = png

    async def draw(self, picture: Mapping[str, Any]) -> bytes:
        assert picture == {"note": "n"}
        if self._png is None:
            raise CannotDrawError
        return self._png


async def test_a_picture_goes_as_its_bytes() -> None:
    """And Telegram's name for it is not kept: nobody else is sent it."""
    drawn = await with_picture(OWED, Artist(b"\x89PNG"))
    prepared = prepare(drawn.params, {})
    assert (drawn.method, prepared.params) == ("sendPhoto", {"caption": "c"})
    assert prepared.files["photo"].input_file_content == b"\x89PNG"
    assert file_ids(prepared, {"photo": [{"file_id": "x"}]}) == {}


async def test_where_there_is_none_a_sentence_says_so() -> None:
    """In its place in the chat."""
    said = await with_picture(OWED, Artist(None))
    assert (said.id, said.method) == (OWED.id, "sendMessage")
    assert said.params == {"text": "<b>None</b>.", "parse_mode": "HTML"}


async def test_other_calls_stay_as_they_are() -> None:
    """Figures among them."""
    photo = replace(OWED, params={"photo": {"$figure": "a"}})
    for other in (photo, row()):
        assert await with_picture(other, Artist(None)) is other
