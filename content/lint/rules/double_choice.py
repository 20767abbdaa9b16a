"""The rule ``double-choice``."""

import re
from collections.abc import Iterator

from content.lint.kinds import Kind, is_action, kind_of
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Passage, QuestionText, Subject
from content.phrases import phrase

_AND = re.compile(
    r"\s*(?:;|(?:,?\s+to be)?\s+treated with\b|\bas well as\b"
    r"|,?\s+\b(?:and|plus|then|followed by|but)\b|\s\+\s|,(?=\s))\s*",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"[,;+]|\b(?:and|as well as|before|but|followed by|if|once|or|plus|then|unless|with)\b",
    re.IGNORECASE,
)
_ASKS_FOR_SEVERAL = re.compile(
    r"\b(?:both|combination|combined|pair|regimen|sequence|two|three)\b"
    r"|,? and (?:what|which|how)\b",
    re.IGNORECASE,
)


def find(subject: Subject) -> Iterator[Finding]:
    """Choices that say two things, where others say one."""
    for question in subject.questions:
        if question.prompt and _ASKS_FOR_SEVERAL.search(question.prompt.plain):
            continue
        for option in _double(question):
            yield at(
                option,
                phrase(
                    "“{choice}” says two things, and other choices one; a learner may know one of"
                    " them, so ask for one at a time",
                    choice=option.plain,
                ),
            )


def _double(question: QuestionText) -> list[Passage]:
    """Diagnoses with their treatment, unless all are such; or else the one choice of two things."""
    parted = {option: _parts(option.plain) for option in question.options}
    diagnoses = [option for option, parts in parted.items() if _is_diagnosis_with_treatment(parts)]
    if diagnoses:
        return diagnoses if len(diagnoses) < len(parted) else []
    joined = [option for option in parted if _JOINED.search(option.plain)]
    return joined if len(joined) == 1 and _are_two_things(parted[joined[0]]) else []


def _parts(text: str) -> list[str]:
    return [part for part in _AND.split(text) if part]


def _is_diagnosis_with_treatment(parts: list[str]) -> bool:
    kinds = [kind_of(part) for part in parts]
    treated = any(map(is_action, parts)) or not {Kind.DRUG, Kind.PROCEDURE}.isdisjoint(kinds)
    return treated and Kind.DISEASE in kinds


def _are_two_things(parts: list[str]) -> bool:
    """Whether they are two actions, or things of two kinds."""
    if sum(is_action(part) for part in parts) > 1:
        return True
    return len({kind for part in parts if (kind := kind_of(part))}) > 1


RULE = Rule(
    name="double-choice",
    finds="a choice that says two things, such as a diagnosis and its treatment, beside others that"
    " say one",
    reason="Whoever knows one half and not the other is right or wrong by chance; and the choice"
    " with the most to it is the likeliest to be right.",
    source="NBME Item-Writing Guide 2020 (double options); Haladyna, Downing & Rodriguez 2002 (one"
    " thing at a time)",
    bad="""
questions:
  - id: step
    prompt: What is the most appropriate next step?
    choices:
      - text: Biopsy one of the lumps
      - text: Measure urate and start allopurinol
        correct: true
      - text: Give ibuprofen by mouth
      - text: Repeat the radiographs
      - text: Refer to a surgeon
""",
    good="""
questions:
  - id: step
    prompt: What is the most appropriate next step?
    choices:
      - text: Biopsy one of the lumps
      - text: Measure serum urate
        correct: true
      - text: Give ibuprofen by mouth
      - text: Repeat the radiographs
      - text: Refer to a surgeon
""",
    find=find,
)
