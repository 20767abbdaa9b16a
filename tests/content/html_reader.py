"""A small strict reader of Telegram's HTML, independent of the writer it checks."""

import re
from html import unescape

_TOKEN = re.compile(
    r'<(?P<close>/)?(?P<name>b|i|a|blockquote)(?P<extra> expandable| href="[^"<>]+")?>'
    r"|(?P<text>(?:[^<>&]|&(?:lt|gt|amp|quot);)+)"
)
_EXTRA = {"a": " href=", "blockquote": " expandable"}


def read_html(html: str) -> tuple[str, int]:
    """The visible text and the number of entities.

    Fails where a tag is unknown, unclosed, badly nested, nested in itself or empty, or where a
    special character stands unescaped.
    """
    text, entities, position = "", 0, 0
    opened: list[tuple[str, int]] = []
    while position < len(html):
        token = _TOKEN.match(html, position)
        assert token, f"unreadable at {html[position : position + 40]!r}"
        position = token.end()
        name = token["name"]
        if token["text"]:
            text += unescape(token["text"])
        elif token["close"]:
            last, start = opened.pop()
            assert (name, None) == (last, token["extra"])
            assert len(text) > start, f"an empty {name}"
            entities += 1
        else:
            assert name not in dict(opened), f"{name} inside {name}"
            assert (token["extra"] or "").startswith(_EXTRA.get(name, ""))
            assert bool(token["extra"]) == (name in _EXTRA)
            opened.append((name, len(text)))
    assert opened == []
    return text, entities
