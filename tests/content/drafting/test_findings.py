"""What `check` says of drafts, for those who see no file."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from content.drafting import DraftFinding, findings, from_case, plain_sentence, shaped
from content.library import SHIPPED
from content.loader import read_case
from content.problems import Severity
from tests.content.drafting.test_writing import hostile
from tests.content.samples import case_data, question_data


def found(code: str, **changes: Any) -> DraftFinding:
    """The one finding of this code on a legal case with these changes."""
    (finding,) = [each for each in findings(shaped(case_data(**changes))) if each.code == code]
    return finding


def test_what_is_missing_is_named_as_people_call_it() -> None:
    """No key of YAML in it, errors first and in a case's order."""
    told = findings({"vignette": "A man of 50 has gout."})
    errors = [each for each in told if each.severity is Severity.ERROR]
    assert [(str(each.part), plain_sentence(str(each.sentence))) for each in errors] == [
        ("the title", "There is no title yet."),
        ("the topics", "No topic is named yet."),
        ("the level", "It does not say whom the case is for: students, residents or fellows."),
        ("the question", "There is no question yet."),
        ("the authors", "No author is named yet."),
        ("the licence", "No licence is chosen yet."),
    ]
    assert told[: len(errors)] == tuple(errors)
    assert all(each.why for each in told)


def test_a_finding_names_its_part_and_what_is_wrong() -> None:
    """A choice by its number, a section, a reference; the reason is that of `check --explain`."""
    long = question_data(choices=[{"text": "x" * 120}, {"text": "Calcium", "correct": True}])
    finding = found("too-long", questions=[long])
    assert str(finding.part) == "choice 1"
    assert plain_sentence(str(finding.sentence)) == "It is 120 characters long; the limit is 100."
    assert str(finding.why).startswith("Telegram refuses a poll")
    none = question_data(choices=[{"text": "Fat"}, {"text": "Calcium"}])
    assert (
        str(found("correct-missing", questions=[none]).sentence) == "No choice is marked as right."
    )
    assert str(found("choice-without-why").part) == "the question"
    reference = {"title": "Gout", "journal": "Lancet", "doi": "x"}
    finding = found("wrong-form", references=[reference])
    assert str(finding.part) == "reference 1, DOI"
    asked = found("undefined-abbreviation", vignette="A man of 50 has XQZ and gout.")
    assert (str(asked.part), asked.severity) == ("the vignette", Severity.WARNING)


def test_of_several_questions_it_is_said_which() -> None:
    """Question 2, choice 1."""
    second = question_data(id="b", choices=[{"text": "x" * 120}, {"text": "C", "correct": True}])
    finding = found("too-long", questions=[question_data(), second])
    assert str(finding.part) == "question 2, choice 1"


def test_words_without_a_place_are_a_note() -> None:
    """So that nobody publishes without having seen them."""
    finding = found("not-placed", rest="three words left")
    assert finding.severity is Severity.NOTE
    assert str(finding.sentence).startswith("3 words of your text")


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_sound_case_has_no_errors(path: Path) -> None:
    """A shipped case, changed in the chat, is found as `check` finds it."""
    case = read_case(path).case
    assert case is not None
    told = findings(from_case(case), today=date(2026, 12, 1), folder=SHIPPED)
    assert [each for each in told if each.severity is not Severity.NOTE] == []


def test_a_picture_that_is_not_there_is_told_and_one_that_is_given_is_not() -> None:
    """Whether or not there is a folder to look in."""
    path = SHIPPED / "calcinosis-cutis.yaml"
    file = read_case(path)
    assert file.case is not None
    draft = from_case(file.case)
    for folder in (None, SHIPPED.parent):
        (error,) = [
            each for each in findings(draft, folder=folder) if each.severity is Severity.ERROR
        ]
        assert (error.code, str(error.part)) == ("figure-missing", "figure 1, the file")
        told = findings(draft, folder=folder, figures=file.figures)
        assert [each for each in told if each.severity is Severity.ERROR] == []


def test_no_sentence_speaks_of_yaml() -> None:
    """Backquotes and keys with underscores are `check`'s, not a physician's."""
    bad = {
        "title": "x" * 200,
        "level": "professor",
        "topics": ["Not Kebab"],
        "vignette": "A man named John Smith, MRN 123456, always.",
        "questions": [
            {"prompt": "Which is true?", "choices": [{"text": "A and B"}, {"text": "all of these"}]}
        ],
        "references": [{"title": "x"}, {"journal": "y"}],
        "licence": "mine!",
    }
    for each in findings(bad):
        said = plain_sentence(str(each.sentence))
        assert "`" not in said, each
        assert "_" not in said, each
        assert said[-1] in ".?!", each


@settings(max_examples=60)
@given(hostile)
def test_any_draft_can_be_judged(questions: Any) -> None:
    """Nothing that a draft holds raises."""
    findings(shaped({"title": "x", "questions": questions}))
