"""Case texts as runs of one look each, and Telegram's HTML made of them.

Which Markdown they may use says ``content.markdown``.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape

from markdown_it.token import Token
from msgspec import Struct, field
from msgspec.structs import replace

from content.markdown import cleaned, tokens

# One line of which Markdown makes nothing, as most texts are. It is what it says, and markdown-it,
# which takes ten times as long to find that out, need not be asked.
_UNMARKED = re.compile(r"(?!\s*(?:[-+]|\d+[.)])(?:\s|$))[^\\*_\n\]]*(?:\](?!\()[^\\*_\n\]]*)*")


class Run(Struct, frozen=True):
    """A piece of text with one look; line breaks are ``\\n``.

    ``code`` is text to be copied and sent, a command with its argument: a tap copies it whole.
    """

    text: str
    bold: bool = False
    italic: bool = False
    href: str | None = None
    code: bool = False


Paragraph = tuple[Run, ...]


def plain(text: str) -> Run:
    """A run without any look."""
    return Run(text)


@lru_cache(maxsize=1024)  # cases are read and sent again and again, and this is the costly part
def parse(markdown: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a Markdown text, none of them empty.

    A list item becomes a line beginning with ``• `` or its number; the items of a list written
    without blank lines between them share one paragraph. Numbers stay as written, but where all
    are the same, as in ``1. 1. 1.``, they are counted up.
    """
    text = cleaned(markdown)
    unmarked = _UNMARKED.fullmatch(text) is not None
    blocks = [[Run(text)]] if unmarked else _BlockReader(tokens(text)).read()
    return tuple(trimmed for block in blocks if (trimmed := trim(block)))


def visible(paragraphs: Iterable[Paragraph]) -> str:
    """What a reader sees: the text without its looks, paragraphs apart by an empty line."""
    return "\n\n".join("".join(run.text for run in paragraph) for paragraph in paragraphs)


def trim(paragraph: Sequence[Run]) -> Paragraph:
    """Without whitespace around it and without empty runs; neighbours of one look are joined."""
    if len(paragraph) == 1 and (text := paragraph[0].text) and text == text.strip():
        return tuple(paragraph)
    runs: list[Run] = []
    for run in paragraph:
        if runs and _look(runs[-1]) == _look(run):
            runs[-1] = replace(run, text=runs[-1].text + run.text)
        elif run.text:
            runs.append(run)
    while runs and not runs[0].text.strip():
        del runs[0]
    while runs and not runs[-1].text.strip():
        del runs[-1]
    if runs and runs[0].text[0].isspace():
        runs[0] = replace(runs[0], text=runs[0].text.lstrip())
    if runs and runs[-1].text[-1].isspace():
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    return tuple(runs)


def _look(run: Run) -> tuple[bool, bool, str | None]:
    return run.bold, run.italic, run.href


def telegram_length(text: str) -> int:
    """How long Telegram counts this visible text: code points, without surrounding whitespace."""
    return len(text.strip())


def to_html(paragraphs: Iterable[Paragraph]) -> str:
    """Telegram's HTML: ``visible`` with ``b``, ``i`` and ``a`` around it; tags nest and close."""
    return "\n\n".join(map(_html, paragraphs))


def entity_count(html: str) -> int:
    """How many entities Telegram reads from our HTML: one for each pair of tags."""
    return html.count("</")


def _html(paragraph: Paragraph) -> str:
    """Tags stay open over the runs that share them, so that few entities are needed."""
    if len(paragraph) == 1:
        return _alone(paragraph[0])
    return "".join(_tagged([(run.text, _tags(run)) for run in paragraph if run.text]))


def _alone(run: Run) -> str:
    """The HTML of one run: most paragraphs are no more."""
    html = escape(run.text, quote=False)
    for tag in sorted(_tags(run), reverse=True) if html else ():
        html = f"<{tag}>{html}</{_name(tag)}>"
    return html


