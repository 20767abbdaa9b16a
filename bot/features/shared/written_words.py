"""Words that somebody was asked to write."""

from typing import Final

from bot.base.time_units import HOUR_MS
from content.markdown import CONTROLS

LONGEST_TEXT: Final = 1000
"""How many characters they may have."""
WRITE_WITHIN_MS: Final = HOUR_MS
"""How long whoever was asked has for it: ms."""


def written(text: str) -> str:
    """What somebody wrote, as it is kept. Line feeds stay: people write paragraphs."""
    return "\n".join(CONTROLS.sub(" ", line) for line in text.splitlines()).strip()


def in_brief(text: str, most: int) -> str:
    """The text, or its beginning of so many characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
