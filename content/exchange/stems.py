"""A stem, as other programs have it, parted into the story and the question that ends it."""

import re
from collections.abc import Iterator

from msgspec import Struct

from content.fields import PROMPT_LENGTH
from content.markup import parse, visible

_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_LIST = re.compile(r"\n\s*(?:[•◦] |\d+[.)] )")  # a number before the first line is the stem's own
_SENTENCE_END = re.compile(r"""[.!?]["”’)\]*_]*(?:\\\n|\s)+(?=["“\u2018(\[*_]*(\w+))""")
_ABBREVIATION = re.compile(
    r"\b(?:Drs?|Mrs?|Ms|Prof|St|vs|no|nos|[Ff]igs?|approx|ca|[eE]\.g|[iI]\.e|[A-Z])\.$"
)
_CALLS_FOR_AN_ANSWER = re.compile(r"\?|__|[:…]$|\.\.\.$")
_NUMBER = re.compile(r"\d{1,4}\\?\.\s*")  # of the question; no sentence of its own
_ASKING = re.compile(
    "What|Which|Wh(?:om|ose|o|en|ere|y)|How|Is|Are|Was|Were|Do|Does|Did|Can|Could|Should|Would"
    "|Will|Has|Have|In|At|Based|Given|Select|Choose"
)


# A question behind a list of findings that no full stop ends.
_ASKED = re.compile(
    r"(?<=\w|[)%/\]])\s+(?=(?:Which (?:one )?of the following|Which (?:is|are|was|would)"
    r"|What (?:is|are|was|would|should))\b)"
)
_ORDINAL = re.compile(
    r"\A\s*(?:\d{1,4}\\?[.)-]|Q(?:uestion)?[ .]{0,2}\d{1,4}\\?[.):-])\s+(?=[^\W\d_])",
    re.IGNORECASE,
)


class Stem(Struct, frozen=True):
    """The story in Markdown, empty where there is none, and the question in one plain line.

    ``formatted``: the question had looks or links, which the plain line has not.
    """

    vignette: str
    prompt: str
    formatted: bool = False


def split(stem: str) -> Stem | None:
    """Part a stem (Markdown); None where its question is too long for a poll's prompt.

    The question is the last paragraph, or where that is the only one or too long, its last
    sentence; and with it what stands before, back to a question mark, as far as a prompt reaches.
    """
    blocks = [block for block in _EMPTY_LINE.split(stem) if block.strip()]
    for start in _preferred([one_line(block) for block in blocks]):
        if start and (parted := _parted(stem, blocks[:start], blocks[start:], "\n\n")):
            return parted
    *before, last = blocks or [""]
    sentences = list(_sentences(last))
    for start in _preferred([one_line(sentence) for sentence in sentences]):
        told = [*before, "".join(sentences[:start]).rstrip("\\\n ")] if start else before
        if (start or not before) and (parted := _parted(stem, told, sentences[start:], "")):
            return parted
    return None if before else _parted(stem, [], [last], "")


def unnumbered(stem: str) -> str:
    """The stem without the number that the question had in its bank; a list keeps its own."""
    return stem if _LIST.search(f"{stem}") else _ORDINAL.sub("", stem)


def one_line(markdown: str) -> str:
    """What this Markdown shows, in one line."""
    return " ".join(visible(parse(markdown)).split())


def is_formatted(markdown: str) -> bool:
    """Whether anything of this is bold, italic or a link."""
    return any(run.bold or run.italic or run.href for part in parse(markdown) for run in part)


def _preferred(lines: list[str]) -> Iterator[int]:
    """Where a prompt may begin, best first: the last line that asks, then the very last."""
    last = len(lines) - 1
    if lines and not _CALLS_FOR_AN_ANSWER.search(lines[-1]):
        yield from [place for place, line in enumerate(lines[:-1]) if "?" in line][-1:]
    yield from [last] if lines else []


def _parted(stem: str, told: list[str], asked: list[str], joint: str) -> Stem | None:
    """The parts, if the second can be a prompt and nothing is lost or gained between them."""
    vignette, question = "\n\n".join(told), joint.join(asked)
    prompt = one_line(question)
    shown = visible(parse(question))
    if not 0 < len(prompt) <= PROMPT_LENGTH or _LIST.search(shown):
        return None
    if f"{one_line(vignette)} {prompt}".strip() != one_line(stem):
        return None
    return Stem(vignette.strip(), prompt, is_formatted(question))


def _sentences(block: str) -> Iterator[str]:
    """The sentences of a paragraph, each with the space behind it."""
    start = 0
    for end in _SENTENCE_END.finditer(block):
        follows = end[1]
        if not (follows[0].isupper() or follows[0].isdigit()):
            continue
        if _NUMBER.fullmatch(block, start, end.end()):
            continue
        if _ABBREVIATION.search(
            block[max(start, end.start() - 8) : end.start() + 1]
        ) and not _ASKING.fullmatch(follows):
            continue
        yield block[start : end.end()]
        start = end.end()
    last = block[start:]
    if asked := list(_ASKED.finditer(last)) if len(one_line(last)) > PROMPT_LENGTH else []:
        yield last[: asked[-1].end()]
        last = last[asked[-1].end() :]
    if last.strip():
        yield last
