"""Reads HTML of any quality into Markdown, and tells what of it Markdown cannot say."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from content.exchange import html_tags as tags
from content.exchange.html_tokens import EndTag, StartTag, html_tokens
from content.exchange.markdown_text import Block, ListKind, Start, document
from content.markup import Run

_MAX_LISTS = 4  # as deep as content.markup reads them
_WHITESPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\s*([0-9]{1,8})\s*")
_EXCERPT = 60  # characters
_LONGEST_NAMED = 80  # characters of an address in a message


class Image(Struct, frozen=True):
    """A picture that the HTML shows: its address as written, and its alternative text."""

    src: str
    alt: str = ""


class HtmlText(Struct, frozen=True):
    """HTML's text as Markdown; its pictures; and names of what Markdown cannot say, each once."""

    markdown: str
    images: tuple[Image, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def excerpt(self) -> str:
        """Its first words in quotation marks, for a note; empty where it has none."""
        words = " ".join(self.markdown[:_EXCERPT].split())
        return f"“{words}”" if words else ""


def read_html(html: str) -> HtmlText:
    """Read HTML, however broken, in time that grows with its length alone; raises nothing."""
    reader = _Reader()
    for token in html_tokens(html):
        match token:
            case StartTag(name, attributes):
                reader.start(name, attributes)
            case EndTag(name):
                reader.end(name)
            case _:
                reader.say(token.text)
    reader.end_block()
    markdown = document(reader.blocks)
    return HtmlText(markdown, tuple(reader.images), tuple(dict.fromkeys(reader.lost)))


def joined(texts: Sequence[HtmlText]) -> HtmlText:
    """Several texts as the paragraphs of one."""
    return HtmlText(
        "\n\n".join(text.markdown for text in texts if text.markdown),
        tuple(image for text in texts for image in text.images),
        tuple(loss for text in texts for loss in text.lost),
    )


class _OpenList(Struct):
    """A list being read. ``letters``: the type of markers that Markdown lacks, such as ``A``."""

    kind: ListKind
    number: int = 1
    letters: str = ""
    in_item: bool = False


class _Reader:
    """Gathers blocks. Nesting is counted, not recursed into, so that no depth is too deep."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.images: list[Image] = []
        self.lost: list[str] = []
        self._runs: list[Run] = []
        self._looks: defaultdict[str, list[tuple[bool, bool]]] = defaultdict(list)
        self._bold = self._italic = self._preformatted = 0
        self._href: str | None = None
        self._script, self._script_text = "", ""
        self._lists: list[_OpenList] = []
        self._lists_too_deep = 0
        self._starts: list[Start] = []
        self._tables = self._cells = 0
        self._after_break = False
        self._dropped, self._dropped_depth = "", 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._dropped:
            self._dropped_depth += tag == self._dropped
        elif tag in tags.DROPPED:
            self._dropped, self._dropped_depth = tag, 1
            self.lost += filter(None, [tags.DROPPED[tag]])
        else:
            self.lost += filter(None, [tags.LOST.get(tag)])
            self._boundary(tag)
            for ended in tags.IMPLIED_ENDS.get(tag, ()):
                self._end_look(ended)
            if tag not in tags.VOID:
                self._looks[tag].append(tags.look(tag, attributes))
                self._change_look(self._looks[tag][-1], 1)
            self._open(tag, attributes)

    def end(self, tag: str) -> None:
        if self._dropped:
            self._dropped_depth -= tag == self._dropped
            if not self._dropped_depth:
                self._dropped = ""
            return
        self._close(tag)
        self._end_look(tag)
        self._boundary(tag)

    def say(self, text: str) -> None:
        if not self._dropped:
            self._say(text if self._preformatted else _WHITESPACE.sub(" ", text))

    def end_block(self) -> None:
        """What was read so far is a paragraph; nothing is added where there is nothing to see."""
        self._end_script()
        if any(run.text.strip() for run in self._runs):
            depth = sum(opened.in_item and not opened.letters for opened in self._lists)
            self.blocks.append(Block(tuple(self._runs), depth, tuple(self._starts)))
            self._starts = []
        self._runs = []
        self._after_break = False

    def _say(self, text: str) -> None:
        if self._script:
            self._script_text += text
        elif text:
            self._runs.append(Run(text, self._bold > 0, self._italic > 0, self._href))
            self._after_break = self._after_break and not text.strip()

    def _end_look(self, tag: str) -> None:
        if self._looks[tag]:
            self._change_look(self._looks[tag].pop(), -1)

    def _change_look(self, look: tuple[bool, bool], by: int) -> None:
        self._bold += by * look[0]
        self._italic += by * look[1]

    def _boundary(self, tag: str) -> None:
        """Blocks and lists part paragraphs; inside a table's cell they part words."""
        if tag in tags.BLOCKS or tag in tags.LISTS or tag == "li":
            if self._tables:
                self._say(" ")
            else:
                self.end_block()

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        match tag:
            case "br":
                self._break()
            case "img" if formula := tags.formula(attributes):
                self._say(formula)
            case "img":
                self.images.append(Image(attributes.get("src", ""), attributes.get("alt", "")))
            case "a":
                self._open_link(attributes.get("href", ""))
            case "sub" | "sup":
                self._end_script()
                self._script = tag
            case "pre":
                self._preformatted += 1
            case "table" | "tr" | "td" | "th":
                self._open_in_table(tag)
            case "p" if self._lists and self._lists[-1].in_item and not self._tables:
                self._lists[-1].kind.loose = True
            case "li" if not self._tables:
                self._open_item(attributes.get("value", ""))
            case _ if tag in tags.LISTS and not self._tables:
                self._open_list(tag, attributes)

    def _close(self, tag: str) -> None:
        match tag:
            case "br":
                self._break()
            case "a":
                self._href = None
            case "sub" | "sup":
                self._end_script()
            case "pre":
                self._preformatted = max(0, self._preformatted - 1)
            case "table" if self._tables:
                self._tables -= 1
                if not self._tables:
                    self.end_block()
            case "li" if self._lists and not self._tables:
                self._close_item()
            case _ if tag in tags.LISTS and self._lists and not self._tables:
                self._close_list()

    def _break(self) -> None:
        """One is a line break, two are a new paragraph."""
        if self._after_break and not self._tables:
            self.end_block()
        else:
            self._end_script()
            self._say("\n")
            self._after_break = True

    def _open_link(self, href: str) -> None:
        self._href = tags.address(href)
        if self._href is None and href and not href.startswith("#"):
            self.lost.append(f"a link to {href[:_LONGEST_NAMED]}")

    def _end_script(self) -> None:
        tag, self._script = self._script, ""
        text, self._script_text = self._script_text, ""
        if tag:
            self._say(tags.script(tag, text))

    def _open_in_table(self, tag: str) -> None:
        """A row becomes a line, its cells apart by upright strokes."""
        if tag == "table":
            if not self._tables:
                self.end_block()
            self._tables += 1
        elif tag == "tr":
            self._cells = 0
            self._say("\n")
        else:
            self._say(" | " if self._cells else " ")
            self._cells += 1

    def _open_list(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self._lists) >= _MAX_LISTS:
            self._lists_too_deep += 1
            return
        style = attributes.get("type", "")
        lettered = tag == "ol" and style in {"a", "A", "i", "I"}
        start = _number(attributes.get("start", ""), 1)
        self._lists.append(_OpenList(ListKind(tag == "ol"), start, style if lettered else ""))

    def _close_list(self) -> None:
        if self._lists_too_deep:
            self._lists_too_deep -= 1
        else:
            self._close_item()
            self._lists.pop()

    def _open_item(self, value: str) -> None:
        if not self._lists:
            self._lists.append(_OpenList(ListKind(ordered=False)))
        self._close_item()
        opened = self._lists[-1]
        opened.in_item = True
        number = _number(value, opened.number)
        opened.number = number + 1
        if opened.letters:
            self._say(f"{tags.item_label(opened.letters, number)} ")
        else:
            self._starts.append(Start(opened.kind, number))

    def _close_item(self) -> None:
        """An item in which nothing was seen is left out."""
        self.end_block()
        opened = self._lists[-1]
        opened.in_item = False
        self._starts = [start for start in self._starts if start.kind is not opened.kind]


def _number(text: str, otherwise: int) -> int:
    found = _NUMBER.fullmatch(text)
    return int(found[1]) if found else otherwise
