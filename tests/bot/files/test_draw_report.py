"""The picture of a report: whole, and all in its place, whatever is in it."""

from io import BytesIO

import numpy as np
import pytest
from matplotlib.patches import Rectangle
from msgspec.structs import replace
from PIL import Image

from bot.files.draw_report import report
from bot.files.report_picture import QuestionBar
from bot.files.sheet import WIDTH, as_png
from tests.support.drawn import assert_legible, said, texts
from tests.support.report_samples import EMPTY, FULL, LONG, PICTURES


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("right_to_left", [False, True], ids=["left", "right"])
def test_everything_can_be_read(name: str, right_to_left: bool) -> None:
    """Of many people and few, in short words and long."""
    figure = report(replace(PICTURES[name], right_to_left=right_to_left))
    assert_legible(figure)
    assert PICTURES[name].on_time.told in said(figure) or name == "empty"


def test_what_there_is_nothing_of_is_said() -> None:
    """Where the chart would be, and no chart with it."""
    figure = report(EMPTY)
    for part in (EMPTY.on_time, EMPTY.topics, EMPTY.missed, EMPTY.weeks):
        assert part.title in said(figure)
        assert part.instead in said(figure)
    assert not any(axes.lines or axes.patches for axes in figure.axes if axes.get_xticks().size)
    shown = said(report(FULL))
    assert not any(one.instead in shown for one in (FULL.on_time, FULL.topics, FULL.missed))


def test_bars_are_as_long_as_their_shares() -> None:
    """On a track that is all of them."""
    figure = report(FULL)
    bars = [
        [patch.get_width() for patch in axes.patches if isinstance(patch, Rectangle)]
        for axes in figure.axes
    ]
    assert [14, 9] in bars
    assert [width for one in FULL.missed.questions for width in (1, one.share)] in bars


def test_a_week_of_which_nothing_is_told_has_no_mark() -> None:
    """The line goes on past it."""
    axes = report(FULL).axes[-1]
    line, hollow, filled = axes.lines
    places = [np.asarray(each.get_xdata()).tolist() for each in (line, hollow, filled)]
    assert places == [[0, 1, 3], [0], [1, 3]]


def test_words_from_right_to_left_are_shaped() -> None:
    """By letters that the font has, titles at the right."""
    title = "מתמחים ברפואה פנימית"
    picture = replace(FULL, title=title, subtitle="נובמבר", right_to_left=True)
    figure = report(picture)
    assert_legible(figure)
    assert [box.x1 > WIDTH - 60 for words, box in texts(figure) if words == title] == [True]


def test_what_strangers_write_is_drawn_as_it_stands() -> None:
    """Dollars begin no formula, and pictures that the font does not have are left out."""
    missed = replace(FULL.missed, questions=(QuestionBar("$x^2$ or \\frac 🫀?", 0.5, "50%"),))
    picture = replace(
        FULL, title="A $5 \\bad{title}, $6 🫀\N{VARIATION SELECTOR-16}", missed=missed
    )
    shown = said(report(picture))
    assert "A $5 \\bad{title}, $6" in shown
    assert "$x^2$ or \\frac ?" in shown
    with pytest.raises(UserWarning, match="Glyph"):
        as_png(report(replace(FULL, title="住院医师")))


def test_it_is_a_png_for_a_phone() -> None:
    """Of its pixels alone."""
    with Image.open(BytesIO(as_png(report(LONG)))) as image:
        assert (image.format, image.size) == ("PNG", (1080, 1350))
        assert set(image.info) <= {"dpi"}
