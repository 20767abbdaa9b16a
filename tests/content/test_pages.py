"""Splitting long texts into messages."""

import re
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content import markup
from content.markup import Paragraph, Run, parse, visible
from content.pages import MIN_ENTITIES, Part, paginate
from tests.content.html_reader import read_html
from tests.content.samples import markdown_texts

HEADING = (Run("Heading", bold=True),)


def text_of(pages: list[str]) -> list[str]:
    return [read_html(page)[0] for page in pages]


def test_what_fits_is_one_message() -> None:
    """Parts are set apart by an empty line, and a quote can be unfolded."""
    parts = [Part(parse("**a** b")), Part((HEADING, *parse("c <")), quote=True)]
    assert paginate(parts) == [
        "<b>a</b> b\n\n<blockquote expandable><b>Heading</b>\n\nc &lt;</blockquote>"
    ]


def test_quotes_stand_apart_by_themselves() -> None:
    """No empty line is needed between two: only before the first and after the last."""
    quotes = [Part(parse(text), quote=True) for text in "ab"]
    a, b = (f"<blockquote expandable>{text}</blockquote>" for text in "ab")
    parts = [Part(parse("x")), *quotes, Part(parse("y"))]
    assert paginate(parts) == [f"x\n\n{a}\n{b}\n\ny"]
    assert paginate(parts, 8) == [f"x\n\n{a}\n{b}", "y"]


def test_parts_stay_whole_where_they_can() -> None:
    """A part that would fit a message alone is not split to fill the one before it."""
    parts = [Part(parse("a" * 6)), Part(parse("b b b\n\nc c")), Part(parse("d"))]
    assert text_of(paginate(parts, 12)) == ["a" * 6, "b b b\n\nc c", "d"]


def test_paragraphs_stay_whole_where_they_can() -> None:
    """A part that is too long is split between its paragraphs first."""
    assert text_of(paginate([Part(parse("a a a\n\nb b b\n\nc c c"))], 12)) == [
        "a a a\n\nb b b",
        "c c c",
    ]


def test_a_long_paragraph_is_split_between_words_and_fills_the_page() -> None:
    """No word is torn, and the page before the split is full."""
    assert text_of(paginate([Part(parse("first\n\none two three four"))], 15)) == [
        "first\n\none two",
        "three four",
    ]


def test_a_list_is_split_between_its_lines() -> None:
    """A line's end is a better place than a space."""
    assert text_of(paginate([Part(parse("- one two\n- three four"))], 18)) == [
        "• one two",
        "• three four",
    ]


def test_a_long_word_is_split_only_as_a_last_resort() -> None:
    """A word longer than a message is split, but no letter is parted from its accent."""
    assert text_of(paginate([Part(parse("ab " + "x" * 7))], 5)) == ["ab", "xxxxx", "xx"]
    accented = "e\u0323\u0307" * 3  # a letter with two marks that NFC cannot all compose
    assert text_of(paginate([Part(((Run(accented),),))], 4)) == [accented[:3]] * 3


def test_tags_are_opened_again_after_a_split() -> None:
    """Bold, italic, links and quotes go on over the page's end."""
    part = Part(parse("**[bold link](https://x.org)**"), quote=True)
    first, second = paginate([part], 5)
    assert first == '<blockquote expandable><a href="https://x.org"><b>bold</b></a></blockquote>'
    assert second == '<blockquote expandable><a href="https://x.org"><b>link</b></a></blockquote>'


def test_a_heading_stays_with_what_follows() -> None:
    """A heading never ends a page; rather the paragraph after it is split."""
    part = Part((HEADING, *parse("one two three four five six")))
    assert text_of(paginate([Part(parse("filler")), part], 20)) == [
        "filler",
        "Heading\n\none two",
        "three four five six",
    ]


def test_entities_are_counted_too() -> None:
    """A message holds a hundred entities, a quote being one."""
    words = " ".join(f"**w{n}**" for n in range(150))
    pages = paginate([Part(parse(words), quote=True)])
    assert [read_html(page)[1] for page in pages] == [100, 52]


def test_nothing_visible_gives_no_message() -> None:
    """Empty parts and empty paragraphs leave no trace."""
    assert paginate([]) == []
    assert paginate([Part(()), Part(((Run(" "),), ()))]) == []


@pytest.mark.parametrize(("limit", "entities"), [(0, 100), (10, MIN_ENTITIES - 1)])
def test_impossible_limits_are_refused(limit: int, entities: int) -> None:
    """A message must be able to hold one character with all its looks."""
    with pytest.raises(ValueError, match="at least"):
        paginate([Part(parse("a"))], limit, entities)


parts = st.lists(
    st.builds(lambda text, quote: Part(parse(text), quote), markdown_texts, st.booleans()),
    max_size=4,
)


@settings(max_examples=300)
@given(parts, st.integers(1, 120), st.integers(MIN_ENTITIES, 12))
def test_any_text_splits_within_limits_and_loses_nothing(
    chosen: list[Part], limit: int, entities: int
) -> None:
    """Each message keeps both limits, nests, and together they say every character in order."""
    pages = [read_html(page) for page in paginate(chosen, limit, entities)]
    assert all(0 < len(text) <= limit and count <= entities for text, count in pages)
    said = "".join(visible(part.paragraphs) for part in chosen)
    assert re.sub(r"\s", "", "".join(text for text, _ in pages)) == re.sub(r"\s", "", said)


@settings(max_examples=100)
@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=60))
def test_words_are_never_torn_where_each_fits(words: list[str]) -> None:
    """With a limit above the longest word, the pages' words are the text's words."""
    pages = text_of(paginate([Part(parse(" ".join(words)))], 20))
    assert [word for page in pages for word in page.split()] == words


def test_a_long_text_is_split_in_time_proportional_to_its_length(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For each page no more is looked at than some pages' worth: the bot waits for this."""
    looked_at = 0

    def counting(paragraph: Iterable[Run]) -> Paragraph:
        nonlocal looked_at
        runs = list(paragraph)
        looked_at += len(runs)
        return markup.trim(runs)

    monkeypatch.setattr("content.pages.trim", counting)
    runs = tuple(Run("ab cd ", bold=n % 2 == 0) for n in range(6000))
    pages = paginate([Part((runs,))], 600)
    assert len(pages) > 50
    # A page holds 100 of these runs; what is left is copied once for each page.
    assert looked_at < len(pages) * (len(runs) + 15 * 100)
