"""Case files that the program writes itself."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content import published_file
from content.library import case_paths
from content.published_file import ChangedByHandError, digest_of, take_away, write_case_file

OLD, NEW, THEIRS = b"old", b"new", b"theirs"
NAME = "lumps.yaml"


def write(folder: Path, data: bytes, replaces: bytes | None = None, **figures: bytes) -> None:
    """Write a case in place of what is said to be there."""
    digest = None if replaces is None else digest_of(replaces)
    pictures = {f"figures/{name}.png": picture for name, picture in figures.items()}
    write_case_file(folder, NAME, data, replaces=digest, figures=pictures)


def files(folder: Path) -> dict[str, bytes]:
    """Whatever lies in the folder, hidden files too."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_a_new_file_comes_with_its_figures(tmp_path: Path) -> None:
    """And nothing else: no half-written file stays beside it."""
    write(tmp_path, NEW, foot=b"png")
    assert files(tmp_path) == {NAME: NEW, "figures/foot.png": b"png"}


def test_what_was_written_here_is_replaced(tmp_path: Path) -> None:
    """The file is known by its digest."""
    write(tmp_path, OLD)
    write(tmp_path, NEW, OLD)
    assert files(tmp_path) == {NAME: NEW}


def test_doing_it_twice_is_doing_it_once(tmp_path: Path) -> None:
    """So it can be tried again whenever it is not known whether it was done."""
    for _ in range(2):
        write(tmp_path, NEW)
    for _ in range(2):
        take_away(tmp_path, NAME, digest_of(NEW))
    assert files(tmp_path) == {f".withdrawn/{NAME}": NEW}


@pytest.mark.parametrize("replaces", [None, OLD])
def test_what_others_wrote_is_left_alone(tmp_path: Path, replaces: bytes | None) -> None:
    """A file by that name, one that was changed by hand, a link, a folder: none is touched."""
    (tmp_path / NAME).write_bytes(THEIRS)
    with pytest.raises(ChangedByHandError):
        write(tmp_path, NEW, replaces)
    with pytest.raises(ChangedByHandError):
        take_away(tmp_path, NAME, digest_of(OLD))
    assert files(tmp_path) == {NAME: THEIRS}


def test_a_file_that_comes_at_the_last_moment_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Laid there by somebody between the look and the writing."""
    (tmp_path / NAME).write_bytes(THEIRS)
    monkeypatch.setattr(published_file, "_digest_at", lambda _: None)
    with pytest.raises(ChangedByHandError):
        write(tmp_path, NEW)
    assert files(tmp_path) == {NAME: THEIRS}


def test_a_link_or_a_folder_is_not_ours(tmp_path: Path) -> None:
    """Whatever it leads to."""
    (tmp_path / "other").write_bytes(OLD)
    (tmp_path / NAME).symlink_to(tmp_path / "other")
    with pytest.raises(ChangedByHandError):
        write(tmp_path, NEW, OLD)
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).mkdir()
    with pytest.raises(ChangedByHandError):
        write(tmp_path, NEW)
    assert (tmp_path / "other").read_bytes() == OLD


def test_a_figure_of_others_is_left_alone(tmp_path: Path) -> None:
    """Then the case is not written either, since it would show the wrong picture."""
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "foot.png").write_bytes(THEIRS)
    with pytest.raises(ChangedByHandError):
        write(tmp_path, NEW, foot=b"png")
    assert files(tmp_path) == {"figures/foot.png": THEIRS}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_raises(tmp_path: Path) -> None:
    """And nothing is there."""
    tmp_path.chmod(0o500)
    with pytest.raises(OSError, match="denied"):
        write(tmp_path, NEW)
    tmp_path.chmod(0o700)
    assert files(tmp_path) == {}


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new one is whole or not there."""
    write(tmp_path, OLD)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(tmp_path, NEW, OLD)
    assert files(tmp_path) == {NAME: OLD}


_KILLED = """
import os, signal, sys
from pathlib import Path
from content.published_file import digest_of, write_case_file
step = int(sys.argv[2])
def counted(real):
    def call(*given, **named):
        global step
        step -= 1
        if step == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)
    return call
os.fsync, os.link, os.unlink = counted(os.fsync), counted(os.link), counted(os.unlink)
Path.replace, Path.open = counted(Path.replace), counted(Path.open)
replaces = digest_of(b"old") if sys.argv[3] == "old" else None
write_case_file(Path(sys.argv[1]), "lumps.yaml", b"new" * 99, replaces=replaces, figures={})
"""


@pytest.mark.parametrize("before", ["old", "none"])
def test_a_kill_at_any_step_leaves_the_old_file_or_the_new(tmp_path: Path, before: str) -> None:
    """Nothing half-written is a case file, and doing it again ends with the new file alone."""
    killed = 0
    for step in range(1, 12):
        folder = tmp_path / f"{before}-{step}"
        folder.mkdir()
        there = {NAME: OLD} if before == "old" else {}
        for name, data in there.items():
            (folder / name).write_bytes(data)
        done = subprocess.run(
            [sys.executable, "-c", _KILLED, str(folder), str(step), before], check=False
        )
        killed += done.returncode == -signal.SIGKILL
        read = {path.name: path.read_bytes() for path in case_paths(folder)[0]}
        assert read in (there, {NAME: NEW * 99})
        write(folder, NEW * 99, OLD if before == "old" else None)
        assert files(folder) == {NAME: NEW * 99}
    assert killed >= 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.sampled_from(["write", "again", "hand", "take"]), max_size=8))
def test_in_any_order_what_was_written_by_hand_stays(tmp_path: Path, steps: list[str]) -> None:
    """However authors and hands take turns."""
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    ours: bytes | None = None
    for number, step in enumerate(steps):
        data = f"{step} {number}".encode()
        there = files(folder).get(NAME)
        try:
            if step == "hand":
                (folder / NAME).write_bytes(data)
            elif step == "take":
                take_away(folder, NAME, digest_of(ours or b""))
                ours = None
            else:
                write(folder, data, ours)
                ours = data
        except ChangedByHandError:
            assert there != ours
            assert files(folder).get(NAME) == there
