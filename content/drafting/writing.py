"""A draft as a case file, as the case in that file, and back."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from content.codes import case_code
from content.drafting.draft_case import REST, DraftCase, ordered
from content.exchange.names import Ids, slug
from content.exchange.stems import one_line
from content.model import Case, ReviewStatus
from content.rules import broken_rules
from content.tree import Loc
from content.validation import validate
from content.yaml_text import case_text, writable
from content.yaml_tree import read_tree

PATH = Path("draft.yaml")
_UNNAMED = "case"
_WORDS_OF_AN_ID = 6
_NOT_ID = re.compile(r"[^a-z0-9-]+")
_OPEN: Mapping[str, Any] = {
    "title": "…",
    "topics": ["medicine"],
    "level": "resident",
    "vignette": "…",
    "authors": ["…"],
    "licence": "CC-BY-4.0",
}
_OPEN_FIGURE: Mapping[str, str] = {
    "caption": "…",
    "alt": "…",
    "creator": "…",
    "licence": "CC-BY-4.0",
    "consent": "not-required",
}


def to_yaml(draft: DraftCase, *, with_rest: bool = True) -> str:
    """The draft as a file that a person could have written.

    What found no place stands in a comment at its head, if it is asked for.
    """
    rest = str(draft.get(REST, "")) if with_rest else ""
    comments: dict[Loc, str] = {(): f"Has found no place yet:\n{rest}"} if rest else {}
    return case_text(named(draft), comments)


def to_case(draft: DraftCase) -> Case | None:
    """The case that its file would hold; None while it would be none.

    Figures are not looked at. A draft without an id has one made of its title.
    """
    root, problems = read_tree(PATH, to_yaml(draft, with_rest=False).encode())
    if root is None or problems:
        return None
    case, _ = validate(PATH, root)
    return case if case and not broken_rules(PATH, root) else None


def shown_case(draft: DraftCase) -> Case | None:
    """The case as far as learners could meet it: what they do not see in it may be missing.

    None while it has no question that can be asked. An ellipsis stands for a missing title,
    vignette or key point, or for what is not said of a figure yet.
    """
    questions = [_shown({"key_point": "…", **each}) for each in draft.get("questions", ())]
    said = _shown(draft)
    return to_case({**_OPEN, **said, "questions": questions}) or to_case(
        {**_OPEN, **_known(said), "questions": questions}
    )


def _shown(part: Mapping[str, Any]) -> dict[str, Any]:
    figures = [{**_OPEN_FIGURE, **each} for each in part.get("figures", ())]
    return {**part, **({"figures": figures} if figures else {})}


def _known(said: DraftCase) -> DraftCase:
    """Without what learners do not see, where it is not as a file must have it."""
    seen = ("id", "title", "vignette", "figures", "discussion", "references", "language")
    return {key: said[key] for key in seen if key in said}


def from_case(case: Case) -> DraftCase:
    """The draft to begin with where a case is to be changed."""
    return ordered(case.model_dump(mode="json"))


def unsigned(draft: DraftCase) -> DraftCase:
    """The draft without a review: who wrote a case cannot say that it was reviewed.

    What its author asks the reviewer stays.
    """
    asked = (draft.get("review") or {}).get("confirm")
    review = {"status": ReviewStatus.UNREVIEWED.value} | ({"confirm": asked} if asked else {})
    return {**draft, "review": review}


def new_id(draft: DraftCase, taken: Iterable[str]) -> str:
    """An id for the draft: its own or one of its title, else of its first words; none taken.

    Nor one whose code is that of one taken. Kebab-case, at most 50 characters.
    """
    taken = frozenset(taken)
    codes = {case_code(each) for each in taken}
    ids = Ids(taken)
    name = _own_id(draft) or _UNNAMED
    while case_code(given := ids.new(name)) in codes:
        continue
    return given


def named(draft: DraftCase) -> dict[str, Any]:
    """The draft as its file says it: in order, with an id for itself and for each question."""
    asked = draft.get("questions", ())
    ids = Ids(str(each["id"]) for each in asked if each.get("id"))
    questions = [each if each.get("id") else {**each, "id": ids.new("question")} for each in asked]
    whole = ordered({**draft, "questions": questions})
    if not whole.get("id"):
        whole = {"id": _own_id(draft) or _UNNAMED, **whole}
    whole.setdefault("review", {"status": ReviewStatus.UNREVIEWED.value})
    return ordered(whole)


def _own_id(draft: DraftCase) -> str:
    if said := _NOT_ID.sub("", str(draft.get("id", "")).strip().lower()).strip("-"):
        return slug(said)
    asked = next((str(each.get("prompt", "")) for each in draft.get("questions", ())), "")
    words = one_line(str(draft.get("vignette") or asked)[:200]).split()[:_WORDS_OF_AN_ID]
    return slug(writable(str(draft.get("title", "")))) or slug(" ".join(words))
