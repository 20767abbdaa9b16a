"""Reading the cases at the start, no longer than they are needed."""

import logging

import pytest

from bot.features.library.first_reading import read_library
from bot.settings import Settings
from content.library import NotNeededError


def test_the_cases_are_read(settings: Settings) -> None:
    """They are all there, and what was read is kept beside the database."""
    settings.known_cases.parent.mkdir(exist_ok=True)
    assert len(read_library(settings).cases) == 2
    assert settings.known_cases.exists()


def test_not_needed_any_more_they_are_read_no_further(settings: Settings) -> None:
    """What is half read is nothing."""
    with pytest.raises(NotNeededError):
        read_library(settings, lambda: False)
    assert not settings.known_cases.exists()


def test_what_cannot_be_kept_is_told_and_no_more(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """The cases are there all the same."""
    settings.known_cases.mkdir(parents=True)
    with caplog.at_level(logging.WARNING):
        assert len(read_library(settings).cases) == 2
    assert "The next start must read all cases anew" in caplog.text
