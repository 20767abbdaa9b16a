"""What `check` says, for those who see no file: without YAML."""

import re
from collections.abc import Mapping
from itertools import zip_longest

from content.phrases import Phrase, listed, phrase
from content.problems import Problem
from content.tree import Loc

_NAMES: Mapping[str, Phrase] = {
    "id": phrase("the file's name"),
    "title": phrase("the title"),
    "series": phrase("the series"),
    "language": phrase("the language"),
    "topics": phrase("the topics"),
    "level": phrase("the level"),
    "difficulty": phrase("the difficulty"),
    "vignette": phrase("the vignette"),
    "figures": phrase("the figures"),
    "questions": phrase("the question"),
    "prompt": phrase("the question"),
    "choices": phrase("the choices"),
    "text": phrase("the text"),
    "correct": phrase("the right choice"),
    "why": phrase("the reason"),
    "key_point": phrase("the key point"),
    "reveal": phrase("what is told before the question"),
    "discussion": phrase("the discussion"),
    "heading": phrase("the heading"),
    "references": phrase("the references"),
    "based_on": phrase("the credit"),
    "authors": phrase("the authors"),
    "licence": phrase("the licence"),
    "review": phrase("the review"),
    "caption": phrase("the caption"),
    "alt": phrase("the description"),
    "creator": phrase("who made it"),
    "consent": phrase("the patient's consent"),
    "file": phrase("the file"),
    "journal": phrase("journal"),
    "site": phrase("web site"),
    "year": phrase("year"),
    "volume": phrase("volume"),
    "issue": phrase("issue"),
    "pages": phrase("pages"),
    "article": phrase("article"),
    "doi": phrase("DOI"),
    "pmid": phrase("PubMed number"),
    "url": phrase("link"),
}
_ONE: Mapping[str, Phrase] = {
    "questions": phrase("question {n}"),
    "choices": phrase("choice {n}"),
    "variants": phrase("variant {n}"),
    "figures": phrase("figure {n}"),
    "discussion": phrase("section {n}"),
    "references": phrase("reference {n}"),
    "authors": phrase("author {n}"),
    "topics": phrase("topic {n}"),
}
_MISSING: Mapping[str, Phrase] = {
    "title": phrase("There is no title yet."),
    "topics": phrase("No topic is named yet."),
    "level": phrase("It does not say whom the case is for: students, residents or fellows."),
    "vignette": phrase("There is no vignette yet."),
    "questions": phrase("There is no question yet."),
    "prompt": phrase("The question itself is missing."),
    "choices": phrase("There are no choices yet."),
    "text": phrase("It has no text yet."),
    "key_point": phrase("There is no key point yet: what to remember, in at most 200 characters."),
    "authors": phrase("No author is named yet."),
    "licence": phrase("No licence is chosen yet."),
    "caption": phrase("There is no caption yet: what is shown, without the diagnosis."),
    "alt": phrase("There is no description yet for those who cannot see it."),
    "creator": phrase("It does not say who made it."),
    "consent": phrase("It does not say whether the patient consented."),
}
_SAID: Mapping[str, Phrase] = {
    "correct-missing": phrase("No choice is marked as right."),
    "all-correct": phrase("Every choice is marked as right."),
    "key-point-missing": _MISSING["key_point"],
    "reference-source": phrase(
        "It needs a journal or a web site, not both: send the whole citation."
    ),
    "reference-title": phrase("It needs a title, a DOI, a PubMed number or a link."),
    "pages-and-article": phrase("It has both pages and an article number."),
}
_NEEDED = phrase("Every case needs this; without it something that learners meet would be empty.")
_WHY: Mapping[str, Phrase] = {
    "missing": _NEEDED,
    "empty": _NEEDED,
    "correct-missing": phrase("A quiz without a right answer cannot be sent."),
    "all-correct": phrase(
        "Where every choice is right, no answer can be wrong, and the question asks nothing."
    ),
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
# Behind a quotation mark they are the author's own.
_TICKED = re.compile(r"(?<!“)`([^`”]*)`")


def part_named(loc: Loc, questions: int = 1) -> Phrase:
    """The part of a case that a place belongs to: “the vignette”, “choice 3”, “reference 2”.

    Of several questions it is said which.
    """
    pieces: list[Phrase] = []
    for step, after in zip_longest(loc, loc[1:]):
        if isinstance(step, int):
            continue
        if isinstance(after, int) and step in _ONE:
            if step != "questions" or questions > 1:
                pieces.append(_ONE[step].filled(n=after + 1))
        elif step not in {"text", "correct"} or not pieces:
            pieces.append(_NAMES.get(str(step)) or Phrase("{key}", (("key", str(step)),)))
    if len(pieces) > 1 and pieces[-1] == _NAMES["prompt"]:
        pieces.pop()
    if pieces:
        return listed(pieces)
    return _NAMES["prompt"] if loc else phrase("the case")


def sentence(problem: Problem, loc: Loc) -> Phrase:
    """What is wrong at this place, which need not be named in it.

    Said as `check` says it: ``plain_sentence`` makes a sentence of it in which there is no YAML.
    """
    field = next((step for step in reversed(loc) if isinstance(step, str)), "")
    if problem.code in {"missing", "empty"} and field in _MISSING:
        return _MISSING[field]
    if problem.code in _SAID:
        return _SAID[problem.code]
    if problem.code == "missing":
        return phrase("It is missing.")
    complaint = problem.phrase.value("complaint")
    return problem.phrase if complaint is None else phrase("it {complaint}", complaint=complaint)


def plain_sentence(said: str) -> str:
    """A sentence as one is said to a physician, with the words that people have for keys."""
    for key, word in _KEYS.items():
        said = said.replace(key, word)
    return whole_sentence(_TICKED.sub(r"\1", _IGNORING.sub("", said)))


def whole_sentence(said: str) -> str:
    """With a capital and a full stop."""
    said = said.strip()
    return f"{said[:1].upper()}{said[1:]}{'' if said.endswith(('.', '?', '!', '…')) else '.'}"


def why(code: str) -> Phrase:
    """Why it matters: the reason that `check --explain` gives."""
    # The rules are many, and a bot starts without them.
    from content.lint.faults import FAULTS  # noqa: PLC0415
    from content.lint.registry import RULES  # noqa: PLC0415

    if code in _WHY:
        return _WHY[code]
    if rule := RULES.get(code):
        return Phrase(rule.reason)
    return Phrase(FAULTS[code].reason if code in FAULTS else "")
