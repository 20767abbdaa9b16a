"""An item's pictures as the figures of a draft, also those that no case can have as they are."""

from collections.abc import Sequence

from content.exchange.item import Picture
from content.images import MAX_BYTES, FigureError, check_header

Figures = tuple[tuple[str, bytes], ...]
"""Paths from the case's folder, with their bytes."""
_SNIFFED = 2000  # bytes in which a drawing says that it is one


def figures_of(pictures: Sequence[Picture], case_id: str) -> Figures:
    """The pictures under the case's own name; an ending from outside might be a program's."""
    figures = []
    for number, picture in enumerate(pictures, start=1):
        name = case_id if len(pictures) == 1 else f"{case_id}-{number}"
        figures.append((f"figures/{name}{_ending(picture.data)}", picture.data))
    return tuple(figures)


def picture_fault(picture: Picture) -> str:
    """Why the picture can be no figure as it is; empty if it can."""
    if len(picture.data) > MAX_BYTES:
        return f"{picture.name} is larger than {MAX_BYTES:,} bytes"
    try:
        check_header(picture.name, picture.data)
    except FigureError as error:
        return str(error)
    return ""


def _ending(data: bytes) -> str:
    if data.startswith(b"\x89PNG"):
        return ".png"
    if data.startswith(b"\xff\xd8"):
        return ".jpg"
    return ".svg" if b"<svg" in data[:_SNIFFED] else ".img"
