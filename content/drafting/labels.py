"""The labels that authors write before the parts of a case, as an article's reader knows them."""

import re

from msgspec import Struct

_TITLE = re.compile(r"\s*(?:case\s+)?title\s*:\s*(\S.*)", re.IGNORECASE)
_STORY = re.compile(
    r"\s*(?:case|vignette|clinical vignette|case presentation|presentation|history|case history)"
    r"\s*:\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_AUTHORS = re.compile(r"\s*authors?\s*:\s*(\S.*)", re.IGNORECASE)
_KEY_POINT = re.compile(
    r"\s*(?:key\s+(?:point|message|learning point)s?|take[- ]home(?:\s+(?:message|point)s?)?"
    r"|learning\s+points?|teaching\s+points?|bottom\s+line|pearl)\s*(?::\s*(?P<rest>.*)|$)",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\s*question\s*\d{0,2}\s*(?::\s*(?P<rest>.*)|$)", re.IGNORECASE)
_CHOICES = re.compile(
    r"\s*(?:(?:answer\s+)?(?:choices|options)|possible answers)\s*:?\s*$", re.IGNORECASE
)
_ANSWER = re.compile(
    r"\s*(?:(?:the\s+)?(?:correct|right|best)\s+(?:answer|choice|option)|answers?(?:\s+key)?|key"
    r"|ans|solution)\s*(?::|\s+is\s*:|\s[-\u2013]\s)\s*(?P<rest>\S.*)",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"\s*(?P<name>explanations?|discussion|rationale|feedback|comments?|commentary|diagnosis"
    r"|treatment|management|background)\s*:\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_STARRED = re.compile(r"\s*\*\s*(\(?[A-La-l][.)]\s.*\S)")


class Labelled(Struct, frozen=True):
    """The text with an article's labels, and what was said in labels that articles lack."""

    text: str
    title: str = ""
    authors: tuple[str, ...] = ()
    key_point: str = ""


def take_labels(text: str) -> Labelled:
    """Read the labels, line by line; a text without any stays as it is."""
    lines: list[str] = []
    title = ""
    authors: list[str] = []
    point: list[str] = []
    in_point = answered = False
    for line in text.split("\n"):
        if in_point and line.strip() and not _is_label(line):
            point.append(line.strip())
            continue
        in_point = in_point and not line.strip() and not point
        if not title and (hit := _TITLE.fullmatch(line)):
            title = " ".join(hit[1].split())
        elif not authors and (hit := _AUTHORS.fullmatch(line)):
            authors = [name.strip() for name in re.split(r"[;,]| and ", hit[1]) if name.strip()]
        elif not point and (hit := _KEY_POINT.fullmatch(line)):
            point = [hit["rest"].strip()] if hit["rest"] and hit["rest"].strip() else []
            in_point = True
            lines.append("")
        elif not answered and (hit := _STORY.fullmatch(line)):
            lines.append(hit["rest"])
        elif hit := _QUESTION.fullmatch(line):
            lines.append(f"Q: {hit['rest'] or ''}".rstrip())
        elif _CHOICES.fullmatch(line):
            lines.append("")
        elif hit := _ANSWER.fullmatch(line):
            answered = True
            lines.append(f"ANSWER: {hit['rest']}")
        elif hit := _SECTION.fullmatch(line):
            answered = True
            lines += ["", hit["name"].upper(), hit["rest"]]
        elif hit := _STARRED.fullmatch(line):
            lines.append(f"{hit[1]} *")
        else:
            lines.append(line)
    return Labelled("\n".join(lines), title, tuple(authors), " ".join(point))


def _is_label(line: str) -> bool:
    return any(
        pattern.fullmatch(line) for pattern in (_TITLE, _AUTHORS, _ANSWER, _SECTION, _QUESTION)
    ) or bool(
        re.match(r"\W*(?:references|suggested reading|further reading)\W*$", line, re.IGNORECASE)
    )
