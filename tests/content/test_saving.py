"""Writing whole files."""

import os
from pathlib import Path

import pytest

from content.saving import create, replace, save_schema
from content.schema import SCHEMA_FILE


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_file_is_created_once_and_replaced_at_will(tmp_path: Path) -> None:
    """What is there already is only overwritten by who means it; nothing else stays behind."""
    path = tmp_path / "new" / "file.txt"
    create(path, b"one")
    with pytest.raises(FileExistsError):
        create(path, b"two")
    assert path.read_bytes() == b"one"
    replace(path, b"three")
    assert path.read_bytes() == b"three"
    assert names(path.parent) == ["file.txt"]


def test_a_file_system_without_links_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no link can be made, the same is done by name."""

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    test_a_file_is_created_once_and_replaced_at_will(tmp_path)


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk leaves what was there, and no half of anything."""
    path = tmp_path / "file.txt"
    create(path, b"old")

    def fill_up(part: Path, data: bytes) -> int:
        with part.open("wb") as file:
            file.write(data[:2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fill_up)
    with pytest.raises(OSError, match="No space"):
        replace(path, b"new")
    assert (path.read_bytes(), names(tmp_path)) == (b"old", ["file.txt"])


def test_only_files_are_replaced(tmp_path: Path) -> None:
    """A link stays and what it leads to is written; a pipe, and so a device, stays what it is."""
    create(tmp_path / "far" / "file.txt", b"old")
    link, pipe = tmp_path / "link.txt", tmp_path / "pipe"
    link.symlink_to("far/file.txt")
    replace(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "far" / "file.txt").read_bytes() == b"new"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="not a file"):
        replace(pipe, b"new")
    assert pipe.is_fifo()
    assert sorted(names(tmp_path)) == ["far", "link.txt", "pipe"]
    assert names(tmp_path / "far") == ["file.txt"]


def test_the_schema_is_laid_beside_cases_once(tmp_path: Path) -> None:
    """The first line of a case file names it; an author's own is left alone."""
    save_schema(tmp_path)
    assert (tmp_path / SCHEMA_FILE.name).read_bytes() == SCHEMA_FILE.read_bytes()
    (tmp_path / SCHEMA_FILE.name).write_text("{}", "utf-8")
    save_schema(tmp_path)
    assert (tmp_path / SCHEMA_FILE.name).read_text("utf-8") == "{}"
