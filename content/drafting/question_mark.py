"""Where a text's question begins, if nothing but its question mark says so."""

import re

from content.exchange.article import marks
from content.exchange.article.lines import Line
from content.exchange.article.paragraphs import ASKS, sentences
from content.exchange.article.question import find_questions
from content.fields import CHOICE_LENGTH

_MOST = 12
_LOOK_AHEAD = 4 * _MOST  # lines; choices may have empty ones between them
_LETTERED = re.compile(r"(?m)^\s*\(?([A-La-l])([.)])(?=\S)")


def with_question(text: str) -> str:
    """The text with ``Q:`` before the sentence that asks, where a list of choices follows it.

    A text whose question can be told already stays as it is, and one that asks nothing.
    """
    text = _LETTERED.sub(r"\1\2 ", text)
    lines = text.split("\n")
    if find_questions([Line(n, line) for n, line in enumerate(lines, start=1)])[1]:
        return text
    for place, line in enumerate(lines):
        if line.rstrip().endswith((*ASKS, ":")) and _followed_by_choices(lines, place):
            *told, asked = sentences(" ".join(line.split())) or [line]
            return "\n".join([*lines[:place], *told, f"Q: {asked}", *lines[place + 1 :]])
    return text


def _followed_by_choices(lines: list[str], place: int) -> bool:
    """Whether two lines or more follow that all bear one kind of mark, or are short."""
    found = 0
    kinds: set[str] = set()
    for line in lines[place + 1 : place + 1 + _LOOK_AHEAD]:
        text = line.strip()
        if not text:
            if found:
                break
            continue
        mark = marks.choice_mark(line)
        if marks.ANSWER.match(line) or (not mark and kinds - {""}):
            break
        if len(text) > 2 * CHOICE_LENGTH or (not mark and text.endswith((".", *ASKS, ":"))):
            break
        kinds.add(mark[0].kind if mark else "")
        found += 1
    return 2 <= found <= _MOST and len(kinds) == 1
