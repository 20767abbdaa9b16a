"""HTML of other programs to Markdown and back."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from content.exchange.html_reading import Image, read_html
from content.exchange.html_text import to_html
from content.exchange.markdown_text import from_plain, inline
from content.markdown import CONTROLS
from content.markup import Run, parse, visible
from tests.content.samples import markdown_texts
from tests.support.growth import grows_as_its_length


def to_markdown(html: str) -> str:
    return read_html(html).markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("", ""),
        ("plain &amp; simple", "plain & simple"),
        ("<p>one</p><p>two<br>lines</p>", "one\n\ntwo\\\nlines"),
        ("one<br><br>two<br />\n<br />three", "one\n\ntwo\n\nthree"),
        ("<div><div>a</div></div>b<hr>c", "a\n\nb\n\nc"),
        ("<p> <b> bold </b>and <em>italic</em> </p>", "**bold** and *italic*"),
        ('<span style="font-weight: 700; font-style:italic">x</span> y', "***x*** y"),
        ('<b style="font-weight:normal">x</b>', "x"),
        ("<b>Hb:</b>9 <b>a</b><i>b</i>", "**Hb**:9 **a***b*"),
        ("a&nbsp;\u200bb&shy;c", "a bc"),
        ("5 * 3 * 2, a*b*c, snake_case _x_", "5 * 3 * 2, a\\*b\\*c, snake_case \\_x\\_"),
        ("- not a list", "\\- not a list"),
        ("1. not one<br>+ either", "1\\. not one\\\n\\+ either"),
        ("[a](https://x.org) [1]", "[a]\\(https://x.org) [1]"),
        ("C:\\new", "C:\\\\new"),
        ("CO<sub>2</sub> 10<sup>3</sup> Ca<sup>2+</sup> 10<sup>-3</sup>", "CO₂ 10³ Ca²⁺ 10⁻³"),
        ("T<sub>max</sub> 5<sup>th</sup> e<sup>x</sup> a<sup>b c</sup>", "Tmax 5th e^x a^(b c)"),
        ('<a href="https://x.org/?a=1&amp;b=2">site</a>', "[site](https://x.org/?a=1&b=2)"),
        ('<a href="https://x.org/a b(c)">l</a>', "[l](https://x.org/a%20b%28c%29)"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>d", "- a\n  - b\n- c\n\nd"),
        ("<ul><li><p>a</p></li><li><p>b</p><p>c</p></li></ul>", "- a\n\n- b\n\n  c"),
        ("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n* b"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<ol start=3><li>a<li value=7>b</ol>", "3. a\n7. b"),
        ("<ol type=A><li>a<li>b</ol>", "A. a\n\nB. b"),
        ('<ol type="i"><li>a<li>b</ol>', "i. a\n\nii. b"),
        ("<ul><ul><li>a</ul></ul>", "- a"),
        ("<ul><li></li><li>b</li></ul>", "- b"),
        ("<h3>Labs</h3>text", "**Labs**\n\ntext"),
        (
            "<table><tr><th>Na</th><td>132</td></tr>\n<tr><td><p>K</p></td><td>4</td></tr></table>",
            "**Na** | 132\\\nK | 4",
        ),
        ("<pre>a\n  b</pre>", "a\\\nb"),
        ("a<!-- b --><style>p {}</style><script>if (a < b) c()</script>d", "ad"),
        ("<![if !supportLists]>a<![endif]><o:p></o:p>", "a"),
        ("<dl><dt>term<dd>what it is</dl>", "**term**\n\nwhat it is"),
        ("a < b and c > d &lt;tag&gt; &copy; &nosuch;", "a < b and c > d <tag> © &nosuch;"),
        ("</p></b></ul>a<b>b", "a**b**"),
    ],
)
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    """Each element that the subset can say is said in it, and other characters keep their sense."""
    assert to_markdown(html) == markdown


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("", ""),
        ("a **b** *c* & <d>", "<p>a <strong>b</strong> <em>c</em> &amp; &lt;d&gt;</p>"),
        ("a\nb\\\nc\n\nd", "<p>a b<br/>c</p><p>d</p>"),
        ("- a\n- b\n  - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
        ("1. a\n1. b", "<ol><li>a</li><li>b</li></ol>"),
        ("4. a\n9. b", '<ol><li value="4">a</li><li value="9">b</li></ol>'),
        ("[a](https://x.org/?b=1&c=2)", '<p><a href="https://x.org/?b=1&amp;c=2">a</a></p>'),
    ],
)
def test_markdown_becomes_html(markdown: str, html: str) -> None:
    """The subset's elements are HTML's own."""
    assert to_html(markdown) == html


def shown(markdown: str) -> str:
    """What a reader sees, but for ``1)`` or ``1.``, list items without text, and odd spaces."""
    text = re.sub(r"(?m)^(\W*\d+)\)", r"\1.", visible(parse(markdown)))
    text = re.sub(r"(?m)^(?:[•◦]|\d+\.|\s)+$", "", text)
    return " ".join(CONTROLS.sub(" ", re.sub("[\u00ad\u200b\u2060\ufeff]", "", text)).split())


@given(markdown_texts)
@settings(max_examples=100)
def test_any_markdown_says_the_same_after_html(markdown: str) -> None:
    """Whatever an author wrote is still to be seen when it went through HTML and back."""
    assert shown(to_markdown(to_html(markdown))) == shown(markdown)


words = st.sampled_from(
    ["a", "b2", "Na+", "5*3", "x_y_z", "[1]", "(c)", "1.", "-", "é", "\\", "<i>"]
)
texts = st.lists(words, min_size=1, max_size=3).map(lambda some: " ".join(["a", *some]))
looks = st.sampled_from(
    ["{}", "**{}**", "*{}*", "_{}_", "***{}***", "[{}](https://x.org/a_(b)?c=1&d=2)"]
)
plains = texts.map(lambda text: re.sub(r"([\\*_\[(])", r"\\\1", text))
sentences = st.lists(st.builds(str.format, looks, plains), min_size=1, max_size=4).map(" ".join)
items = st.lists(sentences, min_size=1, max_size=3)
lists = st.one_of(
    items.map(lambda some: "\n".join(f"- {one}" for one in some)),
    items.map(lambda some: "\n\n".join(f"* {one}" for one in some)),
    items.map(lambda some: "\n".join(f"{n}. {one}" for n, one in enumerate(some, 3))),
    items.map(lambda some: f"- {some[0]}\n" + "\n".join(f"  - {one}" for one in some)),
)
documents = st.lists(st.one_of(sentences, lists), min_size=1, max_size=3).map("\n\n".join)


@given(documents)
@settings(max_examples=80)
@example("- a\n\n* b\n\n1. c")
def test_markdown_keeps_its_looks_and_links_through_html(markdown: str) -> None:
    """Bold, italic, links, paragraphs and lists are the same runs after HTML and back."""
    assert parse(to_markdown(to_html(markdown))) == parse(markdown)


@given(st.text(st.sampled_from("*_[]()\\`<>&#+-.1) \n!ab"), max_size=60))
@settings(max_examples=100)
def test_plain_text_stays_plain(text: str) -> None:
    """Whatever plain text holds, its Markdown shows it and nothing of it becomes a look."""
    paragraphs = parse(from_plain(text))
    assert visible(paragraphs).split() == text.split()
    assert all(run == Run(run.text) for paragraph in paragraphs for run in paragraph)


@given(
    st.lists(
        st.builds(
            Run,
            st.text(st.sampled_from("ab.:*_ \n["), max_size=4),
            st.booleans(),
            st.booleans(),
            st.sampled_from([None, None, "https://x.org"]),
        ),
        max_size=6,
    )
)
@settings(max_examples=100)
def test_text_is_never_lost_for_a_look(runs: list[Run]) -> None:
    """Where Markdown cannot show a look, the look gives way and the text stays."""
    text = "".join(run.text for run in runs)
    assert visible(parse(inline(runs))).split() == text.split()


def test_pictures_and_losses_are_told() -> None:
    """What Markdown cannot hold is named, once, so that a reader can report it."""
    read = read_html(
        '<p>a<img src="x.png" alt="A chest">b<s>c</s></p><math><mi>x</mi></math><math>y</math>'
        '<a href="/local">d</a><iframe src="https://x.org">e</iframe>f'
    )
    assert read.markdown == "abc\n\ndf"
    assert read.images == (Image("x.png", "A chest"),)
    assert read.lost == (
        "the line through crossed-out text",
        "a formula in MathML",
        "a link to /local",
        "an embedded page",
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>If pH<pKa it is ionised. Which?", "If pH<pKa it is ionised. Which?"),
        ("If pH<pKa it is <b>ionised</b>.", "If pH<pKa it is **ionised**."),
        ("tPA <Alteplase> now</Alteplase>", "tPA <Alteplase> now</Alteplase>"),
        ("K <3.5, Na > 140", "K <3.5, Na > 140"),
        ("p<0.05 and r<i, a<b and c>d", "p<0.05 and r<i, a<b and c>d"),
        ("x<y <i class=x>z</i>, <p class=''>w", "x<y *z*,\n\nw"),
        ("<o:p>a</o:p> <my-part>b</my-part>", "a b"),
        ("a<!--b--><![endif]></>c", "ac"),
    ],
)
def test_a_smaller_than_takes_no_words_along(html: str, text: str) -> None:
    """What is no tag of HTML is text, unless its name says that a program has made it."""
    assert read_html(html).markdown.replace("\\", "") == text
    assert read_html(html).lost == ()


@pytest.mark.parametrize(
    "hostile",
    ["<div>", "<b>", "<ul><li>", "<!--", "<![", "<a href='", "<table><tr><td>", "&#", "<sub>",
     "<ol><li><p>", "</b>", "[", "](", "a<!-- -->", "*a_",
     "<b>a</b><i>.</i>", "<b x ", "<bx<", "<b x<", "<p<", "<x-y ", "\\", "<span style='x'>", "<"],
)  # fmt: skip
def test_hostile_html_takes_time_as_its_length(hostile: str) -> None:
    """Neither depth nor length breaks anything, and time does not run away."""
    assert grows_as_its_length(lambda times: to_markdown(hostile * times), 8_000)


@given(st.text(st.sampled_from("<>/!-[]&#;x='\" abpuli\n?"), max_size=80))
@settings(max_examples=100)
def test_any_html_is_taken(html: str) -> None:
    """No text, however broken, raises."""
    assert isinstance(to_markdown(html), str)


def test_a_formula_of_canvas_is_its_latex() -> None:
    """It is drawn by a server that no learner of ours sees."""
    image = '<img class="equation_image x" src="/equation_images/1" alt="LaTeX: a^2"'
    for tag in (f"{image}>", f'{image} data-equation-content="a^2">'):
        text = read_html(f"Is {tag} b?")
        assert (visible(parse(text.markdown)), text.images) == (r"Is \(a^2\) b?", ())
    assert read_html('<img class="equation_image" src="a.png">').images
