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
_LISTED = re.compile(r"\?[^\S\n]*\n\s*(?:[-\u2022*]|\(?[Aa1][.)])\s+\S")
_BOXES = 3  # as many as a question has choices; a list of two is no question


def is_article(text: str) -> bool:
    """By a question and its answer, or by three choices with tick boxes.

    The question stands behind its mark, or above a list; then it is the only one that is answered,
    for a bank of questions is no article.
    """
    lines, _ = take_markdown_off(read_lines(text))
    plain = "\n".join(line.text for line in lines)
    if sum(marks.has_box(line.text) for line in lines) >= _BOXES:
        return True
    answers = len(_ANSWERS.findall(plain))
    return (answers > 0 and _ASKS.search(plain) is not None) or (
        answers == 1 and _LISTED.search(plain) is not None
    )
