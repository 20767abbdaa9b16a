"""What things are called: one name means one thing, and a length of time says its unit."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from tests.test_architecture import BOT, MODULES, ROOT, tree


def classes(paths: list[Path]) -> list[str]:
    """The names of all classes but those that are their module's own: ``_Parser``."""
    nodes = (node for path in paths for node in ast.walk(tree(path)))
    found = [node.name for node in nodes if isinstance(node, ast.ClassDef)]
    return [name for name in found if not name.startswith("_")]


def twice(names: list[str]) -> set[str]:
    """What is in there more than once."""
    return {name for name, many in Counter(names).items() if many > 1}


def test_no_two_modules_of_the_bot_have_one_name() -> None:
    """A name said or searched for means one module."""
    assert twice([path.stem for path in BOT if not path.stem.startswith("__")]) <= {"views"}


def test_no_two_classes_of_the_bot_have_one_name() -> None:
    """So does a class's.

    The sandbox stands apart: it plays Telegram, in Telegram's words, and no rule sees its classes.
    """
    sandbox = [path for path in BOT if path.parts[1] == "sandbox"]
    assert twice(classes([path for path in BOT if path not in sandbox])) == set()
    assert twice(classes(sandbox)) == set()


UNIT = re.compile(r"(the system's |real |clock |of the clock )?(seconds?|ms|milliseconds)\b")
SAYS_ITS_UNIT = re.compile(r"_(S|MS|MINUTES|HOURS|DAYS)$")


def constants(path: Path) -> Iterator[tuple[str, ast.expr, str]]:
    """A module's constants that stand by themselves: name, value, and what is said of it."""
    lines = (ROOT / path).read_text("utf-8").splitlines()
    body = tree(path).body
    for node, after in zip_longest(body, body[1:]):
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        said = lines[(node.end_lineno or 0) - 1].partition("  # ")[2]
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            said = str(after.value.value)
        if isinstance(target, ast.Name) and target.id.isupper():
            yield target.id, node.value, said


def test_lengths_of_time_say_their_unit() -> None:
    """A constant that is said to be seconds or ms, or is so many DAY_MS, has its unit in its name.

    Figures of medicine apart, whose seconds are an ECG's.
    """
    paths = [path for path in MODULES if path.parts[0] != "content"]
    paths += [path.relative_to(ROOT) for path in (ROOT / "tests").rglob("*.py")]
    lengths = {
        f"{path}: {name}"
        for path in paths
        for name, value, said in constants(path)
        if is_number(value) and (UNIT.match(said.lower()) or is_so_many_ms(value))
    }
    assert {one for one in lengths if not SAYS_ITS_UNIT.search(one)} == set()


def is_number(value: ast.expr) -> bool:
    """Whether it is one, or reckoned from some."""
    return isinstance(value, ast.BinOp) or (
        isinstance(value, ast.Constant) and isinstance(value.value, int | float)
    )


def is_so_many_ms(value: ast.expr) -> bool:
    """``3 * DAY_MS``; what is added to a moment is another moment."""
    sides = (value.left, value.right) if isinstance(value, ast.BinOp) else ()
    is_product = isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult)
    return is_product and any(isinstance(one, ast.Name) and one.id[-3:] == "_MS" for one in sides)
