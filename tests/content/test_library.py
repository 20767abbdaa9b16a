"""Many cases, found by code, id and topic."""

import errno
import hashlib
import io
import os
import tracemalloc
from contextlib import suppress
from pathlib import Path
from unittest.mock import Mock

import pytest
from PIL import Image

from content import claims, figure_bytes
from content.check import check_paths
from content.codes import case_code, read_code
from content.figure_bytes import FiguresOnDisk
from content.library import SHIPPED, NotNeededError, load_library
from tests.content.samples import write_case
from tests.content.test_images import png
from tests.support.growth import grows_as_its_length

OPEN_FILES = Path("/proc/self/fd")


def codes(folder: Path, *others: Path) -> list[str]:
    return [problem.code for problem in load_library(folder, *others).problems]


def test_one_broken_file_does_not_take_others_down(tmp_path: Path) -> None:
    """What can be read is in the library, and what cannot is named."""
    write_case(tmp_path / "good.yaml", id="good")
    write_case(tmp_path / "other.yml", id="other")
    write_case(tmp_path / "bad.yaml", id="bad", level="attending")
    (tmp_path / "worse.yaml").write_bytes(b"\xff")
    (tmp_path / "notes.txt").write_text("no case")
    (tmp_path / ".hidden.yaml").write_text("no case")
    (tmp_path / "folder.yaml").mkdir()
    library = load_library(tmp_path)
    assert list(library.cases) == ["good", "other"]
    assert [(p.path.name, p.code) for p in library.problems] == [
        ("bad.yaml", "wrong-value"),
        ("folder.yaml", "unreadable"),
        ("worse.yaml", "encoding"),
    ]


def test_reading_can_be_given_up(tmp_path: Path) -> None:
    """It ends at the next file."""
    for name in ("a", "b", "c"):
        write_case(tmp_path / f"{name}.yaml", id=name)
    asked = iter((True, True, False))
    with pytest.raises(NotNeededError):
        load_library(tmp_path, needed=lambda: next(asked))
    assert list(asked) == []


def test_what_cases_share_is_kept_once(tmp_path: Path) -> None:
    """Thousands of cases are light: what most leave out and which fields they give is shared."""
    for name in ("a", "b"):
        write_case(tmp_path / f"{name}.yaml", id=name)
    one, other = load_library(tmp_path).cases.values()
    assert one.review is other.review
    assert one.lint is other.lint
    assert one.model_fields_set is other.model_fields_set
    assert one.questions[0].model_fields_set is other.questions[0].model_fields_set
    changed = one.model_copy(update={"series": "Lumps"})
    assert "series" in changed.model_fields_set
    assert "series" not in one.model_fields_set


def test_the_first_of_two_equal_ids_is_kept(tmp_path: Path) -> None:
    """An id belongs to one file: the second is told of the first, and stays out."""
    first = write_case(tmp_path / "a.yaml", title="First")
    second = write_case(tmp_path / "b.yaml", title="Second")
    library = load_library(tmp_path)
    assert [case.title for case in library.cases.values()] == ["First"]
    (problem,) = library.problems
    assert (problem.path, problem.code) == (second, "duplicate-id")
    assert str(first) in problem.message


