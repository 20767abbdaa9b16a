"""Names and titles that strangers choose, as others may be shown them."""

import re
import unicodedata

from bot.base.i18n import Words

NAME_LENGTH = 32  # visible characters
TITLE_LENGTH = 64  # visible characters of a chat's title
_MARKS = 3  # that a letter bears; more climb into the lines above it
_JOINER = "\N{WORD JOINER}"
# Where Telegram would begin a mention, a tag, a command, an address or a number. It ends all of
# them at a word joiner, which nobody sees.
_TELLING = re.compile(r"[@#$/+:.](?=\S)|\d(?=\d)")
# Letters and marks that show nothing; categories do not tell them.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc"
    "\U000e0100-\U000e01ef]"
)


def shown_name(name: str, words: Words) -> str:
    """A person's name as others see it."""
    return harmless(name, NAME_LENGTH) or words.say("a learner")


def shown_title(title: str, words: Words) -> str:
    """A chat's title as people see it elsewhere."""
    return harmless(title, TITLE_LENGTH) or words.say("your chat")


def harmless(name: str, longest: int) -> str:
    """A name on one line, of ``longest`` visible characters at most, that links to nothing.

    Empty where nothing of it can be seen. What was returned is returned unchanged.
    """
    spaced = " ".join(_BLANK.sub("", name).split())
    letters: list[str] = []
    for char in spaced:
        match unicodedata.category(char)[0]:
            case "C":  # control characters, directions, halves of surrogates, what has no meaning
                continue
            case "M":
                if letters and letters[-1] != " " and len(letters[-1]) <= _MARKS:
                    letters[-1] += char
            case _ if char != " " or (letters and letters[-1] != " "):
                letters.append(char)
    if letters and letters[-1] == " ":
        letters.pop()
    if len(letters) > longest:
        letters = [*"".join(letters[: longest - 1]).rstrip(), "…"]
    return _TELLING.sub(lambda found: found[0] + _JOINER, "".join(letters))
