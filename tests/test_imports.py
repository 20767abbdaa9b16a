"""The three packages know each other in one direction only: content <- storage <- bot."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    path.relative_to(ROOT)
    for package in ("bot", "content", "storage")
    for path in (ROOT / package).rglob("*.py")
)
FORBIDDEN = {
    "content": {"bot", "storage", "telegram", "aiosqlite", "sqlite3"},
    "storage": {"bot", "telegram", "yaml"},
    "bot": {"aiosqlite", "sqlite3", "yaml"},
}
YAML_MODULES = {Path("content/yaml_tree.py"), Path("content/yaml_text.py")}


def imported(path: Path) -> Iterator[str]:
    """The top-level names of the packages that a module imports, wherever it does so."""
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_packages_are_imported_downwards_only(path: Path) -> None:
    """No module imports a package above its own, nor a library that belongs to another package."""
    assert FORBIDDEN[path.parts[0]] & set(imported(path)) == set()


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_yaml_is_read_in_one_module(path: Path) -> None:
    """YAML is parsed in one module of content/, written in another, and touched nowhere else."""
    assert "yaml" not in imported(path) or path in YAML_MODULES


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_sandbox_knows_nothing_of_cases(path: Path) -> None:
    """The sandbox plays Telegram: it imports neither the bot's Telegram library nor the cases."""
    if path.parts[:2] == ("bot", "sandbox"):
        assert {"content", "storage", "telegram"} & set(imported(path)) == set()


@pytest.mark.parametrize(
    "program",
    ["tests.bench.__main__", "tests.soak.__main__", "tests.soak.day", "tests.soak.litestream"],
)
def test_the_long_runs_can_be_loaded(program: str) -> None:
    """What is run by hand alone does not fall behind unseen."""
    importlib.import_module(program)
