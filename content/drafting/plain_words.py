"""`check`'s own sentences, for those who see no file: without YAML."""

import re
from collections.abc import Mapping
from itertools import zip_longest

from content.problems import Problem
from content.tree import Loc
from content.validation import describe

_NAMES: Mapping[str, str] = {
    "id": "the file's name",
    "title": "the title",
    "series": "the series",
    "language": "the language",
    "topics": "the topics",
    "level": "the level",
    "difficulty": "the difficulty",
    "vignette": "the vignette",
    "figures": "the figures",
    "questions": "the question",
    "prompt": "the question",
    "choices": "the choices",
    "text": "the text",
    "correct": "the right choice",
    "why": "the reason",
    "key_point": "the key point",
    "reveal": "what is told before the question",
    "discussion": "the discussion",
    "heading": "the heading",
    "references": "the references",
    "based_on": "the credit",
    "authors": "the authors",
    "licence": "the licence",
    "review": "the review",
    "caption": "the caption",
    "alt": "the description",
    "creator": "who made it",
    "consent": "the patient's consent",
}
_ONE = {
    "questions": "question",
    "choices": "choice",
    "variants": "variant",
    "figures": "figure",
    "discussion": "section",
    "references": "reference",
    "authors": "author",
    "topics": "topic",
}
_MISSING: Mapping[str, str] = {
    "title": "There is no title yet.",
    "topics": "No topic is named yet.",
    "level": "It does not say whom the case is for: students, residents or fellows.",
    "vignette": "There is no vignette yet.",
    "questions": "There is no question yet.",
    "prompt": "The question itself is missing.",
    "choices": "There are no choices yet.",
    "text": "It has no text yet.",
    "key_point": "There is no key point yet: what to remember, in at most 200 characters.",
    "authors": "No author is named yet.",
    "licence": "No licence is chosen yet.",
    "caption": "There is no caption yet: what is shown, without the diagnosis.",
    "alt": "There is no description yet for those who cannot see it.",
    "creator": "It does not say who made it.",
    "consent": "It does not say whether the patient consented.",
}
_SAID: Mapping[str, str] = {
    "correct-missing": "No choice is marked as right.",
    "all-correct": "Every choice is marked as right.",
    "key-point-missing": _MISSING["key_point"],
    "reference-source": "It needs a journal or a web site, not both: send the whole citation.",
    "reference-title": "It needs a title, a DOI, a PubMed number or a link.",
    "pages-and-article": "It has both pages and an article number.",
}
_WHY: Mapping[str, str] = {
    "missing": "Every case needs this; without it something that learners meet would be empty.",
    "empty": "Every case needs this; without it something that learners meet would be empty.",
    "correct-missing": "A quiz without a right answer cannot be sent.",
    "all-correct": "Where every choice is right, no answer can be wrong, and the question asks"
    " nothing.",
}
# `check`'s names of keys, as its sentences have them in backquotes.
_KEYS = {
    "`correct: true`": "right",
    "`key_point`": "key point",
    "`based_on`": "credit",
    "`pmid`": "PubMed number",
    "`doi`": "DOI",
    "`url`": "link",
    "`why`": "reason",
    "`shuffle: false`": "in a fixed order",
}
_IGNORING = re.compile(r"[;,]? ?(?:or )?(?:ignore|say so in) `?lint[^;.]*", re.IGNORECASE)
_TICKED = re.compile(r"`([^`]*)`")


def part_named(loc: Loc, questions: int = 1) -> str:
    """The part of a case that a place belongs to: “the vignette”, “choice 3”, “reference 2”.

    Of several questions it is said which.
    """
    pieces: list[str] = []
    for step, after in zip_longest(loc, loc[1:]):
        if isinstance(step, int):
            continue
        if isinstance(after, int) and step in _ONE:
            if step != "questions" or questions > 1:
                pieces.append(f"{_ONE[step]} {after + 1}")
        elif step not in {"text", "correct"} or not pieces:
            pieces.append(_NAMES.get(str(step), str(step)))
    if len(pieces) > 1 and pieces[-1] == _NAMES["prompt"]:
        pieces.pop()
    return ", ".join(pieces) or ("the question" if loc else "the case")


def sentence(problem: Problem, loc: Loc) -> str:
    """`check`'s sentence on a problem at this place, as one is said to a physician."""
    field = next((step for step in reversed(loc) if isinstance(step, str)), "")
    if problem.code in {"missing", "empty"} and field in _MISSING:
        return _MISSING[field]
    if problem.code in _SAID:
        return _SAID[problem.code]
    said = problem.message.removeprefix(describe(loc)).strip()
    if said is not problem.message and said != problem.message.strip():
        said = f"it {said}"
    for key, word in _KEYS.items():
        said = said.replace(key, word)
    said = _TICKED.sub(r"\1", _IGNORING.sub("", said)).strip()
    return f"{said[:1].upper()}{said[1:]}{'' if said.endswith(('.', '?', '!')) else '.'}"


def why(code: str) -> str:
    """Why it matters: the reason that `check --explain` gives."""
    # The rules are many, and a bot starts without them.
    from content.lint.faults import FAULTS  # noqa: PLC0415
    from content.lint.registry import RULES  # noqa: PLC0415

    if code in _WHY:
        return _WHY[code]
    if rule := RULES.get(code):
        return rule.reason
    return FAULTS[code].reason if code in FAULTS else ""
