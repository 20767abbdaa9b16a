"""The Markdown subset, and the HTML made of it."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.markup import Run, entity_count, parse, plain, telegram_length, to_html, trim, visible
from tests.content.html_reader import read_html
from tests.content.samples import markdown_texts
from tests.support.growth import grows_as_its_length


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("one\ntwo", "one two"),
        ("one\n\n\ntwo", "one\n\ntwo"),
        ("one\\\ntwo  \nthree", "one\ntwo\nthree"),
        ("**b** *i* ***bi*** __b__ _i_", "<b>b</b> <i>i</i> <b><i>bi</i></b> <b>b</b> <i>i</i>"),
        ("*a **b** c*", "<i>a <b>b</b> c</i>"),
        ("*a *b* c*", "<i>a b c</i>"),
        ("**a *b*", "**a <i>b</i>"),
        ("snake_case 5 * 4 ** 3", "snake_case 5 * 4 ** 3"),
        (r"\*not italic\* \[1\]", "*not italic* [1]"),
        ("- a\n- b", "• a\n• b"),
        ("- a\n\n- b", "• a\n\n• b"),
        ("* a\n  - b\n  - c\n* d", "• a\n   ◦ b\n   ◦ c\n• d"),
        ("Labs:\n- a\n\ntext", "Labs:\n\n• a\n\ntext"),
        ("1. a\n1. b\n1. c", "1. a\n2. b\n3. c"),
        ("2) a\n3) b", "2) a\n3) b"),
        ("2019. a\n2021. b", "2019. a\n2021. b"),
        ("- a\n\n  b", "• a\n\nb"),
        ("- **a** [l](https://x.org)", '• <b>a</b> <a href="https://x.org">l</a>'),
        ("[a](https://x.org/b_(c)?d=1&e=2)", '<a href="https://x.org/b_(c)?d=1&amp;e=2">a</a>'),
        ("[a](https://x.org/&copy;)", '<a href="https://x.org/&amp;copy;">a</a>'),
        ("[a **b**](mailto:a@b.org)", '<a href="mailto:a@b.org">a <b>b</b></a>'),
        ("**a [b](http://x.org) c**", '<b>a <a href="http://x.org">b</a> c</b>'),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ('[a](https://x.org "title")', '[a](https://x.org "title")'),
        ("[](https://x.org)", "[](https://x.org)"),
        ("[a][1] and [1]\n\n[1]: https://x.org", "[a][1] and [1]\n\n[1]: https://x.org"),
        ("<b>1 < 2 & 3</b>", "&lt;b&gt;1 &lt; 2 &amp; 3&lt;/b&gt;"),
        ("&lt; &#42; &copy;", "&amp;lt; &amp;#42; &amp;copy;"),
        ("# h", "# h"),
        ("h\n===", "h ==="),
        ("> q", "&gt; q"),
        ("    code", "code"),
        ("`c` ```d```", "`c` ```d```"),
        ("***", "***"),
        ("https://x.org", "https://x.org"),
        ("<https://x.org>", "&lt;https://x.org&gt;"),
        ("a\r\nb\rc", "a b c"),
        ("A\u030angstro\u0308m", "Ångström"),
        ("", ""),
        (" \n\n ", ""),
    ],
)
def test_markdown_becomes_telegram_html(markdown: str, html: str) -> None:
    """Each element of the subset is rendered, and everything else stays text."""
    assert to_html(parse(markdown)) == html
    read_html(html)


def test_an_image_is_a_link_behind_an_exclamation_mark() -> None:
    """Images are switched off: the mark stays, and what is left is a link."""
    assert to_html(parse("![a](https://x.org/i.png)")) == '!<a href="https://x.org/i.png">a</a>'


def test_lists_nest_four_deep_and_lose_nothing_below() -> None:
    """What would be a fifth level stays text, where markdown-it would drop it."""
    assert visible(parse("- - - - - - a")) == "• ◦ ◦ ◦ - - a"


def test_neighbours_share_their_tags() -> None:
    """A look that goes on over several runs is one entity."""
    runs = (Run("a", bold=True), Run("b", bold=True, italic=True), Run("c", italic=True))
    assert to_html([runs]) == "<b>a<i>b</i></b><i>c</i>"
    assert entity_count(to_html([runs])) == 3


def test_what_is_to_be_copied_is_code() -> None:
    """Telegram copies it whole at a tap; its signs are no markup."""
    assert (
        to_html([(plain("Write "), Run("/a <b>", code=True))]) == "Write <code>/a &lt;b&gt;</code>"
    )


def test_trim_takes_whitespace_from_the_ends_only() -> None:
    """Inner spaces stay, empty runs go, and neighbours of one look become one run."""
    runs = (Run(" \n", bold=True), Run(" a "), plain(" b"), Run("", italic=True), Run(" "))
    assert trim(runs) == (Run("a  b"),)


def test_telegram_counts_code_points() -> None:
    """Lengths are code points, not bytes or UTF-16 units, without whitespace around the text."""
    assert telegram_length(" \U0001f9e0é水\n") == 3


@given(markdown_texts)
@settings(max_examples=500)
def test_any_text_renders_to_html_that_nests_and_says_the_same(markdown: str) -> None:
    """The HTML's tags nest and close, and its visible text is the paragraphs' own."""
    paragraphs = parse(markdown)
    assert read_html(to_html(paragraphs))[0] == visible(paragraphs)


SYNTAX = re.compile(r"[*_\\\[\]()+\-.•◦0-9\s]|https?:|mailto:")


@given(st.text(st.one_of(st.sampled_from("*_[]()`<>&#+-.1) \n\\!ab"), st.characters(codec="utf-8",
    exclude_categories=["Cs", "Cc", "Zl", "Zp", "Mn", "Cf"])), max_size=120))  # fmt: skip
@settings(max_examples=500)
def test_any_text_without_links_keeps_its_visible_characters(markdown: str) -> None:
    """All that rendering takes away is markup: emphasis, escapes and list markers."""
    rendered = visible(parse(markdown))
    composed = visible([(Run(unicodedata.normalize("NFC", markdown)),)])
    assert SYNTAX.sub("", rendered) == SYNTAX.sub("", composed)


words = st.text(st.characters(categories=["L", "Nd", "Sm"]), min_size=1, max_size=8)
plain_markdown = st.lists(words, min_size=1, max_size=30)


@given(plain_markdown, st.data())
@settings(max_examples=200)
def test_looks_never_touch_the_words(chosen: list[str], data: st.DataObject) -> None:
    """Whichever words are made bold, italic or a link, the words stay the same."""
    looks = ["{}", "**{}**", "*{}*", "[{}](https://x.org/a_b)", "**[{}](mailto:a@b.org)**"]
    escaped = [re.sub(r"([\\`*_<>+~|=])", r"\\\1", word) for word in chosen]
    dressed = [data.draw(st.sampled_from(looks)).format(word) for word in escaped]
    nfc = unicodedata.normalize("NFC", " ".join(chosen))
    assert visible(parse(" ".join(dressed))) == nfc


@given(
    st.lists(st.sampled_from([*" ab1.)-+[](<&!#`~|\t\u00a0\u2028\r", "[1]", "1. ", "http://a.b"]))
)
@settings(max_examples=1000)
def test_a_text_without_markup_is_read_as_if_it_had_some(pieces: list[str]) -> None:
    """What is spared markdown-it for its plainness comes to what markdown-it makes of it."""
    text = "".join(pieces)
    before = parse(f"first\n\n{text}")
    assert ((Run("first"),), *parse(text)) == before


@pytest.mark.parametrize(
    "hostile",
    ["[" * 5000, "*" * 5000, "**a " * 3000, "- " * 5000, "[a](" * 3000, "_a*b" * 3000,
     "[" * 1000 + "](https://x.org)" * 1000, "1. " * 4000, "\\" * 5001, "(" * 5000],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_hostile_texts_take_little_time(hostile: str) -> None:
    """Unbalanced markup takes time as its length and no deep stack, and loses nothing."""
    assert grows_as_its_length(lambda length: parse(hostile[:length]), len(hostile))
    paragraphs = parse(hostile)
    assert read_html(to_html(paragraphs))[0] == visible(paragraphs)
