"""What an installation gets: all that the program needs, and nothing that only its makers need."""

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from content.library import load_library

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the working tree."""
    folder = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(built)


def test_the_cases_are_in_the_wheel(wheel: Path, tmp_path: Path) -> None:
    """Unpacked, it holds every shipped case with its figures, whole."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    shipped = load_library(ROOT / "content" / "cases")
    assert len(shipped.cases) >= 20
    installed = load_library(tmp_path / "content" / "cases")
    assert (installed.problems, installed.cases) == ((), shipped.cases)
    assert all(
        installed.snapshot(case) == shipped.snapshot(case) for case in shipped.cases.values()
    )


def test_what_only_developers_need_is_not_in_the_wheel(wheel: Path) -> None:
    """The scripts that draw the figures, what lists the cases, and what translators write in."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "bot/locales/es.mo" in names
    assert [name for name in names if name.endswith((".po", ".pot"))] == []
    for developers in ("content/figures/", "content/case_table.py", "tests/"):
        assert (ROOT / developers).exists()
        assert [name for name in names if name.startswith(developers)] == []
