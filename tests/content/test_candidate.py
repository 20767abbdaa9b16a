"""What may take the place of a library."""

import os
from datetime import date
from pathlib import Path

import pytest

from content.candidate import Broken, Sound, read_candidate
from content.file_state import file_state
from content.library import load_library
from tests.content.samples import write_case
from tests.content.test_images import png
from tests.content.variants import write_varied


def sound(in_use: Path, *folders: Path) -> Sound:
    """The candidate in these folders, which has no error."""
    found = read_candidate(load_library(in_use), *folders, needed=lambda: True)
    assert isinstance(found, Sound)
    return found


def test_what_came_went_and_changed(tmp_path: Path) -> None:
    """Cases differ by what they say and show, not by their files."""
    old, new = tmp_path / "old", tmp_path / "new"
    figure = {"file": "lump.png", "caption": "A hand.", "alt": "A hand", "creator": "The authors"}
    figures = [figure | {"licence": "CC-BY-4.0", "consent": "obtained"}]
    for folder in (old, new):
        folder.mkdir()
        write_case(folder / "same.yaml", id="same")
        write_case(folder / "shown.yaml", id="shown", figures=figures)
    (old / "lump.png").write_bytes(png(20, 20))
    (new / "lump.png").write_bytes(png(21, 20))
    write_case(old / "went.yaml", id="went")
    write_case(old / "worded.yaml", id="worded")
    write_case(new / "worded.yaml", id="worded", title="Soft lumps")
    write_case(new / "came.yaml", id="came")
    changes = sound(old, new).difference
    assert [[case.id for case in kind] for kind in (changes.added, changes.removed)] == [
        ["came"],
        ["went"],
    ]
    assert [case.id for case in changes.changed] == ["shown", "worded"]
    assert not sound(old, old).difference


def test_a_variant_s_picture_drawn_again_is_a_change(tmp_path: Path) -> None:
    """Though no post of the case shows it; and an id that two cases claim is an error."""
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
        write_varied(folder)
    assert not sound(old, new).difference
    (new / "man.png").write_bytes(png(60, 30))
    assert [case.id for case in sound(old, new).difference.changed] == ["hard-lumps"]
    write_case(new / "other.yaml", id="other", formerly=["hard-lumps"])
    found = read_candidate(load_library(old), new, needed=lambda: True)
    assert isinstance(found, Broken)
    assert [problem.code for problem in found.errors] == ["former-id"]


def test_any_error_keeps_a_candidate_out(tmp_path: Path) -> None:
    """Schema, files, checks and clashes alike; warnings do not."""
    library = load_library(tmp_path)
    write_case(tmp_path / "fine.yaml", id="fine")
    write_case(tmp_path / "twin.yaml", id="fine")
    write_case(tmp_path / "cites.yaml", id="cites", vignette="A woman of 64 [3].")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff")
    missing = tmp_path / "none"
    found = read_candidate(library, tmp_path, missing, needed=lambda: True)
    assert isinstance(found, Broken)
    assert [(problem.path.name, problem.code) for problem in found.errors] == [
        ("bytes.yaml", "encoding"),
        ("cites.yaml", "reference-missing"),
        ("none", "no-such-folder"),
        ("twin.yaml", "duplicate-id"),
    ]
    assert found.read_from == file_state(tmp_path)


def test_a_review_in_the_future_keeps_a_candidate_out(tmp_path: Path) -> None:
    """Whoever reads again while the bot runs knows what day it is."""
    review = {"status": "reviewed", "by": "A Name", "on": "2026-03-02"}
    write_case(tmp_path / "hard-lumps.yaml", review=review)
    for day, kind in ((1, Broken), (2, Sound)):
        today = date(2026, 3, day)
        found = read_candidate(load_library(), tmp_path, today=today, needed=lambda: True)
        assert isinstance(found, kind)


def test_reading_stops_when_it_is_no_longer_needed(tmp_path: Path) -> None:
    """It asks before each file."""
    for number in range(5):
        write_case(tmp_path / f"case-{number}.yaml", id=f"case-{number}")
    asked = iter((True, True, False))
    assert read_candidate(load_library(), tmp_path, needed=lambda: next(asked)) is None
    assert list(asked) == []


def test_a_state_tells_every_change(tmp_path: Path) -> None:
    """Content, names and replaced files change it; hidden files and looking again do not."""
    path = write_case(tmp_path / "a.yaml")
    states = [file_state(tmp_path)]
    assert load_library(tmp_path).read_from == states[0]
    path.write_text(path.read_text() + " ")
    states.append(file_state(tmp_path))
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a.png").write_bytes(b"")
    states.append(file_state(tmp_path))
    before = path.stat()
    (tmp_path / ".new").write_bytes(path.read_bytes())
    (tmp_path / ".new").replace(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    states.append(file_state(tmp_path))
    assert len(set(states)) == len(states)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "index").write_bytes(b"")
    assert file_state(tmp_path) == states[-1]


def test_links_lead_nowhere_twice(tmp_path: Path) -> None:
    """A folder reached by a link counts; a circle of links and a dead one end."""
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "a.png").write_bytes(b"")
    try:
        (inside / "figures").symlink_to(outside)
        (outside / "back").symlink_to(inside)
        (inside / "dead.yaml").symlink_to(tmp_path / "nowhere")
    except OSError:
        pytest.skip("links cannot be made here")
    assert [Path(path).name for path, *_ in file_state(inside)] == ["a.png"]
    assert file_state(tmp_path / "nowhere") == frozenset()
