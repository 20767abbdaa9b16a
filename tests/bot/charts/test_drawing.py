"""The picture of somebody's progress: whole, and all in its place, whatever is in it."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from msgspec.structs import replace
from PIL import Image

from bot.base.i18n import Languages
from bot.charts.drawing import HEIGHT, WIDTH, drawn, laid_out
from bot.charts.progress_picture import Shares
from bot.features.progress.summary import Reviews, summary
from tests.support.progress_states import (
    LONG_TOPICS,
    NOW,
    STATES,
    TOPICS,
    answers,
    pictured,
    state,
)
from tests.support.right_to_left import hebrew

ENGLISH = Languages.load().words["en"]


def texts(figure: Figure) -> Iterator[tuple[str, Bbox]]:
    """What can be read, and where it stands."""
    figure.draw_without_rendering()
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if text.get_text().strip() and text.get_visible():
            yield text.get_text(), text.get_window_extent()


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


@pytest.mark.parametrize("topics", [TOPICS, LONG_TOPICS], ids=["usual", "long"])
@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("code", sorted(Languages.load().words))
def test_everything_can_be_read(code: str, name: str, topics: tuple[str, ...]) -> None:
    """In each language, after each time."""
    assert_legible(laid_out(pictured(state(*STATES[name], topics), Languages.load().words[code])))


def test_words_from_right_to_left_are_shaped(tmp_path: Path) -> None:
    """By letters that the font has, titles at the right."""
    figure = laid_out(pictured(state(*STATES["3 months"]), hebrew(tmp_path)))
    assert_legible(figure)
    edges = [box.x1 for words, box in texts(figure) if words == figure.texts[0].get_text()]
    assert edges[0] > WIDTH - 60


@pytest.mark.parametrize("code", sorted(Languages.load().words))
def test_what_there_is_nothing_of_is_said(code: str) -> None:
    """How to come to it, where the chart would be."""
    words = Languages.load().words[code]
    unsaid = [replace(one, confidence=None) for one in answers(*STATES["20 answers"])]
    picture = pictured(summary(unsaid, Reviews(0, []), 9, lambda _: (), NOW), words)
    figure = laid_out(picture)
    assert_legible(figure)
    said = " ".join(" ".join(words for words, _ in texts(figure)).split())
    for part in (picture.certainty, picture.topics, picture.days):
        assert " ".join(part.instead.split()) in said


def test_it_is_a_png_for_a_phone() -> None:
    """Of its pixels alone."""
    with Image.open(BytesIO(drawn(pictured(state(*STATES["20 answers"]), ENGLISH)))) as image:
        assert (image.format, image.size) == ("PNG", (1080, 1350))
        assert set(image.info) <= {"dpi"}


def test_letters_that_the_font_does_not_have_are_no_boxes() -> None:
    """A language in which it cannot be read has no picture."""
    picture = pictured(state(*STATES["20 answers"]), ENGLISH)
    unknown = replace(picture, topics=Shares("病例", (), ""))
    with pytest.raises(UserWarning, match="Glyph"):
        drawn(unknown)


def test_few_answers_are_drawn_hollow() -> None:
    """Their share says little yet."""

    def inside(few: bool) -> str:
        picture = pictured(state(*STATES["3 months"]), ENGLISH)
        rows = tuple(replace(row, few=few) for row in picture.certainty.rows)
        figure = laid_out(replace(picture, certainty=replace(picture.certainty, rows=rows)))
        hollow, filled = figure.axes[0].lines[-2:]
        assert few == (np.size(filled.get_xdata()) == 0)
        return to_hex((hollow if few else filled).get_markerfacecolor())

    assert inside(few=True) == "#ffffff"
    assert inside(few=False) == "#0072b2"
