"""Whether a file's text is an article: what it must hold for one, whoever named it what."""

import re

from content.exchange.article import marks
from content.exchange.article.lines import read_lines
from content.exchange.article.markdown import take_markdown_off

_ASKS = re.compile(
    r"(?:^|   )[ \t]*(?:Q|QUESTION|Question)[ \t]?\d{0,2}[ \t]?(?:[:.]|$)", re.MULTILINE
)
_ANSWERS = re.compile(
    rf"(?:^|   )[ \t]*(?:A[ \t]?\d{{0,2}}[ \t]?:|[{marks.EMPTY_BOXES}])"
    r"|^[ \t]*(?:ANSWER|Answer)[ \t]?\d{0,2}[ \t]?(?:[:.][ \t]*\S[ \t]?\S|$)",
    re.MULTILINE,
)
_BOXES = 3  # as many as a question has choices; a list of two is no question


def is_article(text: str) -> bool:
    """By a question and its answer, each behind its mark, or by three choices with tick boxes."""
    lines, _ = take_markdown_off(read_lines(text))
    plain = "\n".join(line.text for line in lines)
    boxes = sum(marks.has_box(line.text) for line in lines)
    return boxes >= _BOXES or (
        _ASKS.search(plain) is not None and _ANSWERS.search(plain) is not None
    )
