"""Lists of authors: ``Callen JP, van der Berg A Jr, et al``, and groups by their name."""

import re

_ET_AL = re.compile(r"(?:and )?et al\.?|and others", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:Jr|Sr|I{1,3}|IV|2nd|3rd|4th)\.?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?){1,5}")
_NAME_PART = re.compile(r"[^\W\d_][^\W\d_'\u2019.-]*(?:['\u2019.-][^\W\d_]*)*")
_GROUP = re.compile(
    r"\b(?:academy|agency|associations?|centers?|centre|collaborat\w+|college|commission|committee"
    r"|consortium|council|department|federation|foundation|group|institutes?|investigators|league"
    r"|ministry|network|organi[sz]ation|panel|registry|society|study|task force|team|trial)\b",
    re.IGNORECASE,
)


def read_authors(text: str) -> tuple[str, ...]:
    """The authors that a sentence names; nothing if it reads as anything but a list of them.

    ``et al`` is the last of them where more are only hinted at.
    """
    authors: list[str] = []
    for item in re.split(r"[,;]\s+", text.strip().removesuffix(".")):
        parts = [item] if _is_known(item) else re.split(r"\s+(?:and|&)\s+", item)
        authors += [part.removeprefix("and ").removeprefix("& ") for part in parts]
    if not all(_is_known(author) for author in authors):
        return ()
    return tuple("et al" if _ET_AL.fullmatch(author) else author for author in authors)


def is_author(text: str) -> bool:
    """Whether this is a surname with initials, such as ``van der Berg AB Jr``."""
    words = text.split()
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        words.pop()
    if not 2 <= len(words) <= 6:
        return False
    *surname, initials = words
    return (
        initials.isupper()
        and _INITIALS.fullmatch(initials) is not None
        and all(_NAME_PART.fullmatch(word) for word in surname)
        and any(word[0].isupper() for word in surname)
    )


def _is_known(text: str) -> bool:
    group = len(text) <= 200 and text[:1].isalpha() and _GROUP.search(text) is not None
    return is_author(text) or group or _ET_AL.fullmatch(text) is not None
