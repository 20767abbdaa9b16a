"""What stands above the vignette: the column's name, the title, the authors, where they work."""

import re
from collections.abc import Sequence

from msgspec import Struct, field

from content.exchange.article.lines import Line
from content.exchange.article.paragraphs import ends_sentence, runs_on

_SERIES = re.compile(
    r"\W*((?:the )?clinical picture|images? in [\w ]{3,40}|image (?:challenge|quiz)|photo (?:quiz|"
    r"rounds)|im board review|symptoms to diagnosis|smart testing|case (?:report|of the month)"
    r"|diagnostic dilemma|clinical (?:quiz|vignette|problem[- ]solving)|picture quiz|quiz)"
    r"(?: quiz| challenge)?\W*",
    re.IGNORECASE,
)
# What heads the vignette and says no more than that.
_STORY = re.compile(
    r"(?:the )?(?:case|clinical|patient)?\s?(?:case|presentation|description|vignette|history|story"
    r"|scenario|patient|report)\W*",
    re.IGNORECASE,
)
_BY = re.compile(r"by:?\s+(?=[A-Z])", re.IGNORECASE)
_DEGREE = (
    r"(?:MD|DO|PhD|MBBS|MBBCh|MBChB|MB|BS|BA|BSc|MPH|MHS|MS|MSc|MSN|MBA|MHA|RN|NP|PA|PA-C|DNP"
    r"|PharmD|DPM|DDS|FAC[A-Z]|MAC[A-Z]|FRCP|MRCP|FIDSA)"
)
# The sign that leads to a place of work may stand close behind.
_BYLINE = re.compile(rf"[^\W\d_][^:;]{{2,60}},\s*{_DEGREE}(?![^\W\d_])")
_PLACE_OF_WORK = re.compile(
    r"\s*(?:from the |[*\u2020\u2021\d]\s?)?(?:departments?|divisions?|sections?|school|college"
    r"|faculty|institute|cent(?:er|re)s? (?:for|of)|staff|residen\w+|fellow|(?:clinical |associate "
    r"|assistant |health sciences )*professor|vice[- ]chair|chair|chief|head|director)\b",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"\b(?:university|hospitals?|clinic|medical (?:center|centre|school)|foundation|institute"
    r"|health system)\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r".{3,100}\b(?:19|20)\d\d\b[,;]?\s.{0,20}\d+\s?\(\w+\)|.*\bdoi\b.{0,30}10\.\d{4}|.{3,100}"
    r"\b(?:19|20)\d\d\s?;\s?\d+",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:is|was|were|had|has|presents?|presented|came|seen)\b")


class Front(Struct):
    """The front matter, line by line as it was printed; ``story`` is what comes after it."""

    series: str = ""
    title: list[Line] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    work: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    story: list[Line] = field(default_factory=list)


def read_front(lines: Sequence[Line]) -> Front:
    """Tell front matter and vignette apart.

    A line of authors or of the journal is one wherever it stands before the question; the title
    and the places of work stand above the vignette.
    """
    front = Front()
    before = ""  # what the line before was
    for line in lines:
        text = " ".join(line.text.split())
        kind = _kind(line, before, front) if text else "gap"
        match kind:
            case "series":
                front.series = front.series or text.strip(" \u25a0\u2022:|")
            case "title" if line.heading and front.title and not _goes_on(text, front.title[-1]):
                front.series = front.series or front.title[0].text.strip()
                front.title = [line]
            case "title":
                front.title.append(line)
            case "authors" | "work" | "source":
                getattr(front, kind).append(_BY.sub("", text) if kind == "authors" else text)
            case _ if kind != "label" and (front.story or text):
                front.story.append(line)
        before = kind
    headed = bool(front.title) and front.title[0].heading
    if not (headed or _is_plausible(front.title)):
        front.title, front.story = [], [*front.title, *front.story]
    return front


def _is_plausible(title: Sequence[Line]) -> bool:
    """Whether these lines are no sentence of the vignette, of a text that begins with it."""
    text = " ".join(line.text.strip() for line in title)
    return len(text) <= 200 and (text.endswith("?") or not _VERB.search(text))


def _kind(line: Line, before: str, front: Front) -> str:
    text = " ".join(line.text.split())
    if _SERIES.fullmatch(text):
        return "series"
    if line.heading and _STORY.fullmatch(text):
        return "label"
    if len(text) <= 200 and _SOURCE.match(text) and not _VERB.search(text):
        return "source"
    if len(text) <= 300 and _BYLINE.match(text) and not ends_sentence(text):
        return "authors"
    if before == "authors" and front.authors[-1].endswith((",", ";", " and")) and not front.story:
        return "authors"
    if not front.story and _is_work(text, before, front):
        return "work"
    if not front.story and _is_title(line, before, front):
        return "title"
    return "story"


def _is_work(text: str, before: str, front: Front) -> bool:
    if len(text) > 200 or ends_sentence(text) or _VERB.search(text):
        return False
    if before in {"authors", "work"}:
        goes_on = before == "work" and runs_on(front.work[-1])
        return goes_on or bool(_PLACE_OF_WORK.match(text) or _HOUSE.search(text))
    return bool(_PLACE_OF_WORK.match(text) and ("," in text or _HOUSE.search(text)))


def _is_title(line: Line, before: str, front: Front) -> bool:
    text = line.text.strip()
    if len(text) > 160 or (ends_sentence(text) and not (line.heading or text.endswith("?"))):
        return False
    if not front.title:
        return True
    *others, last = front.title
    if (
        line.heading
        and last.heading
        and before in {"title", "gap"}
        and not (others or front.series)
    ):
        return True  # below the heading of a column of its own
    return before == "title" and _goes_on(text, last)


def _goes_on(text: str, title: Line) -> bool:
    """Whether a title runs on into this line."""
    last = title.text.strip()
    return text[0].islower() or runs_on(last) or (text.isupper() and last.isupper())
