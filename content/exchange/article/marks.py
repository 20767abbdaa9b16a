"""What a line's beginning says it is: a question, a choice, an answer, a caption, a heading."""

import re

from msgspec import Struct

from content.exchange.article.lines import Line

# Tick boxes as they come out of a journal's page: boxes, and the letters of symbol fonts.
EMPTY_BOXES = (
    "\u25a1\u2610\u274f\u2751\u2752\u2750\u25a2\u25fb\u25fd\u25ab\u2b1c\u25cb\u25ef\u274d\u2b58"
)
_FILLED_BOXES = "\u25a0\u25fc\u25fe\u25aa\u2b1b\u25cf\u2b24"
_TICKED_BOXES = "\u2611\u2612\u2713\u2714\u2705\u2718\u2717\u2bbd"
_FONT_BOXES = "\uf06f\uf0a8\uf071\uf072\uf070\uf0fe\uf078"
BULLETS = "\u2022\u25e6\u2023\u25b6\u25ba\u25c6\u2666"
BOXES = EMPTY_BOXES + _FILLED_BOXES + _TICKED_BOXES + _FONT_BOXES
_BOX = re.compile(rf"\s*(?:([{BOXES}])\ufe0f?|\[ ?([xX]?) ?\]|\( \))\s*(?=\S|$)")
_LETTER = re.compile(r"\s*\(?([A-La-l])[.)]\s+(?=\S)")
_NUMBER = re.compile(r"\s*\(?(\d{1,2})[.)]\s+(?=\S)")
_PLAIN = re.compile(rf"\s*([{BULLETS}*-]|[oq](?=\s))\s+(?=\S)")
_SEVERAL = re.compile(rf"\s+(?=[{BOXES}]\s?\S|\[ ?[xX]?\] ?\S)")

QUESTION = re.compile(
    r"\s*(?:Q\s*\d{0,2}\s*[:.]|(?:QUESTION|Question)\s*\d{0,2}\s*(?:[:.]|$))\s*(?P<text>.*)$"
)
ANSWER = re.compile(
    r"\s*(?:A\s*\d{0,2}\s*:|(?:ANSWER|Answer)\s*\d{0,2}\s*(?:[:.]|$))\s*(?P<text>.*)$"
)
ANSWER_WITH_POINT = re.compile(r"\s*A\.\s+(?P<text>\S.*)$")
CAPTION = re.compile(
    r"\s*(?P<label>(?:FIGURE|Figure|FIG\.?|Fig\.)\s*(?P<number>\d{1,2})\s?[A-Z]?)"
    r"(?:\s*[.:\u2013\u2014|]\s*|\s*$|\s{2,})(?P<text>.*)$"
)
TABLE = re.compile(r"\s*(?:TABLE|Table)\s*\d{1,2}\s*(?:[.:\u2014]|$|\s{2,})")
REFERENCES = re.compile(
    r"\W*(?:suggested reading|further reading|recommended reading|reading list|references?"
    r"(?: and notes)?|bibliography|selected references)s?\s*:?\s*$",
    re.IGNORECASE,
)
_LETTERS = (
    r"(?:correspondence|reprint requests)(?: (?:and|or) (?:correspondence|reprint requests))?"
)
ADDRESS = re.compile(
    r"\s*(?:(?:(?:ADDRESS|CORRESPONDENCE|Correspondence|Address)"
    rf"|(?i:address (?:for )?(?:all )?{_LETTERS})"
    r"|(?i:correspond(?:ing author|ence to)))(?i: to)?\s*:\s*"
    # As a sentence, alone or behind where the authors work.
    rf"|Address (?:all )?{_LETTERS} to (?=Dr\b|Prof|[A-Z])"
    r"|(?=From the (?:Department|Division|Section|Institute|School|Faculty)s?\b))(?P<text>.*)$"
)


def address(line: Line) -> re.Match[str] | None:
    """The label of an address for letters; a heading needs no colon to be one."""
    return ADDRESS.match(f"{line.text}:" if line.heading else line.text)


class Mark(Struct, frozen=True):
    """How a choice is marked: ``kind`` of mark, its letter if it has one, whether it is ticked."""

    kind: str
    letter: str = ""
    ticked: bool = False


def choice_mark(text: str) -> tuple[Mark, str] | None:
    """The mark with which a choice begins, and the choice without it."""
    if hit := _BOX.match(text):
        ticked = (hit[1] or "") in (*_TICKED_BOXES, "\uf0fe", "\uf078") or bool(hit[2])
        mark, rest = Mark("box", ticked=ticked and bool(hit[1] or hit[2])), text[hit.end() :]
        inner = _LETTER.match(rest)
        return (
            (Mark("box", inner[1].upper(), mark.ticked), rest[inner.end() :])
            if inner
            else (
                mark,
                rest,
            )
        )
    if hit := _LETTER.match(text):
        return Mark("letter", hit[1].upper()), text[hit.end() :]
    if hit := _NUMBER.match(text):
        return Mark("number", hit[1]), text[hit.end() :]
    if hit := _PLAIN.match(text):
        return Mark("bullet"), text[hit.end() :]
    return None


def has_box(text: str) -> bool:
    """Whether a line begins with a tick box."""
    return _BOX.match(text) is not None


def before_boxes(text: str) -> list[str]:
    """The line parted before each tick box that stands in it."""
    return _SEVERAL.split(text)


def heading(line: Line) -> str:
    """The heading that a line surely is: capitals, or a printer's square before it; else empty.

    Markdown may have marked it as one.
    """
    text = " ".join(line.text.split())
    squared = re.match(rf"\s*[{_FILLED_BOXES}{BULLETS}]\s*(?=\S)", text)
    bare = text[squared.end() if squared else 0 :].strip()
    letters = sum(c.isalpha() for c in bare)
    fits = letters >= 4 and len(bare) <= 100 and not bare.endswith((".", ";", ","))
    looks = fits and (squared or bare.isupper())
    return bare.removesuffix(":") if line.heading or looks else ""


def looks_like_heading(text: str) -> bool:
    """Whether a line by itself could be a heading: short, begun in capitals, ended by no mark."""
    words = text.split()
    return (
        bool(words)
        and len(words) <= 10
        and len(text) <= 80
        and text[0].isupper()
        and text[-1].isalpha()
    )


def is_title_case(text: str) -> bool:
    """Whether all the longer words begin with a capital: ``Diagnosis and Treatment``."""
    longer = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return bool(longer) and all(word[0].isupper() for word in longer)