def test_a_shared_code_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should two ids ever have one code, the second case stays out and its author is told."""
    write_case(tmp_path / "a.yaml", id="one")
    write_case(tmp_path / "b.yaml", id="two")
    monkeypatch.setattr(claims, "case_code", lambda _: "same")
    assert codes(tmp_path) == ["duplicate-code"]


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    """A setting that names no folder is told, and the other folders are read."""
    write_case(tmp_path / "a.yaml")
    library = load_library(tmp_path / "none", tmp_path)
    assert len(library.cases) == 1
    assert [problem.code for problem in library.problems] == ["no-such-folder"]


def test_what_cannot_be_read_as_a_folder_is_a_problem(tmp_path: Path) -> None:
    """A setting that names a case file instead of its folder is told, too."""
    path = write_case(tmp_path / "a.yaml")
    (problem,) = load_library(path).problems
    assert (problem.path, problem.code) == (path, "unreadable")


@pytest.mark.parametrize(
    ("one", "other", "at"),
    [
        ({"id": "a", "formerly": ["old"]}, {"id": "b", "formerly": ["older", "old"]}, "b"),
        ({"id": "a", "formerly": ["b"]}, {"id": "b"}, "a"),
        ({"id": "a", "formerly": ["a"]}, {"id": "b"}, "a"),
        ({"id": "a", "formerly": ["old", "old"]}, {"id": "b"}, "a"),
    ],
)
def test_a_former_id_belongs_to_one_case(
    tmp_path: Path, one: dict[str, str], other: dict[str, str], at: str
) -> None:
    """It is told where it stands, in a case that nobody gets until it is mended."""
    write_case(tmp_path / "a.yaml", **one)
    write_case(tmp_path / "b.yaml", **other)
    library = load_library(tmp_path)
    (problem,) = library.problems
    assert (problem.path.stem, problem.code) == (at, "former-id")
    assert problem.column > 1
    assert set(library.cases) == {"a", "b"} - {at}
    assert [each.code for each in check_paths([tmp_path]).problems if each.is_error] == [
        "former-id"
    ]


def test_links_to_a_case_outlive_its_id(tmp_path: Path) -> None:
    """They hold the code of the id that it had then."""
    write_case(tmp_path / "a.yaml", id="new", formerly=["old"])
    library = load_library(tmp_path)
    assert library.find(case_code("old")) is library.find("new") is not None


def test_a_case_is_found_by_code_or_id(tmp_path: Path) -> None:
    """Upper and lower case are the same, and mistakable letters of a code are read rightly."""
    write_case(tmp_path / "a.yaml", id="hard-lumps")
    library = load_library(tmp_path)
    case = library.cases["hard-lumps"]
    code = case_code("hard-lumps")
    typed = code.upper().replace("0", "O").replace("1", "L")
    assert [library.find(text) for text in ["hard-lumps", " Hard-Lumps ", code, typed]] == [
        case
    ] * 4
    assert [library.find(text) for text in ["", "lumps", "case"]] == [None] * 3


def test_topics_are_counted_and_lead_to_cases(tmp_path: Path) -> None:
    """Topics come in order with their number of cases, and are found however they are typed."""
    write_case(tmp_path / "a.yaml", id="a", topics=["infectious-disease", "cardiology"])
    write_case(tmp_path / "b.yaml", id="b", topics=["cardiology"])
    library = load_library(tmp_path)
    assert list(library.topics.items()) == [("cardiology", 2), ("infectious-disease", 1)]
    assert [case.id for case in library.on_topic("Cardiology")] == ["a", "b"]
    assert [case.id for case in library.on_topic(" infectious  Disease")] == ["a"]
    assert library.on_topic("surgery") == ()


def write_figure(folder: Path, name: str, data: bytes) -> dict[str, str]:
    """A picture, and how a case names it."""
    (folder / name).write_bytes(data)
    rights = {"creator": "X", "licence": "MIT", "consent": "not-required"}
    return {"file": name, "caption": "C", "alt": "A", **rights}


@pytest.mark.parametrize("meanwhile", ["deleted", "written over", "replaced"])
def test_figures_are_kept_by_content(tmp_path: Path, meanwhile: str) -> None:
    """A figure's bytes are there by their hash, whatever became of its file."""
    first, second = png(40, 30), png(50, 30)
    shown = [write_figure(tmp_path, "a.png", first), write_figure(tmp_path, "b.png", second)]
    write_case(tmp_path / "a.yaml", figures=shown)
    library = load_library(tmp_path)
    path = tmp_path / "a.png"
    match meanwhile:
        case "deleted":
            path.unlink()
        case "written over":
            path.write_bytes(png(60, 30))
        case "replaced":
            (tmp_path / "new.png").write_bytes(png(60, 30))
            (tmp_path / "new.png").replace(path)
    hashes = tuple(hashlib.sha256(data).hexdigest() for data in (first, second))
    assert [library.figure(sha256) for sha256 in hashes] == [first, second]
    assert library.figure("0" * 64) is None
    assert library.snapshot(library.cases["hard-lumps"]).figures == hashes


def test_memory_does_not_grow_with_figures(tmp_path: Path) -> None:
    """Where their bytes lie on the disk, in a file that nobody sees, and of each once."""
    for number in range(10):
        noise = io.BytesIO()
        Image.frombytes("L", (500, 400), os.urandom(200_000)).save(noise, "PNG")
        shown = write_figure(tmp_path, f"{number}.png", noise.getvalue())
        write_case(tmp_path / f"{number}.yaml", id=f"case-{number}", figures=[shown])
    in_memory = load_library(tmp_path)  # with what is loaded and kept at the first time
    before = sorted(tmp_path.iterdir())
    with FiguresOnDisk(tmp_path) as figures:
        tracemalloc.start()
        try:
            library = load_library(tmp_path, figures=figures)
            held, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert held < 400_000
        assert sorted(tmp_path.iterdir()) == before
        room = _disk_held(tmp_path)
        again = load_library(tmp_path, figures=figures)
        assert _disk_held(tmp_path) == room
        hashes = {sha for one in in_memory.cases for sha in in_memory.figure_hashes(one).values()}
        assert len(hashes) == 10
        for sha256 in hashes:
            expected = in_memory.figure(sha256)
            assert library.figure(sha256) == again.figure(sha256) == expected is not None
    assert _disk_held(tmp_path) == 0


