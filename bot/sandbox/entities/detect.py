"""What Telegram recognises in plain text: commands, mentions, tags, addresses, numbers."""

import re
from collections.abc import Iterator
from typing import Final

from bot.sandbox.entities.addresses import find_addresses
from bot.sandbox.entities.utf16 import utf16_offsets
from bot.sandbox.model import Entity

_TAG: Final = r"\w\u200c\xb7\u0d80-\u0dff"
"""What may stand in a hashtag."""
_SHORT_NAMES: Final = frozenset({"gif", "nft", "pic", "ufc", "vid"})
_PATTERNS: Final = {
    "mention": re.compile(r"(?<!\w)@(?P<name>[a-zA-Z0-9_]{2,32}+)(?!\w)"),
    "bot_command": re.compile(
        r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}+(?:@[a-zA-Z0-9_]{3,32}+|(?!@))(?![\w/<>])"
    ),
    "hashtag": re.compile(
        rf"(?<![{_TAG}])#(?=[{_TAG}]*[^\W\d_])[{_TAG}]{{1,256}}+(?:@[a-zA-Z0-9_]{{3,32}}+)?"
        rf"(?![{_TAG}]*#)"
    ),
    "cashtag": re.compile(
        rf"(?<![${_TAG}])\$(?:1INCH|[A-Z]{{1,8}}+)(?:@[a-zA-Z0-9_]{{3,32}}+)?(?![${_TAG}])"
    ),
    # No source says by which rule Telegram's servers find these; the Bot API shows this form.
    "phone_number": re.compile(r"(?<![\w+])\+[0-9](?:[ ()./-]{0,2}[0-9]){6,14}(?![\w+])"),
}
_CLOSED: Final = frozenset({
    "code", "pre", "text_link", "text_mention", "custom_emoji", "date_time",
})  # fmt: skip
"""In these nothing is looked for."""


def detect(text: str, taken: list[Entity]) -> list[Entity]:
    """Entities found in the text outside of what is marked as code, link, emoji or time.

    Where two overlap, the one that begins first counts.
    """
    offsets = utf16_offsets(text)
    places = sorted(_places(text), key=lambda place: (place[1], -place[2]))
    closed = [
        (entity.offset, entity.offset + entity.length) for entity in taken if entity.type in _CLOSED
    ]
    found: list[Entity] = []
    last = 0
    for kind, begin, end in places:
        start, stop = offsets[begin], offsets[end]
        if start < last or any(start < upto and since < stop for since, upto in closed):
            continue
        found.append(Entity(kind, start, stop - start))
        last = stop
    return found


def _places(text: str) -> Iterator[tuple[str, int, int]]:
    yield from find_addresses(text)
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            name = match.groupdict().get("name", "")
            if kind != "mention" or len(name) > 3 or name.lower() in _SHORT_NAMES:
                yield kind, match.start(), match.end()
