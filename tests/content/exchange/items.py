"""Items for tests: what other programs' formats are asked to hold."""

from hypothesis import strategies as st

from content.exchange.item import Item, ItemChoice
from content.exchange.markdown_text import from_plain
from content.markup import parse, visible

plain_lines = st.text(
    st.one_of(
        st.sampled_from("\\~=#{}:[]%;,'\"@+-*_<>&() \tAB1."),
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cf"]),
    ),
    min_size=1,
    max_size=40,
).map(lambda text: " ".join(text.split()))


def _shown(markdown: str) -> str:
    return visible(parse(markdown))


lines = plain_lines.map(from_plain).filter(_shown)
"""Markdown of one paragraph."""
texts = st.one_of(
    lines,
    st.lists(plain_lines, min_size=1, max_size=3).map("\n\n".join).map(from_plain).filter(_shown),
    st.sampled_from(
        ["**Bold**, *slant*\n\n- a\n- b", "See [this](https://example.org/a_b).", "1. x"]
    ),
)
"""Markdown as readers give it: tidy, and with something to see."""
tags = st.lists(
    st.text("ab c-é1", min_size=1, max_size=9).map(lambda tag: " ".join(tag.split())).filter(bool),
    max_size=3,
    unique=True,
).map(tuple)


@st.composite
def items(draw: st.DrawFn, text: st.SearchStrategy[str] = texts, *, single: bool = False) -> Item:
    """An item without pictures, whose name and category are plain lines."""
    choices = draw(st.integers(2, 5))
    right = draw(
        st.sets(st.integers(0, choices - 1), min_size=1, max_size=1 if single else choices)
    )
    feedback = st.one_of(st.just(""), text)
    return Item(
        stem=draw(text),
        choices=tuple(
            ItemChoice(draw(text), place in right, draw(feedback)) for place in range(choices)
        ),
        name=draw(st.one_of(st.just(""), plain_lines)),
        multiple=len(right) > 1 or (not single and draw(st.booleans())),
        feedback=draw(feedback),
        tags=draw(tags),
        category=draw(st.sampled_from(["", "Cardiology", "Lungs/Asthma", "A: b = {c}"])),
    )
