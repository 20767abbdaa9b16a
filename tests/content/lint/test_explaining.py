"""Every code that can be reported is explained, and names are understood."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from content.lint.explaining import explain
from content.lint.faults import FAULTS
from content.lint.naming import UnknownRuleError, chosen
from content.lint.registry import RULES
from content.rules import RULES as STRUCTURE
from content.validation import _COMPLAINTS

CONTENT = Path(__file__).parents[3] / "content"
BROKEN = Path(__file__).parents[1] / "broken"

# Which of its arguments is a code, for each that makes a problem or an error.
MAKERS = {"problem_at": 2, "wrong": 0, "refuse": 1, "_refuse": 1, "FigureError": 0}


def literal_codes() -> Iterator[str]:
    """The codes that stand as literals where problems are made."""
    for path in [*CONTENT.glob("*.py"), *(CONTENT / "lint").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                made = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
                name = made if isinstance(made, str) else getattr(made, "id", "")
                code = node.args[MAKERS[name]] if len(node.args) > MAKERS.get(name, 99) else None
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value


def test_every_code_is_explained() -> None:
    """Whatever `check` reports, `check --explain` knows why and what to do."""
    tables = {*STRUCTURE, *(code for code, _ in _COMPLAINTS.values())}
    shown = {
        code
        for path in BROKEN.glob("*.yaml")
        for code in re.findall(r"^# expect \S+ (\S+)$", path.read_text("utf-8"), re.MULTILINE)
    }
    elsewhere = {"duplicate-id", "duplicate-code", "control-character", "too-many-problems"}
    elsewhere |= {"topic-table", "unknown-specialty", "ambiguous-synonym"}  # no case has them
    literals = set(literal_codes())
    assert {"null", "figure-damaged", "correct-missing", "unreadable", "unused-ignore"} <= literals
    codes = literals | tables | shown | elsewhere
    assert codes - set(RULES) == set(FAULTS)


@pytest.mark.parametrize("name", [*FAULTS, *RULES])
def test_an_explanation_is_whole_sentences(name: str) -> None:
    """Each says why; a rule shows a bad and a good example."""
    explanation = explain(name)
    said = dict(explanation.said)
    assert said["Why"].endswith(".")
    assert all(sentence.endswith(".") for sentence in said.values()), said
    assert name in FAULTS or len(explanation.examples) + ("To leave it out" in said) == 3
    assert (name in FAULTS) != (name in RULES)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("reference-missin", "did you mean reference-missing?"),
        ("consent-unknwon", "did you mean consent-unknown?"),
        ("zzz", "there is no rule 'zzz'"),
    ],
)
def test_an_unknown_name_is_told_the_nearest(name: str, said: str) -> None:
    """Codes and rules alike."""
    with pytest.raises(UnknownRuleError, match=re.escape(said)):
        explain(name)


def test_rules_are_chosen_by_name() -> None:
    """One by one or in lists; without any, all are run."""
    every = frozenset(RULES)
    assert chosen([], []) == every
    assert chosen(["k-type,file-name", "no-vignette"], ["file-name"]) == {"k-type", "no-vignette"}
    assert chosen([], ["k-type, file-name,"]) == every - {"k-type", "file-name"}


@pytest.mark.parametrize(
    ("select", "ignore", "said"),
    [
        ("k-typ", "", "there is no rule 'k-typ'; did you mean k-type?"),
        ("", "figure-damaged", "an error, which cannot be ignored"),
        ("", "consent-unknown", "is no rule of style"),
    ],
)
def test_what_cannot_be_chosen_is_told(select: str, ignore: str, said: str) -> None:
    """An unknown rule, an error, what is no rule."""
    with pytest.raises(UnknownRuleError, match=re.escape(said)):
        chosen([select], [ignore])
