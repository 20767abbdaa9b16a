"""What holds for every rule."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.lint.registry import RULES
from content.lint.rule import Finding, LibraryRule, Rule
from content.lint.subject import Subject
from content.loader import CaseFile
from content.problems import Mark
from content.yaml_tree import read_tree
from tests.content.lint.reading import CASE, case_text, found, read_subject

# What is wrong with a figure stands in no YAML.
ELSEWHERE = {"figure-damaged", "figure-metadata", "figure-transparency"}
EACH = [
    pytest.param(rule, id=rule.name)
    for rule in RULES.values()
    if isinstance(rule, Rule) and rule.name not in ELSEWHERE
]
OF_ALL = [rule for rule in RULES.values() if isinstance(rule, LibraryRule)]

PATH = Path("any.yaml")

# An example is short, so it may lack what it does not speak of.
LEFT_OUT = {"choice-without-why"}
LEFT_OUT_KEYS = {"missing", "key-point-missing", "figure-missing"}


def test_the_case_in_order_is_in_order(tmp_path: Path) -> None:
    """What the examples are laid over has no flaw of its own."""
    read = read_subject(tmp_path)
    assert read.file.problems == ()
    assert found(read) == set()


@pytest.mark.parametrize("rule", EACH)
def test_a_rule_finds_its_bad_example(tmp_path: Path, rule: Rule) -> None:
    """It is found, where the example stands, and no other rule finds anything else in it."""
    read = read_subject(tmp_path, rule.bad)
    assert {problem.code for problem in read.file.problems} <= LEFT_OUT_KEYS
    assert found(read) - LEFT_OUT == {rule.name} - LEFT_OUT
    first = case_text(rule.bad).removesuffix(rule.bad).count("\n")
    findings = list(rule.find(read))
    assert findings
    assert [str(each.phrase) for each in findings if each.mark.line <= first] == []


@pytest.mark.parametrize("rule", EACH)
def test_a_rule_leaves_its_good_example_alone(tmp_path: Path, rule: Rule) -> None:
    """It is how to say it better, so no other rule finds anything in it either."""
    read = read_subject(tmp_path, rule.good)
    assert {problem.code for problem in read.file.problems} <= LEFT_OUT_KEYS
    assert found(read) - LEFT_OUT == set()
    assert list(rule.find(read)) == []


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.name) for rule in RULES.values()])
def test_a_rule_explains_itself(rule: Rule | LibraryRule[Any]) -> None:
    """Its name is its module's; it says what it finds, why, and who found so."""
    module = rule.find.__module__.removeprefix("content.lint.rules.")
    assert rule.name == module.replace("_", "-")
    assert rule.finds
    assert not rule.finds.endswith(".")
    assert rule.reason.endswith(".")
    assert rule.source
    assert rule.bad.strip()
    assert rule.good.strip()


WORDS = (
    "which of the following is not always both A and B all none true an a 1 2-4 5 mg mmol/L 10^9/L"
    " % . , ? : - – (figure) [1] ** ’s ½ \u22123 ٣ ² 1,000 1/2 × µg ß İ 水 \u200d"
)
KEYS = (
    "questions choices text prompt correct why reveal key_point shuffle vignette title figures"
    " caption alt file discussion heading references authors year doi id lint ignore"
)
texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join),
)
trees = st.recursive(
    texts,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(KEYS.split()), inner, max_size=4),
    ),
    max_leaves=12,
)
cases = st.fixed_dictionaries(
    {
        "title": texts,
        "vignette": texts,
        "questions": st.lists(
            st.fixed_dictionaries(
                {
                    "prompt": texts,
                    "shuffle": st.sampled_from(["true", "false"]),
                    "choices": st.lists(
                        st.fixed_dictionaries(
                            {"text": texts, "correct": st.sampled_from(["true", "false"])}
                        ),
                        max_size=4,
                    ),
                }
            ),
            max_size=2,
        ),
        "figures": st.lists(
            st.fixed_dictionaries({"file": texts, "caption": texts, "alt": texts}), max_size=1
        ),
    }
)


@given(st.one_of(cases, st.dictionaries(st.sampled_from(list(CASE)), trees, max_size=4)))
def test_no_rule_raises(data: object) -> None:
    """Whatever stands in a file, and wherever: each rule finds something or nothing."""
    root, _ = read_tree(PATH, json.dumps(data).encode())
    read = Subject(CaseFile(PATH, None, {}, (), root))
    findings = [finding for each in RULES.values() for finding in _findings(each, read)]
    assert all(str(finding.phrase) and finding.mark >= Mark() for finding in findings)


def _findings(rule: Rule | LibraryRule[Any], read: Subject) -> list[Finding]:
    if isinstance(rule, Rule):
        return list(rule.find(read))
    note = rule.note(read)
    return [] if note is None else [finding for _, finding in rule.find([(PATH, note)])]


def test_no_rule_raises_without_a_tree() -> None:
    """A file that could not be read at all has nothing to find."""
    read = Subject(CaseFile(PATH, None, {}, (), None))
    assert found(read) == set()
    for rule in OF_ALL:
        assert rule.note(read) is None
        assert list(rule.find([])) == []
