"""From a tree to a case: what pydantic finds wrong, said in plain words at its place."""

from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from content import yaml_lookalikes as lookalikes
from content.model import PART_MODELS, Case
from content.phrases import Phrase, phrase
from content.problems import Problem, problem_at
from content.tree import Loc, Mapping, child, is_absent, locate, locate_key, to_plain

_SINGULAR = {
    "questions": "question",
    "choices": "choice",
    "variants": "variant",
    "formerly": "former id",
    "figures": "figure",
    "discussion": "section",
    "references": "reference",
    "authors": "author",
    "topics": "topic",
}
# What a text that breaks its pattern should have been, by the name of its field.
_FORMS = {
    "doi": phrase("a bare DOI such as 10.1000/182"),
    "pmid": phrase("digits only"),
    "url": phrase("an address that begins with https:// or http:// and holds no space"),
    "licence": phrase("an SPDX identifier such as CC-BY-4.0"),
    "language": phrase("a language tag such as es or pt-BR"),
}
_KEBAB = phrase("kebab-case: lower-case letters and digits, joined by single hyphens")

MAX_TOLD = 1000  # errors put into words: a hostile file has hundreds of thousands
_EMPTY = phrase("is empty")
_MAPPING = phrase("must be a mapping (key: value), but is {kind}")
_TOO_LONG = phrase("is {actual_length} characters long; the limit is {max_length}")
# Code and phrase for pydantic's own kinds of error; ours bring their own.
_COMPLAINTS = {
    "string_type": ("wrong-type", phrase("must be a text, but is {kind}")),
    "tuple_type": ("wrong-type", phrase("must be a list, but is {kind}")),
    "model_type": ("wrong-type", _MAPPING),
    "mapping_type": ("wrong-type", _MAPPING),
    "int_type": ("wrong-type", phrase("must be a whole number, but is {kind}")),
    "float_type": ("wrong-type", phrase("must be a number, but is {kind}")),
    "bool_type": ("wrong-type", phrase("must be true or false, but is {kind}")),
    "date_type": ("wrong-type", phrase("must be a date, but is {kind}")),
    "string_too_long": ("too-long", _TOO_LONG),
    "string_too_short": ("empty", _EMPTY),
    "text_too_long": ("too-long", _TOO_LONG),
    "text_too_short": ("empty", _EMPTY),
    "too_long": ("too-many", phrase("has {actual_length} items; the limit is {max_length}")),
    "too_short": (
        "too-few",
        phrase("has {actual_length} items, but needs {min_length} or more"),
    ),
    "string_pattern_mismatch": ("wrong-form", phrase("is {given}, but must be {form}")),
    "enum": ("wrong-value", phrase("is {given}, but must be {expected}")),
    "greater_than_equal": ("wrong-number", phrase("is {number}, but must be at least {ge}")),
    "less_than_equal": ("wrong-number", phrase("is {number}, but must be at most {le}")),
}


def validate(path: Path, root: Mapping) -> tuple[Case | None, list[Problem]]:
    """The case, or else everything that its fields have against it."""
    try:
        return Case.model_validate(to_plain(root)), []
    except ValidationError as error:
        found = error.errors(include_url=False)[:MAX_TOLD]
        return None, [_problem(path, root, details) for details in found if not _echoes(details)]


def describe(loc: Loc) -> str:
    """A place in words: ``question 1, choice 3, text``; empty for the case itself."""
    words: list[str] = []
    for step in loc:
        if isinstance(step, int):
            words[-1] = f"{_SINGULAR.get(words[-1], words[-1])} {step + 1}"
        elif step != "[key]":
            words.append(step)
    return ", ".join(words)


def _echoes(details: ErrorDetails) -> bool:
    """Whether this only repeats another error: pydantic counts a list without its wrong items."""
    given = details["input"]
    if details["type"] != "too_short" or not isinstance(given, list):
        return False
    least: int = details["ctx"]["min_length"]
    return len(given) >= least


def _problem(path: Path, root: Mapping, details: ErrorDetails) -> Problem:
    loc = details["loc"]
    kind = details["type"]
    if kind == "missing":
        message = phrase(
            "`{key}` is missing from {place}", key=str(loc[-1]), place=_place(loc[:-1])
        )
        return problem_at(path, locate(root, loc), "missing", message)
    if kind == "extra_forbidden":
        message = phrase(
            "{place}: there is no such key here ({hint})", place=describe(loc), hint=_hint(loc)
        )
        return problem_at(path, locate_key(root, loc), "unknown-key", message)
    if "[key]" in loc:
        loc = loc[: loc.index("[key]")]
        said = phrase("must be {form}", form=_KEBAB)
        return problem_at(path, locate_key(root, loc), "wrong-name", _say(loc, said))
    code, complaint = _complaint(root, details)
    if code.startswith("wrong-") and isinstance(given := details["input"], str):
        # What a list or a mapping was to begin with; whatever a word or a number holds.
        odd = lookalikes.within(given[:1] if code == "wrong-type" else given)
        for character in map(lookalikes.named, odd):
            complaint = phrase(
                "{complaint}; it holds {character}", complaint=complaint, character=character
            )
    return problem_at(path, locate(root, loc), code, _say(loc, complaint))


def _say(loc: Loc, complaint: Phrase) -> Phrase:
    return phrase("{place} {complaint}", place=_place(loc), complaint=complaint)


def _place(loc: Loc) -> str | Phrase:
    return describe(loc) or phrase("the case")


def _complaint(root: Mapping, details: ErrorDetails) -> tuple[str, Phrase]:
    """The problem's code, and what follows the name of the place."""
    node = child(root, *details["loc"])
    if node is not None and is_absent(node):
        return "empty", _EMPTY
    given, kind = details["input"], details["type"]
    if isinstance(given, str) and kind in {"too_long", "too_short"}:
        kind = f"text_{kind}"
    facts = details.get("ctx", {})
    if kind not in _COMPLAINTS:
        return kind, facts.get("complaint") or Phrase("{said}", (("said", details["msg"]),))
    code, complaint = _COMPLAINTS[kind]
    return code, complaint.filled(
        **{
            "actual_length": len(str(given)),
            **{name: _fact(fact) for name, fact in facts.items()},
            "given": repr(given),
            "number": str(given),
            "kind": _kind(given),
            "form": _FORMS.get(_field(details["loc"]), _KEBAB),
            "expected": _one_of(str(facts.get("expected", ""))),
        }
    )


def _field(loc: Loc) -> str:
    return next((step for step in reversed(loc) if isinstance(step, str)), "")


def _fact(value: object) -> str | int:
    return (
        value
        if isinstance(value, int)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )


def _one_of(words: str) -> str | Phrase:
    """The words that pydantic lists."""
    some, _, last = words.rpartition(" or ")
    return phrase("{some} or {last}", some=some, last=last) if some else last


def _kind(given: object) -> Phrase:
    if isinstance(given, dict):
        return phrase("a mapping")
    return phrase("a list") if isinstance(given, list) else phrase("a text")


def _hint(loc: Loc) -> Phrase:
    known = list(PART_MODELS.get(_field(loc[:-1]), Case).model_fields)
    close = get_close_matches(str(loc[-1]), known, n=1)
    if close:
        return phrase("did you mean {near}?", near=close[0])
    return phrase("known: {keys}", keys=", ".join(known))
