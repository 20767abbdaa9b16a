"""What authors write, as the sandbox takes it, which refuses and counts as Telegram does."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.entities.formatted import formatted
from content.markup import entity_count, parse, to_html, visible
from content.pages import Part, paginate
from tests.content.samples import markdown_texts
from tests.support.library import shipped_library

BLANK = re.compile(r"\s")


def shown(html: str) -> str:
    """The text that a message of this HTML gets; raises ApiError where it is refused."""
    result = formatted(html, "HTML", None)
    assert len(result.entities) <= 100
    return result.text


@settings(max_examples=300)
@given(markdown_texts)
def test_any_text_keeps_its_characters_in_a_message(markdown: str) -> None:
    """Rendered text is accepted, and says exactly what its paragraphs say."""
    paragraphs = parse(markdown)
    if visible(paragraphs):
        assert shown(to_html(paragraphs)) == visible(paragraphs)


@settings(max_examples=200)
@given(
    st.lists(
        st.builds(lambda text, quote: Part(parse(text), quote), markdown_texts, st.booleans()),
        max_size=4,
    ),
    st.integers(5, 100),
)
def test_any_pages_are_accepted_and_lose_nothing(parts: list[Part], limit: int) -> None:
    """Every page is a message within the limit, and together they say every character."""
    texts = [shown(page) for page in paginate(parts, limit)]
    assert all(0 < len(text) <= limit for text in texts)
    said = visible(paragraph for part in parts for paragraph in part.paragraphs)
    assert BLANK.sub("", "".join(texts)) == BLANK.sub("", said)


def test_shipped_texts_are_accepted_as_they_are() -> None:
    """Every text of every shipped case renders to a message that says the same."""
    for case in shipped_library().cases.values():
        whys = [choice.why for question in case.questions for choice in question.choices]
        for text in [case.vignette, *filter(None, whys), *(part.text for part in case.discussion)]:
            html = to_html(parse(text))
            assert shown(html) == visible(parse(text))
            assert entity_count(html) == len(formatted(html, "HTML", None).entities)
