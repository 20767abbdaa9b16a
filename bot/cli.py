"""The command line: ``bot.commands`` holds the commands, each module those of one kind."""

import sys

from bot.app import BotError
from bot.commands import (
    answering,
    checking,
    examining,
    exchanging,
    keeping,
    previewing,
    serving,
    writing,
)
from bot.commands.program import UserError, app, complain
from bot.sandbox.server import SandboxError
from bot.settings import SettingsError

__all__ = [
    "answering",
    "checking",
    "examining",
    "exchanging",
    "keeping",
    "main",
    "previewing",
    "serving",
    "writing",
]


def main() -> None:
    """Run the command line; what a user can mend ends in a sentence, not in a traceback."""
    try:
        app()
    except (BotError, SandboxError, SettingsError, UserError) as error:
        complain(error)
        sys.exit(1)
