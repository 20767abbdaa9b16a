"""`/privacy` says how long things are kept, as it is set."""

from pathlib import Path

import pytest

from bot.base.i18n import Languages
from bot.features.privacy.own_data_view import forget_question, forgotten, privacy
from bot.settings import Settings, SettingsError, read_settings
from storage.retention import FOREVER, Retention
from storage.store import DAY

LONGEST = 4096  # characters of a message


@pytest.mark.parametrize("code", ["en", "es"])
def test_what_is_deleted_when_is_said(code: str) -> None:
    """Nothing of an end where none is set; else each with its days, in one message."""
    words = Languages.load().words[code]
    settings = Settings(
        keep_answers_days=401, keep_people_days=402, keep_chats_days=403, keep_backups_days=404
    )
    assert settings.retention == Retention(401 * DAY, 402 * DAY, 403 * DAY, 404 * DAY)
    said = privacy(1, settings.retention, words).params["text"]
    # Of backups twice: how long they hold what was erased, and the mark stays.
    assert [said.count(f" {days} ") for days in (401, 402, 403, 404)] == [1, 1, 1, 2]
    assert len(said) <= LONGEST
    assert "40" not in privacy(1, FOREVER, words).params["text"]


@pytest.mark.parametrize("code", ["en", "es"])
def test_until_when_something_is_somewhere_is_said_before_and_after(code: str) -> None:
    """On the disk for hours, in backups for the days set, or until somebody deletes them."""
    words = Languages.load().words[code]
    retention = Settings(keep_backups_days=404).retention
    asked, done = (
        view(1, retention, words).params["text"] for view in (forget_question, forgotten)
    )
    assert (" 24 " in asked, " 404 " in asked, " 404 " in done) == (True, True, True)
    asked = forget_question(1, FOREVER, words).params["text"]
    assert (" 24 " in asked, " 404 " in asked) == (True, False)


def test_what_is_open_is_not_forgotten(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A question is open, and a leaderboard looks back, for 30 days: nothing is kept for less."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MORNING_REPORT_KEEP_ANSWERS_DAYS", "30")
    with pytest.raises(SettingsError, match=r"KEEP_ANSWERS_DAYS: .* 31 or more"):
        read_settings()
