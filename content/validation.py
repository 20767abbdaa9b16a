"""From a tree to a case: what pydantic finds wrong, said in plain words at its place."""

from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from content import yaml_lookalikes as lookalikes
from content.model import PART_MODELS, Case
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
    "doi": "a bare DOI such as 10.1000/182",
    "pmid": "digits only",
    "url": "an address that begins with https:// or http:// and holds no space",
    "licence": "an SPDX identifier such as CC-BY-4.0",
    "language": "a language tag such as es or pt-BR",
}
_KEBAB = "kebab-case: lower-case letters and digits, joined by single hyphens"

MAX_TOLD = 1000  # errors put into words: a hostile file has hundreds of thousands
_TOO_LONG = "is {actual_length} characters long; the limit is {max_length}"
# Code and sentence for pydantic's own kinds of error; ours bring their own.
_SENTENCES = {
    "string_type": ("wrong-type", "must be a text, but is {kind}"),
    "tuple_type": ("wrong-type", "must be a list, but is {kind}"),
    "model_type": ("wrong-type", "must be a mapping (key: value), but is {kind}"),
    "mapping_type": ("wrong-type", "must be a mapping (key: value), but is {kind}"),
    "int_type": ("wrong-type", "must be a whole number, but is {kind}"),
    "float_type": ("wrong-type", "must be a number, but is {kind}"),
    "bool_type": ("wrong-type", "must be true or false, but is {kind}"),
    "date_type": ("wrong-type", "must be a date, but is {kind}"),
    "string_too_long": ("too-long", _TOO_LONG),
    "string_too_short": ("empty", "is empty"),
    "text_too_long": ("too-long", _TOO_LONG),
    "text_too_short": ("empty", "is empty"),
    "too_long": ("too-many", "has {actual_length} items; the limit is {max_length}"),
    "too_short": ("too-few", "has {actual_length} items, but needs {min_length} or more"),
    "string_pattern_mismatch": ("wrong-form", "is {given!r}, but must be {form}"),
    "enum": ("wrong-value", "is {given!r}, but must be {expected}"),
    "greater_than_equal": ("wrong-number", "is {given}, but must be at least {ge:g}"),
    "less_than_equal": ("wrong-number", "is {given}, but must be at most {le:g}"),
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
        message = f"`{loc[-1]}` is missing from {describe(loc[:-1]) or 'the case'}"
        return problem_at(path, locate(root, loc), "missing", message)
    if kind == "extra_forbidden":
        message = f"{describe(loc)}: there is no such key here ({_hint(loc)})"
        return problem_at(path, locate_key(root, loc), "unknown-key", message)
    if "[key]" in loc:
        loc = loc[: loc.index("[key]")]
        return problem_at(path, locate_key(root, loc), "wrong-name", _say(loc, f"must be {_KEBAB}"))
    code, complaint = _complaint(root, details)
    if code.startswith("wrong-") and isinstance(given := details["input"], str):
        # What a list or a mapping was to begin with; whatever a word or a number holds.
        odd = lookalikes.within(given[:1] if code == "wrong-type" else given)
        complaint += "".join(f"; it holds {lookalikes.named(character)}" for character in odd)
    return problem_at(path, locate(root, loc), code, _say(loc, complaint))


def _say(loc: Loc, complaint: str) -> str:
    return f"{describe(loc) or 'the case'} {complaint}"


def _complaint(root: Mapping, details: ErrorDetails) -> tuple[str, str]:
    """The problem's code, and what follows the name of the place."""
    node = child(root, *details["loc"])
    if node is not None and is_absent(node):
        return "empty", "is empty"
    given, kind = details["input"], details["type"]
    if isinstance(given, str) and kind in {"too_long", "too_short"}:
        kind = f"text_{kind}"
    if kind not in _SENTENCES:
        return kind, details["msg"]
    code, sentence = _SENTENCES[kind]
    facts = {
        "given": given,
        "kind": _kind(given),
        "form": _FORMS.get(_field(details["loc"]), _KEBAB),
    }
    return code, sentence.format_map(
        {"actual_length": len(str(given))} | facts | details.get("ctx", {})
    )


def _field(loc: Loc) -> str:
    return next((step for step in reversed(loc) if isinstance(step, str)), "")


def _kind(given: object) -> str:
    if isinstance(given, dict):
        return "a mapping"
    return "a list" if isinstance(given, list) else "a text"


def _hint(loc: Loc) -> str:
    known = list(PART_MODELS.get(_field(loc[:-1]), Case).model_fields)
    close = get_close_matches(str(loc[-1]), known, n=1)
    return f"did you mean {close[0]}?" if close else f"known: {', '.join(known)}"
