"""What things are called: one name means one thing, and a length of time says its unit."""

import ast
from collections import Counter
from pathlib import Path

from tests.test_architecture import BOT, tree


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
