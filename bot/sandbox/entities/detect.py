"""What Telegram recognises in plain text: commands, mentions, hashtags, addresses."""

import re
from typing import Final

from bot.sandbox.entities.utf16 import utf16_offsets
from bot.sandbox.model import Entity

_PATTERNS: Final = {
    "url": re.compile(
        r"(?<![\w@/.-])(?:https?://[^\s<>\"«»]+|(?:t\.me|telegram\.me)/[^\s<>\"«»]+)", re.IGNORECASE
    ),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*\.[a-zA-Z]{2,}"),
    "bot_command": re.compile(r"(?<![\w/<>@])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/])"),
    "mention": re.compile(r"(?<![\w@/.])@[a-zA-Z0-9_]{4,32}(?!\w)"),
    "hashtag": re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}(?![\w#])"),
}
_TRAILING: Final = ".,:;!?'\")]}"


def detect(text: str, taken: list[Entity]) -> list[Entity]:
    """Entities found in the text outside of code and links that are there already."""
    offsets = utf16_offsets(text)
    closed = [
        (entity.offset, entity.offset + entity.length)
        for entity in taken
        if entity.type in {"code", "pre", "text_link", "text_mention"}
    ]
    found: list[Entity] = []
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            word = match[0].rstrip(_TRAILING) if kind == "url" else match[0]
            start, end = offsets[match.start()], offsets[match.start() + len(word)]
            if not any(start < stop and begin < end for begin, stop in closed):
                found.append(Entity(kind, start, end - start))
                closed.append((start, end))
    return found
