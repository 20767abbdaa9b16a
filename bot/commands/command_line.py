"""The command line: ``bot.commands`` holds the commands, each module those of one kind."""

from bot.commands import (
    answers,
    check,
    doctor,
    exchanging,
    keeping,
    new,
    preview,
    running,
    serving,
)
from bot.commands.terminal import main

__all__ = [
    "answers",
    "check",
    "doctor",
    "exchanging",
    "keeping",
    "main",
    "new",
    "preview",
    "running",
    "serving",
]