def _tagged(runs: Sequence[tuple[str, frozenset[str]]]) -> Iterator[str]:
    opened: list[str] = []
    for position, (text, tags) in enumerate(runs):
        while opened and not tags.issuperset(opened):
            yield f"</{_name(opened.pop())}>"
        if missing := tags.difference(opened):
            ends = {tag: _reach(tag, runs, position) for tag in missing}
            for tag in sorted(missing, key=lambda tag: (-ends[tag], tag)):
                opened.append(tag)
                yield f"<{tag}>"
        yield escape(text, quote=False)
    while opened:
        yield f"</{_name(opened.pop())}>"


def _name(tag: str) -> str:
    return tag.partition(" ")[0]


_NO_TAGS: frozenset[str] = frozenset()
_CODE = frozenset({"code"})


def _tags(run: Run) -> frozenset[str]:
    if not (run.bold or run.italic or run.href):
        return _CODE if run.code else _NO_TAGS
    link = f'a href="{escape(run.href)}"' if run.href else ""
    return frozenset(filter(None, ("b" if run.bold else "", "i" if run.italic else "", link)))


def _reach(tag: str, runs: Sequence[tuple[str, frozenset[str]]], start: int) -> int:
    """At which run a tag that is opened at ``start`` must be closed."""
    return next((n for n in range(start, len(runs)) if tag not in runs[n][1]), len(runs))


class _BlockReader(Struct):
    """Reads markdown-it's block tokens into runs, a list of runs for each paragraph.

    ``lists`` are the open lists, each as the markers of its items to come.
    """

    tokens: Sequence[Token]
    blocks: list[list[Run]] = field(default_factory=list)
    lists: list[Iterator[str]] = field(default_factory=list)
    prefix: str = ""
    in_list_text: bool = False

    def read(self) -> list[list[Run]]:
        tight = False
        for position, token in enumerate(self.tokens):
            match token.type:
                case "bullet_list_open":
                    self._open(_bullets(len(self.lists)))
                case "ordered_list_open":
                    self._open(iter(numbers(self.tokens, position)))
                case "bullet_list_close" | "ordered_list_close":
                    self.lists.pop()
                case "list_item_open":
                    indent = "" if self.prefix else "   " * (len(self.lists) - 1)
                    self.prefix += indent + next(self.lists[-1])
                case "list_item_close" if self.prefix:
                    self._add([], tight=True)
                case "paragraph_open":
                    tight = bool(token.hidden)
                case "inline":
                    self._add(_runs(token.children or []), tight=tight)
        return self.blocks

    def _open(self, markers: Iterator[str]) -> None:
        if not self.lists:
            self.in_list_text = False
        self.lists.append(markers)

    def _add(self, runs: list[Run], *, tight: bool) -> None:
        if tight and self.in_list_text:
            self.blocks[-1].append(Run("\n"))
        else:
            self.blocks.append([])
        self.blocks[-1] += [Run(self.prefix), *runs]
        self.prefix = ""
        self.in_list_text = bool(self.lists)


def _bullets(depth: int) -> Iterator[str]:
    while True:
        yield "◦ " if depth else "• "


def numbers(tokens: Sequence[Token], start: int) -> list[str]:
    """The markers of the ordered list that opens at ``start``, such as ``3. ``."""
    level = tokens[start].level
    markers: list[Token] = []
    for token in tokens[start + 1 :]:
        if token.type == "ordered_list_close" and token.level == level:
            break
        if token.type == "list_item_open" and token.level == level + 1:
            markers.append(token)
    counted = len({token.info for token in markers}) == 1
    return [
        f"{int(token.info) + n if counted else token.info}{token.markup} "
        for n, token in enumerate(markers)
    ]


def _runs(tokens: Sequence[Token]) -> list[Run]:
    runs: list[Run] = []
    bold = italic = 0
    href: str | None = None
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                href = str(token.attrs["href"])
            case "link_close":
                href = None
            case "softbreak":
                runs.append(Run(" ", bold > 0, italic > 0, href))
            case "hardbreak":
                runs.append(Run("\n", bold > 0, italic > 0, href))
            case _:
                runs.append(Run(token.content, bold > 0, italic > 0, href))
    return runs
