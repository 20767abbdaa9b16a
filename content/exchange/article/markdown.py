"""An article that was kept as Markdown: its marks taken off, what they say of a line kept.

Lines keep their numbers. A line that Markdown makes a heading, or that is bold as a whole and above
its paragraph, is marked as one; a list's markers stay, for they part choices and references.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.token import Token
from msgspec import Struct, field

from content.exchange.article import marks
from content.exchange.article.lines import Line
from content.exchange.html_tags import script
from content.exchange.item import Skipped

MAX_HEADING = 200  # characters of a line that is bold as a whole, or underlined
_MAX_LEVEL = 8  # of lists and quotations; markdown-it drops what lies too deep
_SIGNS = re.compile(
    r"^#{1,6} +\S|\*\*[^*\s][^*\n]*\*\*|__[^_\s][^_\n]*__"
    rf"|^ *[-*+] +(?:\[[ xX]?\]|[{marks.BOXES}])"
    r"|(?<![\w*])\*[^\W\d_][^*\n]{0,200}\*(?![\w*])|!\[[^\]\n]{0,200}\]\(",
    re.MULTILINE,
)
_SCRIPT = re.compile(r"<(su[bp])>([^<>\n]{1,40})</su[bp]>|\^(\d[\d,\u2013-]{0,20})\^")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)


def take_markdown_off(lines: Sequence[Line]) -> tuple[list[Line], list[Skipped]]:
    """The lines as they read without Markdown, and the pictures that they show.

    A text without a sign of Markdown stays as it is: there a star or a number sign is its own.
    """
    source = "\n".join(line.text for line in lines)
    if not _SIGNS.search(source):
        return list(lines), []
    texts = {line.number: Line(line.number, "") for line in lines}
    pictures: list[Skipped] = []
    in_list = False  # of references
    label = ""  # that heads the question or the answer
    for inline, marker, is_heading in _inlines(_MARKDOWN.parse(source)):
        reader = _Inline(in_list)
        reader.read(inline.children or ())
        if reader.is_bold_line or is_heading or len(reader.texts) == 1:
            listed = marks.REFERENCES.match(reader.texts[0]) is not None
            in_list = listed or (in_list and not is_heading)
        first = lines[(inline.map or [0])[0]].number
        alone = len(reader.texts) == 1
        for place, text in enumerate(reader.texts):
            number = min(first + place, lines[-1].number)
            heads = alone if is_heading else place == 0 and not marker and reader.is_bold_line
            shown = _with_marker(text, marker if place == 0 else "")
            heads = heads and _can_head(text, sure=is_heading) and (is_heading or not label)
            texts[number] = Line(number, shown, heading=heads)
        label = _label(reader.texts)
        pictures += [Skipped(f"line {first + n}", src, _PICTURE) for n, src in reader.pictures]
    return list(texts.values()), pictures


_PICTURE = "a picture; lay its file beside the draft and name it under figures"


def _inlines(tokens: Sequence[Token]) -> Iterator[tuple[Token, str, bool]]:
    """What holds text, with the marker of the list's item that it opens, and whether it heads."""
    marker, is_heading = "", False
    for token in tokens:
        match token.type:
            case "list_item_open":
                marker = f"{token.info}{token.markup} "
            case "list_item_close":
                marker = ""
            case "heading_open":
                is_heading = True
            case "inline":
                yield token, marker, is_heading
                marker, is_heading = "", False


class _Inline(Struct):
    """A block's text, line by line; ``is_bold_line`` says of the first that all of it is bold.

    ``links_last``: an address is said at its line's end, where it parts no title from its journal.
    """

    links_last: bool
    texts: list[str] = field(default_factory=lambda: [""])
    pictures: list[tuple[int, str]] = field(default_factory=list)
    is_bold_line: bool = True
    _strong: int = 0
    _links: list[tuple[str, int]] = field(default_factory=list)
    _last: str = ""

    def read(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            match token.type:
                case "softbreak" | "hardbreak":
                    # Bold that goes on is a sentence in bold.
                    self.is_bold_line = self.is_bold_line and not self._strong
                    self._end_line()
                    self.texts.append("")
                case "strong_open" | "strong_close":
                    self._strong += token.nesting
                case "link_open":
                    self._links.append((str(token.attrs["href"]), len(self.texts[-1])))
                case "link_close":
                    self._close_link()
                case "image":
                    self._say_picture(token)
                case _:
                    self._say(token.content)
        self._end_line()

    def _end_line(self) -> None:
        self.texts[-1] += self._last
        self._last = ""

    def _say(self, text: str) -> None:
        if len(self.texts) == 1 and text.strip() and not self._strong:
            self.is_bold_line = False
        self.texts[-1] += text

    def _say_picture(self, token: Token) -> None:
        """A picture's text is said where it is the figure's caption."""
        self.pictures.append((len(self.texts) - 1, str(token.attrs["src"])[:80]))
        alt = " ".join(token.content.split())
        caption = marks.CAPTION.match(alt)
        self._say(alt if caption and caption["text"] else "")

    def _close_link(self) -> None:
        """An address is said where the words before it are not the address itself."""
        href, start = self._links.pop()
        shown = self.texts[-1][start:].strip()
        if not href.startswith(("http://", "https://")) or (shown and shown in href):
            return
        if self.links_last:
            self._last += f" {href}"
        else:
            self._say(f" ({href})")


def _label(texts: Sequence[str]) -> str:
    """The label that stands alone in a block: what is bold below it is what it announces."""
    (first, *more) = texts
    hit = marks.QUESTION.match(first) or marks.ANSWER.match(first)
    return first if hit and not more and not hit["text"].strip() else ""


def _with_marker(text: str, marker: str) -> str:
    text = _BREAK.sub(" ", _SCRIPT.sub(_in_small_figures, text)).strip()
    return text if not marker or marks.choice_mark(text) else f"{marker}{text}"


def _in_small_figures(hit: re.Match[str]) -> str:
    return script(hit[1] or "sup", hit[2] or hit[3])


def _can_head(text: str, *, sure: bool) -> bool:
    """Whether a line is a heading and neither a label of its own kind nor a sentence in bold."""
    labels = (marks.QUESTION, marks.ANSWER, marks.CAPTION, marks.TABLE, marks.ADDRESS)
    if not any(c.isalpha() for c in text) or any(label.match(text) for label in labels):
        return False
    sentence = len(text) > MAX_HEADING or text.endswith((".", ";", ","))
    return not marks.has_box(text) and (sure or not (sentence or marks.choice_mark(text)))


def _shallow(
    rule: Callable[[StateBlock, int, int, bool], bool],
) -> Callable[[StateBlock, int, int, bool], bool]:
    def shallow(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < _MAX_LEVEL and rule(state, start, end, silent)

    return shallow


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero")
    markdown.enable(["heading", "lheading", "list", "blockquote", "hr"])
    markdown.enable(["newline", "escape", "emphasis", "entity", "link", "image", "autolink"])
    for name, rule in (("list", list_block), ("blockquote", blockquote)):
        markdown.block.ruler.at(name, _shallow(rule), {"alt": ["paragraph", "blockquote", "list"]})
    return markdown


_MARKDOWN = _markdown()
