"""The Markdown subset of case texts as HTML that other programs read."""

from collections.abc import Iterator, Sequence
from html import escape

from markdown_it.token import Token

from content.markdown import tokens
from content.markup import numbers


def to_html(markdown: str) -> str:
    """The Markdown subset as HTML that is well-formed XML too: p, ul, ol, li, strong, em, a, br."""
    return "".join(_html(tokens(markdown)))


def _html(block: Sequence[Token]) -> Iterator[str]:
    numbered: list[Iterator[str]] = []
    for place, token in enumerate(block):
        match token.type:
            case "inline":
                yield from _inline(token.children or [])
            case "paragraph_open" | "paragraph_close":
                yield "" if token.hidden else _tag(token)
            case "ordered_list_open":
                numbered.append(iter(_values(numbers(block, place))))
                yield "<ol>"
            case "ordered_list_close":
                numbered.pop()
                yield "</ol>"
            case "list_item_open" if token.info:
                yield f"<li{next(numbered[-1])}>"
            case _:
                yield _tag(token)


def _tag(token: Token) -> str:
    return f"<{'/' if token.nesting < 0 else ''}{token.tag}>"


def _values(markers: Sequence[str]) -> Iterator[str]:
    """The attribute of each item of an ordered list that says its number, where it must."""
    expected = 1
    for marker in markers:
        number = int(marker.rstrip(".) "))
        yield "" if number == expected else f' value="{number}"'
        expected = number + 1


def _inline(children: Sequence[Token]) -> Iterator[str]:
    for token in children:
        match token.type:
            case "link_open":
                yield f'<a href="{escape(str(token.attrs["href"]))}">'
            case "hardbreak":
                yield "<br/>"
            case "softbreak":
                yield " "
            case _ if token.nesting:
                yield _tag(token)
            case _:
                yield escape(token.content, quote=False)
