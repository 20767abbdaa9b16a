"""Who knows whom: packages, the rooms of bot/, and what views, routes and the sandbox may see."""

import ast
import enum
import importlib
import inspect
import re
from collections.abc import Iterable
from functools import cache
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
RECKON = {
    *RECKONING_MODULES,
    Path("bot/features/items/reckon.py"),
    Path("bot/features/items/__main__.py"),
    Path("bot/operations/answers_workbook.py"),
}
FORBIDDEN = {
    "content": {"bot", "storage", "telegram", "aiosqlite", "sqlite3"},
    "storage": {"bot", "telegram", "yaml"},
    "bot": {"aiosqlite", "sqlite3", "yaml"},
}
SQLITE_FROM_OUTSIDE = Path("content/exchange/anki/collection.py")
"""Reads a database that lies in a file of another program; the bot's own is storage's."""
YAML_MODULE = Path("content/yaml_tree.py")
LAYERS = (
    "base",
    "files scheduling",
    "settings",
    "telegram",
    "services",
    "features/shared",
    "features/cards features/leaderboard features/membership features/preferences",
    "features/cases features/privacy features/library",
    "features/results features/finding features/progress features/drafts",
    "features/practice features/pictures",
    "features/daily features/flags features/posts features/sittings",
    "features/assignments features/items features/roles",
    "features/cohorts features/reports features/reviewing features/publishing",
    "features/live features/writing",
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


@cache
def tree(path: Path) -> ast.Module:
    """What a module says."""
    return ast.parse((ROOT / path).read_text("utf-8"))


@cache
def imported(path: Path) -> frozenset[str]:
    """The top-level names of the packages that a module imports, wherever it does so."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names.add((node.module or "").partition(".")[0])
    return frozenset(names)


@cache
def imports_of(path: Path) -> tuple[tuple[str, str], ...]:
    """The modules that a module imports or imports from, and the name of each thing taken."""
    whole = tuple(
        (alias.name, "")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import)
        for alias in node.names
    )
    return whole + tuple(
        (inner, "") if Path(inner.replace(".", "/") + ".py") in MODULES else (module, name)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (module := node.module)
        for name in (alias.name for alias in node.names)
        for inner in (f"{module}.{name}",)
    )


def wrong(found: Iterable[tuple[Path, object]]) -> dict[str, object]:
    """What breaks a rule, by module; those that keep it are left out."""
    return {str(path): what for path, what in found if what}


def test_packages_are_imported_downwards_only() -> None:
    """No module imports a package above its own, nor a library that belongs to another package."""
    modules = [path for path in MODULES if path != SQLITE_FROM_OUTSIDE]
    assert wrong((path, FORBIDDEN[path.parts[0]] & imported(path)) for path in modules) == {}
    assert FORBIDDEN["content"] & imported(SQLITE_FROM_OUTSIDE) == {"sqlite3"}


def test_yaml_is_read_in_one_module() -> None:
    """YAML is parsed in one module of content/, and touched nowhere else."""
    assert {path for path in MODULES if "yaml" in imported(path)} == {YAML_MODULE}


def test_few_modules_of_the_program_draw() -> None:
    """Whoever imports matplotlib waits a second for it: that is done in a process of its own.

    So is it for openpyxl, which `import` and `export` load where a workbook is asked for.
    """
    own = {".".join(one.with_suffix("").parts) for one in SLOW_MODULES}
    for path in MODULES:
        itself = path in SLOW_MODULES | RECKONING_MODULES
        figures = path.parts[:2] == ("content", "figures")
        draws = itself or figures or path.parts[:3] == ("content", "exchange", "xlsx")
        assert draws or not {"matplotlib", "numpy", "openpyxl"} & imported(path), path
        if path not in SLOW_MODULES | BESIDE_THE_BOT:
            assert not own & {module for module, _ in imports_of(path)}, path


def test_the_bot_itself_reckons_no_items() -> None:
    """That takes numpy, and seconds: it is done in a process of its own, or by a command."""
    reckoning = {".".join(one.with_suffix("").parts) for one in RECKONING_MODULES}
    reckoning |= {"bot.features.items.reckon"}
    others = [path for path in MODULES if path not in RECKON]
    assert (
        wrong((path, reckoning & {name for name, _ in imports_of(path)}) for path in others) == {}
    )


def room_of(module: str) -> str:
    """The room of bot/ that a module stands in, or the module itself where it stands in none."""
    parts = module.split(".")
    return "/".join(parts[1:3]) if parts[1] == "features" and len(parts) > 2 else parts[1]


def test_every_room_has_its_layer() -> None:
    """A new room is put into the table before anything is built in it."""
    rooms = {room_of_path(path) for path in BOT if len(path.parts) > 2} - {"features"}
    assert {room.removesuffix("/__init__") for room in rooms} - LAYER.keys() == {"features"}


def test_three_modules_stand_in_no_room() -> None:
    """The bot's life, what it works with, and what can be set."""
    flat = {path.stem for path in BOT if len(path.parts) == 2}
    assert flat == {"__init__", "__main__", "app", "services", "settings"}


def room_of_path(path: Path) -> str:
    """As ``room_of``, for a file."""
    return room_of(".".join(path.with_suffix("").parts))


def test_rooms_know_those_below_alone() -> None:
    """No room knows one of its own layer or above it: so there is no circle."""
    for path in BOT:
        here = room_of_path(path)
        others = {room_of(module) for module, _ in imports_of(path) if module.startswith("bot.")}
        assert not {room for room in others - {here} if LAYER[room] >= LAYER[here]}, path


def test_modules_and_functions_stay_short() -> None:
    """What is longer is a list of things alike, the wiring, or the markup of texts."""
    assert {
        path for path in MODULES if len((ROOT / path).read_text("utf-8").splitlines()) > 300
    } <= {
        Path("content/lint/faults.py"),
        Path("content/markup.py"),
        Path("storage/assignments.py"),
        Path("storage/facts.py"),
    }
    functions = (
        (path, node)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert {node.name for _, node in functions if (node.end_lineno or 0) - node.lineno >= 65} <= {
        "privacy",
        "work",
    }


def is_value(thing: object) -> bool:
    """Whether it is a value's type, a union of such, or a constant: none asks a database."""
    if inspect.isclass(thing):
        return issubclass(thing, Struct | enum.Enum)
    return not callable(thing) or hasattr(thing, "__args__")


def asked_of_storage(path: Path) -> set[str]:
    """What a module takes from storage/ that is no value, by full names."""
    taken = {
        f"{module}.{name}": getattr(importlib.import_module(module), name) if name else None
        for module, name in imports_of(path)
        if module.startswith("storage")
    }
    return {name for name, thing in taken.items() if thing is None or not is_value(thing)}


def test_views_turn_values_into_messages() -> None:
    """A view takes nothing but values from storage, and waits for nothing."""
    assert wrong((path, asked_of_storage(path)) for path in VIEWS) == {}
    waits = ast.AsyncFunctionDef | ast.Await
    assert not [path for path in VIEWS if any(isinstance(n, waits) for n in ast.walk(tree(path)))]


def test_routes_judge_nothing() -> None:
    """A route reads an update and calls a rule: it asks no database, and grades no answer."""
    assert wrong((path, asked_of_storage(path)) for path in ROUTES) == {}
    assert not [path for path in ROUTES if "services.store" in (ROOT / path).read_text("utf-8")]
    assert not [path for path in ROUTES if "content.grading" in dict(imports_of(path))]


def test_sandbox_knows_nothing_of_cases() -> None:
    """The sandbox plays Telegram: of the bot it knows what all stands on, and the web server."""
    known = ("bot.sandbox", "bot.base.", "bot.web.http_server")
    sandbox = [path for path in BOT if path.parts[1] == "sandbox"]
    assert (
        wrong((path, {"content", "storage", "telegram"} & imported(path)) for path in sandbox) == {}
    )
    for path in sandbox:
        own = {module for module, _ in imports_of(path) if module.startswith("bot.")}
        assert not {module for module in own if not module.startswith(known)}, path


def test_architecture_names_what_is_there() -> None:
    """Every module, file and room that these pages name exists."""
    for page in ("ARCHITECTURE.md", "docs/ways.md", "CONTRIBUTING.md"):
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
        "tests.soak.month",
    ],
)
def test_the_long_runs_can_be_loaded(program: str) -> None:
    """What is run by hand alone does not fall behind unseen."""
    importlib.import_module(program)
