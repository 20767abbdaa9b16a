"""Web and mail addresses in plain text, with a scheme or without, as Telegram finds them."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

_WITH_DOT: Final = re.compile(r"(?<!\S)[^\s.]*+\.\S+")
"""A stretch in which an address can be; others need no closer look."""
_URL: Final = re.compile(
    r"(?:(?P<scheme>(?<!s)https?|(?<![st])ftp|tonsite)://|(?<![\w/#@.~-]))"
    r"(?:(?P<user>[^\s/\[\]{}()'`<>\"@«»]+)@)?"
    r"(?P<domain>[\w~-]+(?:\.[\w~-]+)+)"
    r"(?P<port>:0*[0-9]{1,5}(?![0-9]))?"
    r"(?P<path>[/?#][^\s<>\"«»]*)?",
    re.IGNORECASE,
)
_OF_TELEGRAM: Final = re.compile(
    r"(?:tg|ton|tonsite)://[a-z0-9_-]{1,253}(?P<path>[/?#][^\s<>\"«»]*)?", re.IGNORECASE
)
_EMAIL: Final = re.compile(
    r"(?:[\w-]{0,26}[.+]){0,10}[\w-]{1,35}@"
    r"(?:(?!_)[\w-]{1,30}(?<![_-])\.){1,6}[a-z]{2,8}",
    re.IGNORECASE | re.ASCII,
)
_NUMBER: Final = re.compile(r"0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]")
_CLOSING: Final = {")": "(", "]": "[", "}": "{"}
_NOT_LAST: Final = ".:;,('?!`"
"""What a path does not end with."""


def find_addresses(text: str) -> Iterator[tuple[str, int, int]]:
    """Kind, begin and end of each."""
    for match in _OF_TELEGRAM.finditer(text):
        yield "url", match.start(), match.start() + len(match[0]) - _surplus(match["path"] or "")
    for stretch in _WITH_DOT.finditer(text):
        for match in _URL.finditer(text, stretch.start(), stretch.end()):
            mail = match[0].removeprefix("mailto:")
            if _EMAIL.fullmatch(mail):
                yield "email", match.end() - len(mail), match.end()
            elif _is_domain(match["domain"], known=match["scheme"] is not None):
                yield "url", match.start(), match.end() - _surplus(match["path"] or "")


def _surplus(path: str) -> int:
    """How many characters at the end of a path are the sentence's."""
    open_ones: list[str] = []
    end = len(path)
    for at, char in enumerate(path):
        if char in _CLOSING.values():
            open_ones.append(char)
        elif char in _CLOSING:
            if _CLOSING[char] not in open_ones:
                end = at
                break
            open_ones.remove(_CLOSING[char])
    return len(path) - len(path[:end].rstrip(_NOT_LAST))


def _is_domain(domain: str, *, known: bool) -> bool:
    """Whether a name is a domain; where no scheme says so, its last part must be a known one."""
    parts = domain.split(".")
    if any(len(part) > 63 or part.endswith("-") for part in parts):
        return False
    if len(parts) == 4 and all(map(_NUMBER.fullmatch, parts)):
        return True
    last = parts[-1]
    if len(last) < 2 or "_" in parts[-2] or all(part.isdecimal() for part in parts):
        return False
    if last.startswith("xn--"):
        return last[4:].isalnum() and len(last) > 5
    return not {"_", "-"} & set(last) and (known or _is_top_level(last))


def _is_top_level(name: str) -> bool:
    """Whether it is the last part of domains, and not a word that begins a sentence."""
    lowered = name.lower()
    return lowered in _top_level() and (name == lowered or name[1:] != lowered[1:])


@cache
def _top_level() -> frozenset[str]:
    """IANA's list, with the two that Telegram knows besides."""
    names = (Path(__file__).parent / "tlds.txt").read_text("ascii").split()
    return frozenset(name.encode().decode("idna") for name in names) | {"onion", "ton"}
