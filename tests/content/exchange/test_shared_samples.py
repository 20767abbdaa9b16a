"""Small files as educators have them, from beside the repository where they are at hand."""

from pathlib import Path

import pytest

from content.exchange.drafts import Draft, Known, drafts
from content.exchange.formats import Format, article_reader, guess, reader
from content.exchange.names import Ids

SAMPLES = Path(__file__).parents[3].parent / "shared" / "samples"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the samples are not at hand beside the repository"
)


def imported(name: str) -> tuple[tuple[Draft, ...], list[str]]:
    """The drafts of a sample as `import` makes them, and what is told of it."""
    data = (SAMPLES / name).read_bytes()
    form = guess(name, data)
    assert form
    if form is Format.ARTICLE:
        made, said = article_reader()(data, Known(), Ids())
        return made, [str(each) for each in said]
    reading = reader(form)(data)
    made, skipped = drafts(reading.items, name, Known(), Ids())
    return made, [str(each) for each in (*reading.notes, *reading.skipped, *skipped)]


def test_the_article_in_markdown() -> None:
    """Everything is carried: heading below the figure, proposal, reference."""
    (made,), told = imported("article-markdown.md")
    assert told == []
    assert "title: A swollen toe in a 40-year-old man\n" in made.text
    assert "great toe (Figure 1). He takes" in made.text
    assert "# Proposed as right: Joint fluid microscopy\n" in made.text
    assert "  - heading: Cause\n    text: |\n      Crystals of urate" in made.text
    assert "    journal: Acta Rheum\n    year: 2001\n    volume: 81\n" in made.text


def test_explanations_of_aiken() -> None:
    """Each belongs to the question above; the numbers before the questions go."""
    made, told = imported("aiken-explanation-line.txt")
    assert told == []
    assert [draft.id.split("-")[0] for draft in made] == ["a", "a", "which"]
    assert "      The ECG is done within ten minutes.\n" in made[0].text
    assert "      Reduced vision suggests keratitis or uveitis.\n" in made[1].text
    assert "discussion" not in made[2].text


def test_laboratory_values_without_a_full_stop() -> None:
    """The question behind them is the prompt."""
    (made,), told = imported("aiken-labs-no-period.txt")
    assert told == []
    assert "prompt: Which of the following is the most likely cause?\n" in made.text
    assert "Calcium 9.4 mg/dL\n" in made.text


def test_a_table_whose_key_is_in_doubt() -> None:
    """A number that is one choice's place and another's text refuses all."""
    made, told = imported("csv-answer-is-text.csv")
    assert made == ()
    (reason,) = told
    assert reason.startswith("line 3: has “4” as correct, the place of one choice and the text of")


def test_a_template_of_wayground() -> None:
    """Its own names of columns, its row of instructions, one and several right choices."""
    made, _ = imported("csv-wayground-template.csv")
    assert [draft.text.count("correct: true") for draft in made] == [1, 2]
    assert "      It is given IM.\n" in made[0].text


def test_a_choice_that_is_too_long() -> None:
    """It is drafted whole."""
    (made,), told = imported("gift-long-choice.gift")
    assert told == []
    assert "outer thigh, repeated after 5 minutes" in " ".join(made.text.split())


def test_a_right_choice_behind_two_marks() -> None:
    """`~=` is a right choice."""
    (made,), told = imported("gift-tilde-equals.gift")
    assert told == []
    assert "- text: Adrenaline\n        correct: true\n" in made.text


def test_a_catalogue_in_an_item() -> None:
    """Neither it nor the instructions are part of the vignette, and they are told."""
    (made,), told = imported("qti3-catalog.xml")
    assert "Elija" not in made.text
    assert "Choose one." not in made.text
    assert told == ["line 2: its instructions were left out: “Choose one.”"]
