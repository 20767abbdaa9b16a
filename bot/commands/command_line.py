"""The command line: each module of ``bot.commands`` holds one command."""

import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Final

from bot.commands import terminal

MODULES: Final = {
    **{name: name for name in ("demo", "run", "sandbox", "new", "preview", "check", "schema")},
    **{name: name for name in ("doctor", "backup", "restore", "answers", "wipe")},
    "import": "import_cases",
    "export": "export_cases",
}
"""The module of each command."""


def load(commands: Iterable[str] = MODULES) -> None:
    """Bring in commands: importing a module adds its own."""
    for command in commands:
        import_module(f"bot.commands.{MODULES[command]}")


def main() -> None:
    """Run the command that is named first, and without the weight of the others."""
    load(MODULES.keys() & sys.argv[1:2] or MODULES)
    terminal.main()
