"""A case file to begin with: what its author said, what is left open, and advice on both."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from content.rules import broken_rules
from content.tree import Loc
from content.validation import validate
from content.yaml_text import Value, case_text
from content.yaml_tree import read_tree

# What is not said yet, and so no fault of what is.
_UNSAID = frozenset({"missing", "too-few", "correct-missing", "key-point-missing"})

_FIGURES = """\
A figure lies beside this file. Take the # from these lines to show one:

figures:
  - file: figures/name.png          # PNG or JPEG
    caption: What is shown, without the diagnosis.
    alt: The same for those who cannot see it.
    creator: Who made it
    licence: CC-BY-4.0
    consent: not-required           # a drawing; a patient's picture needs: obtained

A question has one task: it can be answered with the choices covered, and asks for what is."""
_DISCUSSION = """\
What follows the answer. Take the # from these lines; [1] cites the first reference:

discussion:
  - heading: Cause
    text: |
      Why it comes to this [1].
references:
  - authors: [Surname AB, Surname CD, et al]
    title: The work's title
    journal: Abbreviated as in PubMed
    year: 2000
    volume: 1
    pages: 1-2
    doi: 10.1000/182

Who wrote this case."""
_ADVICE: dict[Loc, str] = {
    ("id",): "For authors: learners never see it. Keep it once the case has been asked.",
    ("title",): "Shown first, so it must not give the answer away: the complaint, not the disease.",
    ("topics",): "Kebab-case, such as [rheumatology, chest-pain].",
    ("level",): "Whom it is for: student, resident or fellow.",
    ("vignette",): (
        "The story, in at most 200 words: an approximate age, what brings the patient, what is"
        " found. No names, no dates, no record numbers. An empty line ends a paragraph."
    ),
    ("questions",): _FIGURES,
    ("authors",): _DISCUSSION,
    ("licence",): "SPDX identifier of the text, such as CC-BY-4.0; yours to give.",
    (
        "review",
    ): "A clinician who has checked every fact signs: {status: reviewed, by: ..., on: ...}",
}
_QUESTION: dict[Loc, str] = {
    ("id",): "Names the question in statistics.",
    ("prompt",): "At most 300 characters.",
    ("choices",): (
        "Three to five of one kind and of like length; three suffice. They are shuffled, so no text"
        ' speaks of a choice by its place or letter; no "all of the above". Below each text say why'
        " it is right or wrong, in a line of its own:\n  why: Lumps of fat are soft [1]."
    ),
    ("key_point",): "What to remember, in at most 200 characters: shown with the verdict.",
}


class Said(Struct, frozen=True):
    """What is known of a new case; empty is what its author leaves open.

    ``correct`` are the right choices, counted from 1.
    """

    id: str = ""
    title: str = ""
    topics: tuple[str, ...] = ()
    level: str = ""
    vignette: str = ""
    prompt: str = ""
    choices: tuple[str, ...] = ()
    correct: tuple[int, ...] = ()
    key_point: str = ""
    authors: tuple[str, ...] = ()
    licence: str = ""


def new_case(said: Said) -> str:
    """The case file. With everything said it is a whole case."""
    comments = _ADVICE | {("questions", 0, *loc): say for loc, say in _QUESTION.items()}
    return case_text(_data(said), comments)


def faults(said: Said) -> list[str]:
    """What a case file would be refused for in what is said, each as a sentence."""
    path = Path("case.yaml")
    root, problems = read_tree(path, case_text(_data(said)).encode())
    if root is not None:
        problems = (*problems, *validate(path, root)[1], *broken_rules(path, root))
    wrong = [problem.message for problem in problems if problem.code not in _UNSAID]
    outside = [n for n in said.correct if not 1 <= n <= len(said.choices)]
    wrong += [f"there is no choice {n}: they are 1 to {len(said.choices)}" for n in outside]
    return list(dict.fromkeys(wrong))


def _data(said: Said) -> Mapping[str, Value]:
    return {
        "id": said.id,
        "title": said.title,
        "topics": said.topics,
        "level": said.level,
        "vignette": said.vignette,
        "questions": [
            {
                "id": "question",
                "prompt": said.prompt,
                "choices": _choices(said.choices, said.correct),
                "key_point": said.key_point,
            }
        ],
        "authors": said.authors,
        "licence": said.licence,
        "review": {"status": "unreviewed"},
    }


def _choices(texts: Sequence[str], correct: Sequence[int]) -> list[Value]:
    """The choices; three to fill in, of which the first is right, where none are known."""
    if not texts:
        return [{"text": "", "correct": True}, {"text": ""}, {"text": ""}]
    return [
        {"text": text, "correct": True} if n in correct else {"text": text}
        for n, text in enumerate(texts, start=1)
    ]
