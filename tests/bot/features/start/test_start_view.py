"""What the bot says of itself."""

import textwrap

import pytest

from bot.base.i18n import Languages
from bot.features.start.start_view import help_text
from tests.content.html_reader import read_html
from tests.storage.samples import ADA

LINES = 24  # of a phone 640 points high, above the buttons and the line to write in
WIDTH = 38  # characters of such a line


@pytest.mark.parametrize("code", sorted(Languages.load().words))
def test_help_is_shorter_than_a_screen(code: str) -> None:
    """In every language, the administrators' and the authors' lines included."""
    call = help_text(ADA, Languages.load().words[code], administers=True, writes=True)
    text, _ = read_html(call.params["text"])
    lines = [row for line in text.split("\n") for row in textwrap.wrap(line, WIDTH) or [""]]
    assert len(lines) <= LINES
