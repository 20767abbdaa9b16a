"""What buttons under items send back."""

import re
from typing import Final

from msgspec import Struct

from bot.features.shared.buttons import ITEMS

_PRESS: Final = re.compile(f"{ITEMS}([0-9a-f]{{1,4}}):([0-9a-z]{{8}})?:([0-9a-f]{{12}})?")


class ItemsPress(Struct, frozen=True):
    """A page of the list (from 0), of one case alone by its code, or an item by its code.

    Of an item ``page`` and ``case`` say which list it was chosen from.
    """

    page: int = 0
    case: str = ""
    item: str = ""

    def __str__(self) -> str:
        return f"{ITEMS}{self.page:x}:{self.case}:{self.item}"

    @classmethod
    def parse(cls, data: str) -> "ItemsPress | None":
        """Read what ``str`` wrote; None for anything else, since people can send anything."""
        found = _PRESS.fullmatch(data)
        return None if found is None else cls(int(found[1], 16), found[2] or "", found[3] or "")
