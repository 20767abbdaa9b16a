"""Cases that were read before are not read again, and are the same all the same."""

import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from content import known_cases
from content import library as library_module
from content.known_cases import KnownCases
from content.library import SHIPPED, Library, NotNeededError, load_library
from content.loader import CaseFile, read_case
from tests.content.samples import write_case
from tests.content.test_images import png


@pytest.fixture
def read_anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read as YAML."""
    names: list[str] = []

    def noted(path: Path) -> CaseFile:
        names.append(path.name)
        return read_case(path)

    monkeypatch.setattr(library_module, "read_case", noted)
    return names


def loaded(kept: Path, *folders: Path) -> Library:
    """The library, as a start loads it."""
    known = KnownCases(kept)
    library = load_library(*folders, known=known)
    known.save()
    return library


def test_a_second_start_reads_nothing_and_comes_to_the_same(
    tmp_path: Path, read_anew: list[str]
) -> None:
    """All shipped cases, with their figures and all else that a library holds."""
    first = loaded(tmp_path / "kept", SHIPPED)
    assert len(read_anew) == len(first.cases)
    read_anew.clear()
    assert loaded(tmp_path / "kept", SHIPPED) == first
    assert read_anew == []


def test_what_changed_is_read_anew(tmp_path: Path, read_anew: list[str]) -> None:
    """One case changes without a trace in its size and times, one comes, one goes."""
    cases = tmp_path / "cases"
    cases.mkdir()
    for name in ("a", "b", "c"):
        write_case(cases / f"{name}.yaml", id=name)
    loaded(tmp_path / "kept", cases)
    read_anew.clear()
    before = (cases / "b.yaml").stat()
    write_case(cases / "b.yaml", id="b", title="Hard lamps")
    os.utime(cases / "b.yaml", ns=(before.st_atime_ns, before.st_mtime_ns))
    after = (cases / "b.yaml").stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    (cases / "c.yaml").unlink()
    write_case(cases / "d.yaml", id="d")
    library = loaded(tmp_path / "kept", cases)
    assert read_anew == ["b.yaml", "d.yaml"]
    assert {case.id: case.title for case in library.cases.values()} == {
        "a": "Hard lumps",
        "b": "Hard lamps",
        "d": "Hard lumps",
    }
    assert len((tmp_path / "kept").read_bytes().splitlines()) == 1 + 3


def test_problems_are_told_at_every_start(tmp_path: Path) -> None:
    """A broken file, two of one id, and a figure that went since."""
    cases = tmp_path / "cases"
    cases.mkdir()
    figure = {
        "file": "map.png",
        "caption": "A map",
        "alt": "A map",
        "creator": "A Name",
        "licence": "CC-BY-4.0",
        "consent": "not-required",
    }
    (cases / "map.png").write_bytes(png(10, 10))
    write_case(cases / "a.yaml", id="same", figures=[figure])
    write_case(cases / "b.yaml", id="same")
    write_case(cases / "c.yaml", id="broken", level="attending")
    first = loaded(tmp_path / "kept", cases)
    assert [problem.code for problem in first.problems] == ["duplicate-id", "wrong-value"]
    assert loaded(tmp_path / "kept", cases) == first
    (cases / "map.png").unlink()
    missing = loaded(tmp_path / "kept", cases)
    assert [problem.code for problem in missing.problems] == ["figure-missing", "wrong-value"]
    assert missing == load_library(cases)


def cut(kept: bytes) -> bytes:
    return kept[:-20]


def other_words(kept: bytes) -> bytes:
    return kept.replace(b"Hard lumps", b"Soft lumps")


def other_bytes(kept: bytes) -> bytes:
    return b"\xff" + kept


@pytest.mark.parametrize("damage", [cut, other_words, other_bytes, lambda _: b""])
def test_a_damaged_file_is_as_if_absent(
    tmp_path: Path, read_anew: list[str], damage: Callable[[bytes], bytes]
) -> None:
    """Whatever became of it, cases are read anew, and then it is whole again."""
    cases, kept = tmp_path / "cases", tmp_path / "kept"
    cases.mkdir()
    write_case(cases / "a.yaml", id="a")
    first = loaded(kept, cases)
    whole = kept.read_bytes()
    kept.write_bytes(damage(whole))
    assert kept.read_bytes() != whole
    assert loaded(kept, cases) == first
    assert read_anew == ["a.yaml", "a.yaml"]
    assert kept.read_bytes() == whole


def test_what_other_code_has_read_is_read_anew(
    tmp_path: Path, read_anew: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade a rule may be stricter."""
    cases, kept = tmp_path / "cases", tmp_path / "kept"
    cases.mkdir()
    write_case(cases / "a.yaml", id="a")
    loaded(kept, cases)
    monkeypatch.setattr(known_cases, "_reader", lambda: "other")
    loaded(kept, cases)
    assert read_anew == ["a.yaml", "a.yaml"]


def test_what_cannot_be_kept_leaves_nothing_behind(tmp_path: Path) -> None:
    """Here a folder is where the file should be."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "kept").mkdir()
    write_case(tmp_path / "cases" / "a.yaml", id="a")
    with pytest.raises(OSError, match="kept"):
        loaded(tmp_path / "kept", tmp_path / "cases")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases", "kept"]


def test_reading_can_be_given_up(tmp_path: Path) -> None:
    """It ends at the next file, whether that is known or not."""
    for name in ("a", "b"):
        write_case(tmp_path / f"{name}.yaml", id=name, title=json.dumps(name))
    loaded(tmp_path / "kept", tmp_path)
    for known in (None, KnownCases(tmp_path / "kept")):
        asked = iter([True, False])
        with pytest.raises(NotNeededError):
            load_library(tmp_path, known=known, needed=partial(next, asked))
