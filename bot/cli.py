"""The command line: ``bot.commands`` holds the commands, each module those of one kind."""

from bot.commands import (
    answering,
    checking,
    examining,
    exchanging,
    keeping,
    previewing,
    running,
    serving,
    writing,
)
from bot.commands.program import main

__all__ = [
    "answering",
    "checking",
    "examining",
    "exchanging",
    "keeping",
    "main",
    "previewing",
    "running",
    "serving",
    "writing",
]
