"""What somebody says of a whole bank, as ``key=value``, so that no draft of it leaves it open."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches

from pydantic import ValidationError

from content.exchange.drafts import Known

# Each key, the field of Known that it fills, and what its value must be.
_KEYS = {
    "topic": ("topics", "kebab-case, such as chest-pain"),
    "level": ("level", "student, resident or fellow"),
    "author": ("authors", "a name of at most 200 characters"),
    "licence": ("licence", "an SPDX identifier, such as CC-BY-4.0"),
    "series": ("series", "a name of at most 200 characters"),
    "language": ("language", "a language tag, such as en or pt-BR"),
    "based_on": ("based_on", "a sentence that credits the source"),
    "figure.creator": ("creator", "a name of at most 200 characters"),
    "figure.licence": ("figure_licence", "an SPDX identifier, such as CC-BY-4.0"),
    "figure.consent": ("consent", "obtained or not-required"),
}
_REPEATABLE = frozenset({"topics", "authors"})
KEYS = tuple(_KEYS)


class FillError(Exception):
    """What is wrong with a filling, and what to write instead."""


def known(fillings: Iterable[str]) -> Known:
    """What these fillings say together; topics and authors may be several. Raises FillError."""
    given: defaultdict[str, list[str]] = defaultdict(list)
    for filling in fillings:
        key, sign, value = filling.partition("=")
        if not sign:
            raise FillError(f"{filling!r} is not key=value, such as licence=CC-BY-4.0")
        given[_field(key.strip())].append(value.strip())
    for key, (field, _) in _KEYS.items():
        if len(given[field]) > 1 and field not in _REPEATABLE:
            raise FillError(f"{key} is given twice, and a case has one")
    values = {
        field: [*dict.fromkeys(values)] if field in _REPEATABLE else values[0]
        for field, values in given.items()
        if values
    }
    try:
        return Known.model_validate(values)
    except ValidationError as error:
        wrong = error.errors()[0]
        key, form = next(
            (key, form) for key, (field, form) in _KEYS.items() if field == wrong["loc"][0]
        )
        raise FillError(f"{key}: {wrong['input']!r} is not {form}") from None


def _field(key: str) -> str:
    if found := _KEYS.get(key):
        return found[0]
    near = get_close_matches(key.lower(), KEYS, 1, cutoff=0.5)
    meant = f"did you mean {near[0]}? " if near else ""
    raise FillError(f"there is no {key!r}; {meant}there are {', '.join(KEYS)}")
