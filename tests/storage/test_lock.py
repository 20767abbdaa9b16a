"""What the lock's file says: when the bot was last at work with a database."""

import shutil
from pathlib import Path

import pytest

from storage.lock import last_at_work, note_at_work, sole_use
from tests.storage.samples import NOW


def test_the_lock_says_when_the_bot_was_at_work(tmp_path: Path) -> None:
    """The last note counts, whoever holds the lock by then; at first nobody knows."""
    path = tmp_path / "bot.db"
    assert last_at_work(path) is None
    with sole_use(path):
        assert last_at_work(path) is None
        for now in (NOW, NOW + 5, 0, NOW + 7):
            note_at_work(path, now)
            assert last_at_work(path) == now
    with sole_use(path):
        assert last_at_work(path) == NOW + 7


@pytest.mark.parametrize("whole_folder", [True, False])
def test_a_copy_of_the_database_does_not_say_so(tmp_path: Path, whole_folder: bool) -> None:
    """Else a copy elsewhere would be taken for the one at work, started again."""
    here, there = tmp_path / "here", tmp_path / "there"
    path, copy = here / "bot.db", there / "bot.db"
    with sole_use(path):
        path.write_bytes(b"")
        note_at_work(path, NOW)
    if whole_folder:
        shutil.copytree(here, there)
    else:
        there.mkdir()
        shutil.copy(path, copy)
    with sole_use(copy):
        assert last_at_work(copy) is None
        note_at_work(copy, NOW + 1)
        assert last_at_work(copy) == NOW + 1


@pytest.mark.parametrize("content", [b"", b"1700000000000\n", b"yesterday 5\n", b"\xff"])
def test_what_is_no_time_tells_nothing(tmp_path: Path, content: bytes) -> None:
    """A file cut short, or somebody's own words, are no reason to fail."""
    (tmp_path / "bot.db.lock").write_bytes(content)
    assert last_at_work(tmp_path / "bot.db") is None


def test_a_lock_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    """The next start does without."""
    note_at_work(tmp_path / "bot.db", NOW)
    (tmp_path / "bot.db.lock").mkdir()
    note_at_work(tmp_path / "bot.db", NOW)
    assert last_at_work(tmp_path / "bot.db") is None
