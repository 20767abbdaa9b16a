"""The kinds of text and number a case file is made of.

A case file gives every value as text, and these types decide what it means: integers are digits,
booleans are ``true`` and ``false``. Real integers and booleans are taken too, so that models can
be built in Python. All lengths count Unicode code points, as Telegram does.
"""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from content.markup import parse, visible
from content.phrases import Phrase, phrase

_LETTER = re.compile(r"[^\W_]")  # or digit
_LOOK_ALIKES = str.maketrans("\u00b5\u2010\u2011\u2019", "\u03bc--'")
_LONG_WORD = re.compile(r"\w{4}")


def wrong(code: str, complaint: Phrase) -> PydanticCustomError:
    """The error with which a model refuses a value; it goes on after the field's name."""
    message = str(complaint).replace("{", "{{").replace("}", "}}")
    return PydanticCustomError(code, message, {"complaint": complaint})


def _one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _integer(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"0|[1-9][0-9]{0,8}", value):
        said = phrase("is {given}, but must be a whole number in digits", given=repr(value))
        raise wrong("wrong-number", said)
    return int(value)


def _decimal(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"[0-9]{0,9}\.?[0-9]{1,9}", value):
        said = phrase("is {given}, but must be a plain decimal such as 0.6", given=repr(value))
        raise wrong("wrong-number", said)
    return float(value)


def _boolean(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value not in {"true", "false"}:
        said = phrase("is {given}, but must be true or false", given=repr(value))
        raise wrong("wrong-boolean", said)
    return value == "true"


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    said = phrase("is {given}, but must be a date such as 2026-03-01", given=repr(value))
    raise wrong("wrong-date", said)


def as_read(text: str) -> str:
    """What a reader can tell a line by: not by spaces, a full stop, or what cannot be seen.

    Nor by which of several signs that look the same it holds: µ, a hyphen, an apostrophe. A capital
    that opens a word of some length says nothing either; anti-C is not anti-c.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_LOOK_ALIKES)
        text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    shown = " ".join(text.split()).rstrip(" .")
    return shown[:1].lower() + shown[1:] if _LONG_WORD.match(shown) else shown


def has_visible_character(text: str) -> bool:
    """Whether anything in this text leaves a trace on the screen."""
    return _LETTER.search(text) is not None or any(
        unicodedata.category(character) not in {"Zs", "Zl", "Zp", "Cc", "Cf"}
        and character not in "\u2800\ufffc"
        for character in text
    )


def _seen(value: str) -> str:
    if not has_visible_character(value):
        raise wrong("invisible", phrase("holds no visible character"))
    return value


def _prose(value: str) -> str:
    # Markdown hides addresses, which follow a `]`, and its own marks, which are no letters.
    if not _LETTER.search(value.partition("]")[0]):
        _seen(visible(parse(value)))
    return value


def _strip(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _key_point(value: str) -> str:
    shown = visible(parse(value))
    if len(shown) > KEY_POINT_LENGTH:
        raise wrong(
            "too-long",
            phrase(
                "shows {length} characters; Telegram takes at most {most} in a poll's explanation",
                length=len(shown),
                most=KEY_POINT_LENGTH,
            ),
        )
    if shown.count("\n") > KEY_POINT_LINE_FEEDS:
        raise wrong(
            "key-point-lines",
            phrase(
                "has {count} line feeds; Telegram takes at most {most} in a poll's explanation (a"
                " new paragraph is two)",
                count=shown.count("\n"),
                most=KEY_POINT_LINE_FEEDS,
            ),
        )
    return value


def _caption(value: str) -> str:
    shown = len(visible(parse(value)))
    if shown > CAPTION_LENGTH:
        said = phrase(
            "shows {length} characters; at most {most} are allowed",
            length=shown,
            most=CAPTION_LENGTH,
        )
        raise wrong("too-long", said)
    return value


# Telegram's limits (sendPoll: question, option, explanation).
PROMPT_LENGTH = 300
CHOICE_LENGTH = 100
KEY_POINT_LENGTH = 200
KEY_POINT_LINE_FEEDS = 2
MAX_CHOICES = 12
# Telegram's limit of an album (sendMediaGroup).
MAX_FIGURES = 10
# Our own: a caption shares 1024 characters with a credit line or with title and vignette.
CAPTION_LENGTH = 600


def _looks_like_number(limit: int) -> WithJsonSchema:
    """For editors, whose YAML reader takes a bare 355 for a number, as it takes 0.5 in a choice."""
    return WithJsonSchema({"type": ["string", "number"], "minLength": 1, "maxLength": limit})


_ONE_LINE, _STRIPPED = BeforeValidator(_one_line), BeforeValidator(_strip)
_SEEN, _SHOWS = AfterValidator(_seen), AfterValidator(_prose)

Title = Annotated[str, Field(min_length=1, max_length=128), _ONE_LINE, _SEEN]
"""One line; line breaks and runs of spaces become one space."""
Name = Annotated[str, Field(min_length=1, max_length=200), _ONE_LINE, _SEEN]
Line = Annotated[str, Field(min_length=1, max_length=1000), _ONE_LINE, _SEEN]
Prompt = Annotated[str, Field(min_length=1, max_length=PROMPT_LENGTH), _ONE_LINE, _SEEN]
ChoiceText = Annotated[
    str,
    Field(min_length=1, max_length=CHOICE_LENGTH),
    _ONE_LINE,
    _SEEN,
    _looks_like_number(CHOICE_LENGTH),
]
Slug = Annotated[
    str, StringConstraints(min_length=1, max_length=50, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
]
"""Kebab-case: lower-case letters and digits, joined by single hyphens."""
Language = Annotated[
    str, StringConstraints(max_length=35, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
]
"""An IETF language tag, such as en or pt-BR."""
Licence = Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9.+-]*$")]
"""An SPDX licence identifier."""
Prose = Annotated[str, Field(min_length=1, max_length=20_000), _STRIPPED, _SHOWS]
"""Markdown subset: paragraphs, bold, italic, lists, links."""
KeyPoint = Annotated[Prose, AfterValidator(_key_point)]
Caption = Annotated[Prose, AfterValidator(_caption)]
Year = Annotated[int, Field(ge=1500, le=2200), BeforeValidator(_integer)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False), BeforeValidator(_decimal)]
Flag = Annotated[bool, BeforeValidator(_boolean)]
Day = Annotated[date, BeforeValidator(_day)]
Locator = Annotated[
    str, Field(min_length=1, max_length=60), _ONE_LINE, _SEEN, _looks_like_number(60)
]
"""A volume, an issue, pages: text, though it often looks like a number."""
Pmid = Annotated[
    str,
    StringConstraints(pattern=r"^[1-9][0-9]{0,8}$"),
    WithJsonSchema({"type": ["string", "integer"], "pattern": "^[1-9][0-9]{0,8}$"}),
]
Doi = Annotated[str, StringConstraints(max_length=300, pattern=r"^10\.[0-9]{4,9}/\S+$")]
WebAddress = Annotated[str, StringConstraints(max_length=1000, pattern=r"""^https?://[^\s<>"]+$""")]
