"""The shipped cases: complete, legal, and giving nothing away before the answer."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from content.case_table import GUIDE, guide_part, renewed
from content.check import check_paths
from content.layout import fits_one_message
from content.library import SHIPPED, load_library
from content.model import Case, Consent, Question, Review, ReviewStatus
from content.problems import Severity
from content.topics import specialty_of
from tests.content.variants import each_alone
from tests.support.library import shipped_library

LIBRARY = shipped_library()
CASES = tuple(LIBRARY.cases.values())

EXPECTED: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text("utf-8"))
    for path in (Path(__file__).parent / "shipped").glob("*.toml")
}
"""What each case is held to, taken from its dossier by hand:

``giveaways``: lower-case words that would tell the diagnosis; ``references``: first author's first
name or surname (the title's first word where no author is known) and year, by number; ``correct``:
the ids of the right choices, by question;
``one_message``: whether title, vignette and caption fit the first question's poll.
"""

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


def asked_of(case: Case) -> tuple[Question, ...]:
    """The questions of a case, and its variants."""
    return (*case.questions, *(asked for told in each_alone(case) for asked in told.questions))


def test_all_cases_load_in_order() -> None:
    """Every shipped file is a case, and the check notes no more than what sources do not tell."""
    assert sorted(f"{case.id}.yaml" for case in CASES) == sorted(
        path.name for path in SHIPPED.glob("*.yaml")
    )
    found = [each for each in check_paths([SHIPPED]).problems if each.severity is not Severity.NOTE]
    assert [str(problem) for problem in found] == []
    assert {each.code for each in check_paths([SHIPPED]).problems} <= {"reference-incomplete"}


def test_few_cases_need_an_ignore() -> None:
    """A rule that many sound cases have to ignore is a wrong rule."""
    excused = [case.id for case in CASES if case.lint and case.lint.ignore]
    assert 3 * len(excused) < len(CASES)


def test_these_tests_know_every_case() -> None:
    """A case that joins the library is held to something."""
    assert set(LIBRARY.cases) == set(EXPECTED)


@each_case
def test_references_are_complete_and_in_their_places(case: Case) -> None:
    """Each reference stands under its own number."""
    listed = [
        f"{(*reference.authors, reference.title or '')[0].split()[0]} {reference.year}"
        for reference in case.references
    ]
    assert listed == EXPECTED[case.id]["references"]


@each_case
def test_nothing_shown_before_the_answer_tells_it(case: Case) -> None:
    """Title, vignette, captions, alt texts and prompts hold no word that gives the diagnosis."""
    variants = case.questions[0].variants
    shown = [case.title, case.vignette, *(question.prompt for question in case.questions)]
    shown += [text for variant in variants for text in (variant.vignette, variant.prompt) if text]
    figures = [*case.figures_with(0), *(figure for each in variants for figure in each.figures)]
    shown += [text for figure in figures for text in (figure.caption, figure.alt)]
    told = [
        word
        for word in EXPECTED[case.id]["giveaways"]
        if any(word in text.casefold() for text in shown)
    ]
    assert told == []


@each_case
def test_every_choice_says_why(case: Case) -> None:
    """No choice is left without its reason."""
    unexplained = [
        choice.text
        for question in asked_of(case)
        for choice in question.choices
        if choice.why is None
    ]
    assert unexplained == []


@each_case
def test_figures_are_there_and_drawn_here(case: Case) -> None:
    """Every case has a figure, drawn for it, free to share."""
    assert case.figures
    for figure in (figure for told in (case, *each_alone(case)) for figure in told.shown_figures):
        assert (SHIPPED / figure.file).is_file()
        assert (figure.licence, figure.consent) == ("CC-BY-4.0", Consent.NOT_REQUIRED)


@each_case
def test_the_right_choices_are_those_of_the_dossier(case: Case) -> None:
    """Every choice has an id, and the key is what the dossier says."""
    right = [[question.choices[n].id for n in question.correct] for question in case.questions]
    assert right == EXPECTED[case.id]["correct"]
    assert all(choice.id for question in asked_of(case) for choice in question.choices)


@each_case
def test_case_is_laid_out_on_purpose(case: Case) -> None:
    """Title, vignette and caption fit the first question's poll where they are meant to."""
    assert fits_one_message(case) is EXPECTED[case.id]["one_message"]


@each_case
def test_file_names_its_schema(case: Case) -> None:
    """Editors find the schema by the file's first line, and the schema lies there."""
    with (SHIPPED / f"{case.id}.yaml").open(encoding="utf-8") as file:
        assert file.readline() == "# yaml-language-server: $schema=case.schema.json\n"
    assert (SHIPPED / "case.schema.json").is_file()


def test_the_guide_lists_the_library() -> None:
    """The table of cases in the guide is the one that its command writes."""
    guide = GUIDE.read_text("utf-8")
    assert guide == renewed(guide)
    assert all(f"[{case_id}](cases/{case_id}.yaml)" in guide for case_id in LIBRARY.cases)


def test_the_guide_tells_how_cases_spread_and_what_waits_for_review() -> None:
    """Specialties of the blueprint without a case say so; a signed case waits for nobody."""
    names = ("achalasia-manometry", "acute-pericarditis-ecg", "adrenal-insufficiency-acth")
    first, second, third = (LIBRARY.cases[name] for name in names)
    signed = second.model_copy(
        update={"review": Review(status=ReviewStatus.REVIEWED, by="Jane Roe", on=date(2026, 3, 1))}
    )
    asked = third.model_copy(update={"review": Review(confirm=("Is the dose right?",))})
    plain = first.model_copy(update={"review": Review()})
    told = guide_part([plain, signed, asked])
    assert f"| {specialty_of(first.topics[0])} | 9 % | 1 (33 %) |" in told
    assert "| psychiatry | 4 % | none |" in told
    waiting = told.partition("### Waiting for review")[2]
    assert f"  - [{first.id}](cases/{first.id}.yaml)\n" in waiting
    assert f"  - [{third.id}](cases/{third.id}.yaml): Is the dose right?\n" in waiting
    assert signed.id not in waiting


def test_one_case_unfolds() -> None:
    """The library has a case of two questions; the later one opens with what happened since."""
    case = LIBRARY.cases["salicylate-acid-base"]
    first, last = case.questions
    assert (first.reveal, first.key_point) == (None, None)
    assert last.reveal
    assert last.key_point


def test_example_in_the_guide_is_a_case(tmp_path: Path) -> None:
    """The example that the guide prints passes the check as it stands, in a folder of its own."""
    example = (Path(__file__).parent / "example-case.yaml").read_text("utf-8")
    assert f"```yaml\n{example}```\n" in (SHIPPED.parent / "README.md").read_text("utf-8")
    (tmp_path / "hard-lumps.yaml").write_text(example, "utf-8")
    assert [str(problem) for problem in check_paths([tmp_path]).problems] == []
    assert list(load_library(tmp_path).cases) == ["hard-lumps"]
