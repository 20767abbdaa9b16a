"""Who knows whom: packages, the rooms of bot/, and what views, routes and the sandbox may see."""

import ast
import enum
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    path.relative_to(ROOT)
    for package in ("bot", "content", "storage")
    for path in (ROOT / package).rglob("*.py")
)
SLOW_MODULES = {
    Path("bot/files") / f"{name}.py"
    for name in ("sheet", "draw_progress", "draw_report", "write_workbook", "stream_workbook")
}
BESIDE_THE_BOT = {Path("bot/files/__main__.py"), Path("bot/operations/answers_workbook.py")}
RECKONING_MODULES = {Path("content") / f"{name}.py" for name in ("item_analysis", "item_measures")}
FORBIDDEN = {
    "content": {"bot", "storage", "telegram", "aiosqlite", "sqlite3"},
    "storage": {"bot", "telegram", "yaml"},
    "bot": {"aiosqlite", "sqlite3", "yaml"},
}
YAML_MODULES = {Path("content/yaml_tree.py"), Path("content/yaml_text.py")}
LAYERS = (
    "base scheduling",
    "files",
    "settings",
    "telegram",
    "services",
    "features/shared",
    "features/cards features/leaderboard features/membership features/preferences",
    "features/cases features/privacy features/library",
    "features/results features/finding features/progress",
    "features/practice",
    "features/daily features/flags features/posts features/sittings",
    "features/assignments features/items",
    "features/cohorts features/reports",
    "features/settings features/start",
    "intake",
    "routes sending jobs",
    "web operations",
    "app",
    "sandbox",
    "demo",
    "preview",
    "commands",
    "__main__",
)
"""The rooms of bot/, lowest first: each knows those of the lines above its own, and no other.

``sandbox`` plays Telegram and stands by itself: see the test of what it knows.
"""
LAYER = {room: layer for layer, rooms in enumerate(LAYERS) for room in rooms.split()}
BOT = [path for path in MODULES if path.parts[0] == "bot"]
ROUTES = [path for path in BOT if path.parts[1] == "routes"]
VIEWS = [path for path in BOT if path.stem == "views" or path.stem.endswith("_view")]


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
def test_few_modules_of_the_program_draw(path: Path) -> None:
    """Whoever imports matplotlib waits a second for it: that is done in a process of its own."""
    draws = path in SLOW_MODULES or path.parts[:2] == ("content", "figures")
    assert (
        draws
        or path in RECKONING_MODULES
        or {"matplotlib", "numpy", "openpyxl"} & set(imported(path)) == set()
    )
    if path not in SLOW_MODULES | BESIDE_THE_BOT:
        slow = {".".join(one.with_suffix("").parts) for one in SLOW_MODULES}
        assert slow & {module for module, _ in imports_of(path)} == set()


RECKONS = {
    *RECKONING_MODULES,
    Path("bot/features/items/reckon.py"),
    Path("bot/features/items/__main__.py"),
    Path("bot/operations/answers_workbook.py"),
}


@pytest.mark.parametrize("path", [path for path in MODULES if path not in RECKONS], ids=str)
def test_the_bot_itself_reckons_no_items(path: Path) -> None:
    """That takes numpy, and seconds: it is done in a process of its own, or by a command."""
    modules = {module for module, _ in imports_of(path)}
    assert modules & {"content.item_analysis", "content.item_measures"} == set()
    assert path.parts[0] != "bot" or "bot.features.items.reckon" not in modules


def imports_of(path: Path) -> Iterator[tuple[str, str]]:
    """The project's own modules that a module imports from, and the name of each thing taken."""
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                if Path(inner.replace(".", "/") + ".py") in MODULES:
                    yield inner, ""
                else:
                    yield node.module, alias.name


def room_of(module: str) -> str:
    """The room of bot/ that a module stands in, or the module itself where it stands in none."""
    parts = module.split(".")
    return "/".join(parts[1:3]) if parts[1] == "features" and len(parts) > 2 else parts[1]


