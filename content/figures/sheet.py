"""The contact sheet: all shipped figures side by side, as wide as on a phone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image

from content.figures.style import packed

SHEET: Final = Path(__file__).parent.parent.parent / "docs" / "figures.png"
_COLUMNS: Final = 7
_WIDTH: Final = 360
_GAP: Final = 24
"""Pixels, around each picture."""
_PAPER: Final = "#E8E8E8"


def sheet(pictures: Sequence[Path]) -> bytes:
    """A PNG of the pictures in their order, each put where its column is shortest."""
    tops = [_GAP] * _COLUMNS
    placed: list[tuple[Image.Image, int, int]] = []
    for path in pictures:
        with Image.open(path) as image:
            height = round(image.height * _WIDTH / image.width)
            small = image.convert("RGB").resize((_WIDTH, height), Image.Resampling.LANCZOS)
        column = tops.index(min(tops))
        placed.append((small, _GAP + column * (_WIDTH + _GAP), tops[column]))
        tops[column] += height + _GAP
    paper = Image.new("RGB", (_COLUMNS * (_WIDTH + _GAP) + _GAP, max(tops)), _PAPER)
    for small, left, top in placed:
        paper.paste(small, (left, top))
    return packed(paper, Image.Quantize.MEDIANCUT)
