"""What can be read in a drawn figure, and whether it can."""

from collections.abc import Iterator

from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from bot.files.sheet import HEIGHT, WIDTH


def texts(figure: Figure) -> Iterator[tuple[str, Bbox]]:
    """What can be read, and where it stands."""
    figure.draw_without_rendering()
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if text.get_text().strip() and text.get_visible():
            yield text.get_text(), text.get_window_extent()


def said(figure: Figure) -> str:
    """All that can be read, on one line."""
    return " ".join(" ".join(words for words, _ in texts(figure)).split())


def assert_legible(figure: Figure) -> None:
    """Nothing goes over the edge, and no words over others."""
    found = list(texts(figure))
    for words, box in found:
        edges = (box.x0 >= 0, box.x1 <= WIDTH, box.y0 >= 0, box.y1 <= HEIGHT)
        assert all(edges), words
    for n, (words, box) in enumerate(found):
        for others, other in found[n + 1 :]:
            across = min(box.x1, other.x1) - max(box.x0, other.x0)
            along = min(box.y1, other.y1) - max(box.y0, other.y0)
            assert min(across, along) <= 2, (words, others)
