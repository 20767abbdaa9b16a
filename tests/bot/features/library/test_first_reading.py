"""Reading the cases at the start, no longer than they are needed."""

import logging
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.clock import Clock
from bot.features.library.first_reading import read_library
from bot.settings import Settings
from content.library import NotNeededError
from tests.content.samples import write_case


def test_the_cases_are_read(settings: Settings) -> None:
    """They are all there, and nothing is left beside the database."""
    before = sorted(settings.database.parent.iterdir())
    assert len(read_library(settings).cases) == 2
    assert sorted(settings.database.parent.iterdir()) == before


def test_not_needed_any_more_they_are_read_no_further(settings: Settings) -> None:
    """What is half read is nothing."""
    with pytest.raises(NotNeededError):
        read_library(settings, lambda: False)


def kept_by_version_0_1(settings: Settings) -> Path:
    """Where that version kept the cases that it had read."""
    return settings.database.with_name(f"{settings.database.name}-cases")


def test_cases_that_an_earlier_version_kept_are_deleted(settings: Settings) -> None:
    """Unpublished ones were among them; whatever else lies beside the database stays."""
    kept = kept_by_version_0_1(settings)
    own = settings.database.with_name("our-cases")
    for path in (kept, own):
        path.write_text("0123 1 1 {}\nmorning-report-cases-1 0123 0123", "utf-8")
    assert len(read_library(settings).cases) == 2
    assert (kept.exists(), own.exists()) == (False, True)


def test_what_cannot_be_deleted_is_named(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Here it is a folder; the cases are there all the same."""
    kept = kept_by_version_0_1(settings)
    kept.mkdir()
    with caplog.at_level(logging.WARNING):
        assert len(read_library(settings).cases) == 2
    assert f"{kept} is of no use any more" in caplog.text


def test_by_a_clock_that_is_behind_no_reviewed_case_is_missing(settings: Settings) -> None:
    """A start comes before Telegram tells the time: what day it is decides nothing."""
    assert settings.content is not None
    review = {"status": "reviewed", "by": "A Name", "on": "2026-03-01"}
    write_case(settings.content / "signed.yaml", id="signed", review=review)
    behind = Clock.parse(f"1970-01-01x1@{time.time()}")
    assert "signed" in read_library(replace(settings, clock=behind)).cases
