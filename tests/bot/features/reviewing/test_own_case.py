"""Whether a case is somebody's own, by the names in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.reviewing.own_case import is_own


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Ann Lee", "ann lee"),
        ("LEE, Ann", "Ann Lee"),
        ("Ann Lee", "Dr. Ann Lee, cardiologist"),
        ("Ann Lee, MD, PhD", "Ann Lee"),
        ("José Núñez", "Jose Nunez"),
        ("Jose\u0301 Nunez", "José Núñez"),
        ("Sean O'Brien", "Sean O’Brien"),
        ("Ann M. Lee", "Ann Lee"),
        ("Plato", "Plato"),
        ("Straße Weiß", "STRASSE WEISS"),
        ("Dr", "Dr"),
    ],
)
def test_a_name_is_known_however_it_is_written(author: str, name: str) -> None:
    """Capitals, accents, order, titles and what stands beside it do not matter."""
    assert is_own(["Somebody Else", author], ["", name])


@pytest.mark.parametrize(
    ("author", "name"),
    [("Ann Lee", "Anna Lee"), ("Ann Lee", "Lee"), ("Ann Lee", "Ben Lee"), ("The authors", "")],
)
def test_another_name_is_another_person(author: str, name: str) -> None:
    """A surname alone is many people's."""
    assert not is_own([author], [name])


@given(st.lists(st.text(max_size=20), max_size=3), st.lists(st.text(max_size=20), max_size=3))
def test_any_names_can_be_compared(authors: list[str], names: list[str]) -> None:
    """Whatever people write."""
    is_own(authors, names)
    assert all(is_own([name], [name]) for name in names if any(map(str.isalnum, name)))