def _disk_held(folder: Path) -> int:
    """How many bytes files of this folder hold that have no name; 0 where that is not told."""
    if not OPEN_FILES.exists():
        return 0
    held = 0
    for each in OPEN_FILES.iterdir():
        with suppress(OSError):
            if each.readlink().is_relative_to(folder):
                held += each.stat().st_size
    return held


@pytest.mark.parametrize("trouble", ["too little left", "filled meanwhile"])
def test_what_finds_no_room_stays_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    """And the disk is left to the database: not even the beginning of a figure stays there."""
    data = png(40, 30)
    write_case(tmp_path / "a.yaml", figures=[write_figure(tmp_path, "a.png", data)])
    left = 64 * 1024 * 1024 + len(data) - (trouble == "too little left")
    monkeypatch.setattr(figure_bytes, "disk_usage", lambda _: Mock(free=left))
    with FiguresOnDisk(tmp_path) as figures, monkeypatch.context() as patch:
        file = figures._file
        assert file is not None

        def full(some: memoryview) -> int:
            if file.tell():
                raise OSError(errno.ENOSPC, "No space left on device")
            return file.write(some[:10])

        if trouble == "filled meanwhile":
            half = Mock(write=full, seek=file.seek, truncate=file.truncate)
            patch.setattr(figures, "_file", half)
        library = load_library(tmp_path, figures=figures)
        assert library.figure(hashlib.sha256(data).hexdigest()) == data
        assert os.fstat(file.fileno()).st_size == 0


def test_the_last_room_for_figures_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the byte."""
    data = png(40, 30)
    write_case(tmp_path / "a.yaml", figures=[write_figure(tmp_path, "a.png", data)])
    left = 64 * 1024 * 1024 + len(data)
    monkeypatch.setattr(figure_bytes, "disk_usage", lambda _: Mock(free=left))
    with FiguresOnDisk(tmp_path) as figures:
        library = load_library(tmp_path, figures=figures)
        assert figures._file is not None
        assert os.fstat(figures._file.fileno()).st_size == len(data)
        assert library.figure(hashlib.sha256(data).hexdigest()) == data


def test_once_the_bot_is_over_no_figure_is_kept_or_given(tmp_path: Path) -> None:
    """To whoever still reads in a thread that nobody waits for; and none before it has begun."""
    write_case(tmp_path / "a.yaml", figures=[write_figure(tmp_path, "a.png", png(40, 30))])
    figures = FiguresOnDisk(tmp_path)
    with pytest.raises(ValueError, match="with"):
        load_library(tmp_path, figures=figures)
    with figures:
        library = load_library(tmp_path, figures=figures)
    with pytest.raises(ValueError, match="closed"):
        library.figure(*library.figure_hashes("hard-lumps").values())


def test_a_library_takes_time_as_its_cases(tmp_path: Path) -> None:
    """A hundred full cases take no longer each than a quarter of them."""
    source = (SHIPPED / "calcinosis-cutis.yaml").read_text("utf-8").partition("figures:")
    text = source[0] + source[2][source[2].index("\nquestions:") :]
    for n in range(100):
        case = text.replace("id: calcinosis-cutis", f"id: case-{n}", 1)
        for size in (25, 100):
            if n < size:
                (tmp_path / str(size)).mkdir(exist_ok=True)
                (tmp_path / str(size) / f"case-{n}.yaml").write_text(case, "utf-8")
    assert len(load_library(tmp_path / "100").cases) == 100
    assert grows_as_its_length(lambda size: load_library(tmp_path / str(size)), 100)


def test_codes_are_stable_short_and_unmistakable() -> None:
    """A code never changes, since posts and links carry it."""
    assert [case_code("calcinosis-cutis"), case_code("hard-lumps")] == ["tzyzw288", "dwvjy3qq"]
    many = {case_code(f"case-{n}") for n in range(2000)}
    assert len(many) == 2000
    assert all(len(code) == 8 and not set(code) & set("ilou-") for code in many)
    assert all(read_code(f" {code.upper()} ") == code for code in many)
