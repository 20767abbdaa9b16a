"""The pictures of a document that is one case."""

import io
from collections.abc import Iterable

from PIL import Image

from content.fields import MAX_FIGURES
from content.plain_picture import FORMATS


def usable(pictures: Iterable[bytes]) -> tuple[bytes, ...]:
    """Those that can be a case's, each once, in their order, as many as can be shown together.

    Nothing is decoded: one of them may still turn out to be damaged.
    """
    return tuple(one for one in dict.fromkeys(pictures) if _is_picture(one))[:MAX_FIGURES]


def picture_in(document: bytes, place: int) -> bytes:
    """The picture at this place of a document of Word, from 1; empty where there is none."""
    from content.exchange.docx.reading import document_pictures  # noqa: PLC0415 (takes its time)

    found = usable(document_pictures(document))
    return found[place - 1] if 1 <= place <= len(found) else b""


def _is_picture(data: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS):
            return True
    except Exception:  # noqa: BLE001 (Pillow raises many kinds at what is damaged)
        return False
