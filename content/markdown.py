"""The Markdown that case texts may use, read by markdown-it.

Paragraphs, bold, italic, bulleted and numbered lists, and links to http, https and mailto
addresses. Everything else that Markdown knows is switched off and stays text: no HTML, headings,
images, code, entities or reference definitions. As in all Markdown a single line break is a space;
a backslash or two spaces at the line's end make a line break.
"""

import re
import unicodedata

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

# Of the characters that Telegram drops or turns into spaces (clean_input_string in tdlib), the
# ones that are controls; the rest are refused where a case is read.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]")
_TARGET = re.compile(
    r"""\(\s*<?(?P<href>(?:https?://|mailto:)(?:[^\s()<>"]|\((?:[^\s()<>"]|\([^\s()<>"]*\))*\))+)>?\s*\)""",
    re.IGNORECASE,
)
_MAX_LIST_LEVEL = 8  # markdown-it counts two levels a list: lists nest four deep, not a stack deep


def tokens(markdown: str) -> list[Token]:
    """A Markdown text as markdown-it's tokens."""
    return _MARKDOWN.parse(cleaned(markdown))


def cleaned(markdown: str) -> str:
    """A text as it is read: composed, its lines apart by line feeds, without controls."""
    text = unicodedata.normalize("NFC", re.sub("\r\n?", "\n", markdown))
    return CONTROLS.sub(" ", text)


def _link(state: StateInline, silent: bool) -> bool:
    """Markdown's inline link, without a title and only to addresses that Telegram opens.

    markdown-it's own rule would decode entities in the address and hide a title.
    """
    start, limit = state.pos, state.posMax
    if state.src[start] != "[":
        return False
    end = parseLinkLabel(state, start, disableNested=True)
    target = _TARGET.match(state.src, end + 1, limit) if end >= 0 else None
    if target is None or not state.src[start + 1 : end].strip():
        return False
    if not silent:
        state.pos, state.posMax = start + 1, end
        state.push("link_open", "a", 1).attrs = {"href": target["href"]}
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
    state.pos, state.posMax = target.end(), limit
    return True


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Markdown's list, but not nested without end: markdown-it would drop what lies deeper."""
    return state.level < _MAX_LIST_LEVEL and list_block(state, start, end, silent)


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero")
    markdown.enable(["newline", "escape", "emphasis", "link", "list"])
    markdown.inline.ruler.at("link", _link)
    markdown.block.ruler.at("list", _list, {"alt": ["paragraph"]})
    return markdown


_MARKDOWN = _markdown()