@pytest.mark.parametrize("path", [path for path in BOT if len(path.parts) > 2], ids=str)
def test_every_room_has_its_layer(path: Path) -> None:
    """A new room is put into the table before anything is built in it."""
    assert path.parts[1] == "features" or path.parts[1] in LAYER
    assert path.parts[1] != "features" or path.name == "__init__.py" or room_of_path(path) in LAYER


def room_of_path(path: Path) -> str:
    """As ``room_of``, for a file."""
    return room_of(".".join(path.with_suffix("").parts))


@pytest.mark.parametrize("path", BOT, ids=str)
def test_rooms_know_those_below_alone(path: Path) -> None:
    """No room knows one of its own layer or above it: so there is no circle."""
    if path == Path("bot/__init__.py"):
        return
    here = room_of_path(path)
    others = {room_of(module) for module, _ in imports_of(path) if module.startswith("bot.")}
    assert {room for room in others - {here} if LAYER[room] >= LAYER[here]} == set()


def is_value(thing: object) -> bool:
    """Whether it is a value's type, a union of such, or a constant: none asks a database."""
    if inspect.isclass(thing):
        return issubclass(thing, Struct | enum.Enum)
    return not callable(thing) or hasattr(thing, "__args__")


def storage_names(path: Path) -> dict[str, object]:
    """What a module takes from storage/: the things by their full names."""
    return {
        f"{module}.{name}": getattr(importlib.import_module(module), name) if name else None
        for module, name in imports_of(path)
        if module.startswith("storage")
    }


@pytest.mark.parametrize("path", VIEWS, ids=str)
def test_views_turn_values_into_messages(path: Path) -> None:
    """A view takes nothing but values from storage, and waits for nothing."""
    taken = storage_names(path)
    assert {name for name, thing in taken.items() if thing is None or not is_value(thing)} == set()
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    assert not any(isinstance(node, ast.AsyncFunctionDef | ast.Await) for node in ast.walk(tree))


@pytest.mark.parametrize("path", ROUTES, ids=str)
def test_routes_judge_nothing(path: Path) -> None:
    """A route reads an update and calls a rule: it asks no database, and grades no answer."""
    taken = storage_names(path)
    assert {name for name, thing in taken.items() if thing is None or not is_value(thing)} == set()
    assert "services.store" not in (ROOT / path).read_text("utf-8")
    assert not any(module == "content.grading" for module, _ in imports_of(path))


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_sandbox_knows_nothing_of_cases(path: Path) -> None:
    """The sandbox plays Telegram: of the bot it knows what all stands on, and the web server."""
    if path.parts[:2] == ("bot", "sandbox"):
        assert {"content", "storage", "telegram"} & set(imported(path)) == set()
        own = {module for module, _ in imports_of(path) if module.startswith("bot.")}
        known = ("bot.sandbox", "bot.base.", "bot.web.http_server")
        assert {module for module in own if not module.startswith(known)} == set()


def test_architecture_names_what_is_there() -> None:
    """Every module, file and room that ARCHITECTURE.md and CONTRIBUTING.md name exists."""
    for page in ("ARCHITECTURE.md", "CONTRIBUTING.md"):
        for name in re.findall(r"`([a-z_./]+)`", (ROOT / page).read_text("utf-8")):
            packages = ("content.", "storage.")
            path = name.replace(".", "/") if name.startswith(packages) else name
            if "/" not in path or path.startswith((".", "/")):
                continue
            found = [ROOT / path, ROOT / f"{path}.py", ROOT / "bot" / path, ROOT / f"bot/{path}.py"]
            assert any(one.exists() for one in found) or _attribute(name), f"{page}: {name}"


def _attribute(name: str) -> bool:
    """Whether a name is something within a module: ``storage.ledger.handled``."""
    module, _, _ = name.rpartition(".")
    return "/" not in name and (ROOT / f"{module.replace('.', '/')}.py").exists()


@pytest.mark.parametrize(
    "program",
    [
        "tests.bench.__main__",
        "tests.soak.__main__",
        "tests.soak.copies",
        "tests.soak.day",
        "tests.soak.litestream",
    ],
)
def test_the_long_runs_can_be_loaded(program: str) -> None:
    """What is run by hand alone does not fall behind unseen."""
    importlib.import_module(program)
