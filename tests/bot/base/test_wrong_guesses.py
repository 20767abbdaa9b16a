"""Who guessed wrong lately waits; who did not, or long ago, does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.wrong_guesses import WrongGuesses

ADA, BEN = 1, 2
NOW = 1_000_000_000
MOST, WITHIN_MS = 5, 10 * 60 * 1000


def test_so_many_different_guesses_and_one_waits() -> None:
    """The same once more is no new guess; until the first of the last few is forgotten."""
    guesses = WrongGuesses()
    for n in range(MOST - 1):
        guesses.note(ADA, f"code {n}", NOW + n)
        guesses.note(ADA, f"code {n}", NOW + n)
    assert guesses.wait_ms(ADA, NOW + 10) == 0
    guesses.note(ADA, "code", NOW + 10)
    assert guesses.wait_ms(ADA, NOW + 10) == WITHIN_MS - 10
    assert guesses.wait_ms(BEN, NOW + 10) == 0
    assert guesses.wait_ms(ADA, NOW + WITHIN_MS - 1) == 1
    assert guesses.wait_ms(ADA, NOW + WITHIN_MS) == 0


def test_people_are_not_kept_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever guessed long ago goes as others guess; and the longest ago where they are many."""
    guesses = WrongGuesses()
    guesses.note(ADA, "code", NOW)
    guesses.note(BEN, "code", NOW + WITHIN_MS)
    assert list(guesses._made) == [BEN]
    monkeypatch.setattr("bot.base.wrong_guesses._MOST_PEOPLE", 3)
    for person in range(3, 9):
        guesses.note(person, "code", NOW + WITHIN_MS)
    assert list(guesses._made) == [6, 7, 8]


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(-WITHIN_MS, WITHIN_MS)), max_size=30))
def test_nobody_waits_for_longer_than_guesses_are_remembered(made: list[tuple[int, int]]) -> None:
    """Wherever the clock was set meanwhile; and who guessed less than so many does not wait."""
    guesses, now = WrongGuesses(), NOW
    for guess, passed in made:
        now += passed
        guesses.note(ADA, str(guess), now)
        wait_ms = guesses.wait_ms(ADA, now)
        assert 0 <= wait_ms <= WITHIN_MS
    if len({guess for guess, _ in made}) < MOST:
        assert guesses.wait_ms(ADA, now) == 0
