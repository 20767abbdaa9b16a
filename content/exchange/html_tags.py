"""What HTML's tags mean to a reader of text: their looks, and what stands for them in Markdown."""

import re
from collections.abc import Mapping
from urllib.parse import quote

from content.markup import Run, parse

DROPPED = {
    "script": "", "style": "", "title": "", "template": "", "noscript": "",
    "math": "a formula in MathML", "svg": "a drawing (svg)", "object": "an embedded object",
    "audio": "a sound", "video": "a film", "iframe": "an embedded page", "canvas": "a canvas",
    "select": "a form's field", "textarea": "a form's field", "applet": "an embedded object",
}  # fmt: skip
"""Elements left out with all inside them, and the words that say so, where it is a loss."""

_CROSSING_OUT = "the line through crossed-out text"
LOST = {
    "s": _CROSSING_OUT, "del": _CROSSING_OUT, "strike": _CROSSING_OUT,
    "input": "a form's field", "embed": "an embedded object",
}  # fmt: skip
"""Elements whose text stays while something is lost, and the words that say so."""

BLOCKS = {
    "p", "div", "section", "article", "header", "footer", "aside", "main", "figure", "figcaption",
    "blockquote", "pre", "address", "center", "dl", "dt", "dd", "form", "fieldset", "details",
    "summary", "caption", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "body", "html", "nav",
}  # fmt: skip
LISTS = {"ul", "ol", "menu", "dir"}
VOID = {"img", "br", "hr", "input", "embed", "wbr", "col", "link", "meta", "source", "base"}
_OTHERS = {
    "a", "abbr", "acronym", "area", "b", "bdi", "bdo", "big", "button", "cite", "code", "colgroup",
    "data", "datalist", "dfn", "em", "font", "head", "hgroup", "i", "ins", "kbd", "label", "legend",
    "li", "map", "mark", "meter", "nobr", "optgroup", "option", "output", "param", "picture",
    "progress", "q", "rb", "rp", "rt", "rtc", "ruby", "samp", "small", "span", "strong", "sub",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "track", "tt", "u", "var",
    "search", "dialog", "basefont", "xmp", "noembed", "prompt",
}  # fmt: skip
_KNOWN = BLOCKS | LISTS | VOID | _OTHERS | DROPPED.keys() | LOST.keys()
_MADE_BY_A_PROGRAM = re.compile(r"[a-z][a-z0-9]*[:-][a-z][\w:.-]*", re.IGNORECASE)
IMPLIED_ENDS = {
    "td": ("td", "th"), "th": ("td", "th"), "tr": ("td", "th"), "table": ("td", "th"),
    "dt": ("dt", "dd"), "dd": ("dt", "dd"), "p": ("p",),
}  # fmt: skip
"""Elements that a tag ends though their own end tags may be missing."""

_BOLD = {"b", "strong", "dt", "th", "h1", "h2", "h3", "h4", "h5", "h6"}
_ITALIC = {"i", "em", "cite", "dfn", "var"}
_WEIGHT = re.compile(r"font-weight\s*:\s*([a-z0-9]+)", re.IGNORECASE)
_STYLE = re.compile(r"font-style\s*:\s*([a-z]+)", re.IGNORECASE)
_SUBSCRIPT = dict(zip("0123456789+-\u2212=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_SUPERSCRIPT = dict(zip("0123456789+-\u2212=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_LONGEST_ADDRESS = 2000  # characters; browsers take about as many
_BETWEEN = {",": ",", " ": " ", "–": "–"}
_PLAIN_SUPERSCRIPT = re.compile(r"st|nd|rd|th|er|re|[aoe®™°*†‡§]|\[.*")
_ROMAN = {100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"}


def is_tag(name: str) -> bool:
    """Whether this names an element of HTML, or one that a program has made: ``o:p``, ``my-part``.

    What else stands in ``<`` and ``>`` is an author's words.
    """
    return name.lower() in _KNOWN or _MADE_BY_A_PROGRAM.fullmatch(name) is not None


def look(tag: str, attributes: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether a tag begins bold and italic text, by its name or else by its style."""
    style = attributes.get("style", "")
    weight, slant = _WEIGHT.search(style), _STYLE.search(style)
    bold = weight[1].lower() in {"bold", "bolder", "600", "700", "800", "900"} if weight else None
    italic = slant[1].lower() in {"italic", "oblique"} if slant else None
    return (
        tag in _BOLD if bold is None else bold,
        tag in _ITALIC if italic is None else italic,
    )


def script(tag: str, text: str) -> str:
    """A sub- or superscript (``sub`` or ``sup``) in plain text: ``₂``, ``10³``, ``x^max``."""
    small = _SUBSCRIPT if tag == "sub" else _SUPERSCRIPT
    text = text.strip()
    if all(letter in small or letter in _BETWEEN for letter in text):
        return "".join((small | _BETWEEN)[letter] for letter in text)
    if tag == "sub" or _PLAIN_SUPERSCRIPT.fullmatch(text):
        return text
    return f"^{text}" if text.isalnum() else f"^({text})"


def address(href: str) -> str | None:
    """The address as Markdown can hold it, or None where Telegram would not open it."""
    href = href.strip()
    if len(href) > _LONGEST_ADDRESS:
        return None
    for candidate in (href, quote(href, safe="!#$%&'*+,/:;=?@[]~_-.")):
        match parse(f"[a]({candidate})"):
            case ((Run(text="a", href=str() as found),),):
                return found
    return None


def formula(attributes: Mapping[str, str]) -> str:
    """The LaTeX of a picture that Canvas has drawn of a formula; empty where it is another."""
    if "equation_image" not in attributes.get("class", "").split():
        return ""
    alt = attributes.get("alt", "").removeprefix("LaTeX:")
    latex = (attributes.get("data-equation-content") or alt).strip()
    return f"\\({latex}\\)" if latex else ""


def item_label(style: str, number: int) -> str:
    """The marker of a list's item whose ``type`` is ``a``, ``A``, ``i`` or ``I``."""
    if style in "aA" and 1 <= number <= 26:
        label = chr(ord("a") + number - 1)
    elif style in "iI" and 1 <= number < 200:
        label = ""
        for value, letters in _ROMAN.items():
            label += letters * (number // value)
            number %= value
    else:
        return f"{number}."
    return f"{label.upper() if style.isupper() else label}."
