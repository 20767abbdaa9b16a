"""The picture of somebody's progress: whole, and all in its place, whatever is in it."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_hex
from msgspec.structs import replace
from PIL import Image

from bot.base.i18n import Languages
from bot.features.progress.summary import Reviews, summary
from bot.files.draw_progress import progress
from bot.files.shares import Shares
from bot.files.sheet import WIDTH, as_png
from tests.support.drawn import assert_legible, said, texts
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


@pytest.mark.parametrize("topics", [TOPICS, LONG_TOPICS], ids=["usual", "long"])
@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("code", sorted(Languages.load().words))
def test_everything_can_be_read(code: str, name: str, topics: tuple[str, ...]) -> None:
    """In each language, after each time."""
    assert_legible(progress(pictured(state(*STATES[name], topics), Languages.load().words[code])))


def test_words_from_right_to_left_are_shaped(tmp_path: Path) -> None:
    """By letters that the font has, titles at the right."""
    figure = progress(pictured(state(*STATES["3 months"]), hebrew(tmp_path)))
    assert_legible(figure)
    edges = [box.x1 for words, box in texts(figure) if words == figure.texts[0].get_text()]
    assert edges[0] > WIDTH - 60


@pytest.mark.parametrize("code", sorted(Languages.load().words))
def test_what_there_is_nothing_of_is_said(code: str) -> None:
    """How to come to it, where the chart would be."""
    words = Languages.load().words[code]
    unsaid = [replace(one, confidence=None) for one in answers(*STATES["20 answers"])]
    picture = pictured(summary(unsaid, Reviews(0, []), 9, lambda _: (), NOW), words)
    figure = progress(picture)
    assert_legible(figure)
    for part in (picture.certainty, picture.topics, picture.days):
        assert " ".join(part.instead.split()) in said(figure)


def test_it_is_a_png_for_a_phone() -> None:
    """Of its pixels alone."""
    with Image.open(
        BytesIO(as_png(progress(pictured(state(*STATES["20 answers"]), ENGLISH))))
    ) as image:
        assert (image.format, image.size) == ("PNG", (1080, 1350))
        assert set(image.info) <= {"dpi"}


def test_letters_that_the_font_does_not_have_are_no_boxes() -> None:
    """A language in which it cannot be read has no picture."""
    picture = pictured(state(*STATES["20 answers"]), ENGLISH)
    unknown = replace(picture, topics=Shares("病例", (), ""))
    with pytest.raises(UserWarning, match="Glyph"):
        as_png(progress(unknown))


def test_few_answers_are_drawn_hollow() -> None:
    """Their share says little yet."""

    def inside(few: bool) -> str:
        picture = pictured(state(*STATES["3 months"]), ENGLISH)
        rows = tuple(replace(row, few=few) for row in picture.certainty.rows)
        figure = progress(replace(picture, certainty=replace(picture.certainty, rows=rows)))
        hollow, filled = figure.axes[0].lines[-2:]
        assert few == (np.size(filled.get_xdata()) == 0)
        return to_hex((hollow if few else filled).get_markerfacecolor())

    assert inside(few=True) == "#ffffff"
    assert inside(few=False) == "#0072b2"
