"""Commands that take a while, and that Ctrl-C and SIGTERM end cleanly."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import typer

from bot.commands.program import errors
from storage.errors import StorageError


@contextmanager
def interruptible(said: str) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the command with 0 after its tidying up; ``said`` tells how it is."""
    told = False

    def end(_number: int, _frame: FrameType | None) -> None:
        nonlocal told
        told = True
        raise KeyboardInterrupt

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except (KeyboardInterrupt, StorageError):
        # Heard in the midst of a query, it ends that one as an error of the database.
        if not told:
            raise
        errors.print(said)
        raise typer.Exit from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
