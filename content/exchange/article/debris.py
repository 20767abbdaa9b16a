"""What a journal's page carries beside the article: running heads, page numbers, notices."""

import re
from collections.abc import Sequence

from msgspec import Struct

from content.exchange.article.lines import Line, take_out
from content.exchange.item import Skipped

_PAGE_NUMBER = re.compile(
    r"(?:page )?[-\u2013\u2014 ]*\d{1,4}[-\u2013\u2014 ]*(?:of \d{1,4})?", re.IGNORECASE
)
_ISSUE = re.compile(r"\bVOL(?:UME|\.)?\s*\d+\b.*\b(?:NUMBER|NO\.?|ISSUE)\s*\d+", re.IGNORECASE)
_NOTICE = re.compile(
    r"^\W*(?:downloaded (?:from|on|by)\b|for personal use only|all other uses require"
    r"|copyright\b|\u00a9|\(c\) ?(?:19|20)\d\d|all rights reserved|reprints? (?:requests?|not)"
    r"|(?:continued|see) (?:on|from) page\b|\(?continued\)?$|this article has been corrected"
    r"|(?:www\.|https?://)\S+$|continuing medical education\b|cme credit\b"
    r"|(?:skip to|add to|share|print|e-?mail|download|view) (?:main|cart|this|pdf|large|inline)\b"
    r"|(?:download|view|open) (?:figure|powerpoint|in new tab)|save to (?:library|favorites))",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:fig(?:ure|\.)?|table|box)\s*\d", re.IGNORECASE)
_SHORT = 80


class Cleared(Struct, frozen=True):
    """The article's own lines; ``issue`` is what a running head says of journal and volume."""

    lines: list[Line]
    issue: str
    left_out: list[Skipped]


def clear_debris(lines: Sequence[Line]) -> Cleared:
    """Leave out what the page says on its own behalf, and tell of each line."""
    first = {_key(line.text): line.number for line in reversed(lines)}
    issues = [line.text for line in lines if _is_issue(line.text)]

    def judge(line: Line) -> str:
        text = line.text.strip()
        if _is_issue(text):
            return "a running head (kept in the credit)" if text in issues[0] else "a running head"
        if _PAGE_NUMBER.fullmatch(text):
            return "a page number"
        if _NOTICE.match(text) and len(text) <= 200:
            return "a notice of the page, not the article"
        if (key := _key(text)) and first[key] != line.number:
            return "a running head, as in an earlier line"
        return ""

    kept, left_out = take_out(lines, judge)
    return Cleared(kept, " ".join(issues[0].split()) if issues else "", left_out)


def _is_issue(text: str) -> bool:
    return len(text) <= 200 and _ISSUE.search(text) is not None and not text.rstrip().endswith(".")


def _key(text: str) -> str:
    """What makes two running heads the same; empty for a line that is none: heads are capitals.

    A page number at either end does not count where the rest is capitals.
    """
    text = " ".join(text.split())
    bare = re.sub(r"^\d{1,4}\s+(?=\D)|(?<=\D)\s+\d{1,4}$", "", text)
    if bare.isupper() and len(bare.split()) > 1:
        text = bare
    is_head = 3 <= len(text) <= _SHORT and text[0].isupper() and text[-1].isalnum()
    return text.casefold() if is_head and text.isupper() and not _LABEL.match(text) else ""
