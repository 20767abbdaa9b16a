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
