"""The command line: each module of ``bot.commands`` holds one command."""

from bot.commands import (
    answers,
    backup,
    check,
    demo,
    doctor,
    export_cases,
    import_cases,
    new,
    preview,
    restore,
    run,
    sandbox,
    schema,
    wipe,
)
from bot.commands.terminal import main

__all__ = [
    "answers",
    "backup",
    "check",
    "demo",
    "doctor",
    "export_cases",
    "import_cases",
    "main",
    "new",
    "preview",
    "restore",
    "run",
    "sandbox",
    "schema",
    "wipe",
]
