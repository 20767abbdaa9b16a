"""A long list in pages."""

from hypothesis import given
from hypothesis import strategies as st

from bot.features.shared.messages import list_page, press

ITEMS = st.integers(0, 70).map(range)


@given(ITEMS, st.integers(1, 30))
def test_turning_on_from_the_first_page_shows_all_once(items: range, size: int) -> None:
    """Each item stands on one page, in order; turning back leads the same way."""
    page = list_page(items, 0, size)
    shown, numbers = [*page.items], [0]
    while page.after is not None:
        page = list_page(items, page.after, size)
        assert page.before == numbers[-1]
        shown += page.items
        numbers.append(page.number)
    assert shown == [*items]
    assert list_page(items, 0, size).before is None


@given(ITEMS, st.integers(-100, 100), st.integers(1, 30))
def test_a_page_that_is_not_there_is_the_nearest(items: range, number: int, size: int) -> None:
    """A list may have become shorter since its button was sent."""
    page = list_page(items, number, size)
    assert page == list_page(items, page.number, size)
    assert len(page.items) <= size
    assert bool(page.items) == bool(items)


@given(ITEMS, st.integers(0, 10))
def test_only_ways_that_lead_somewhere_have_buttons(items: range, number: int) -> None:
    """No row of buttons stands under a list that fits on one page."""
    page = list_page(items, number, 10)
    labels = [
        button["text"]
        for row in page.turning(lambda s, to: press(s, str(to)), "<>")
        for button in row
    ]
    assert labels == ["<"] * (page.before is not None) + [">"] * (page.after is not None)
    assert (labels == []) == (len(items) <= 10)
