"""What all commands share: the program they belong to, and how it speaks."""

import errno
import os
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from typer.core import TyperGroup

from bot.base.user_error import UserError

__all__ = [
    "FORCE",
    "PORT",
    "UserError",
    "app",
    "complain",
    "console",
    "end_by",
    "errors",
    "main",
    "printable",
    "tell_of",
    "wrong_use",
]

_ORDER: Final = (
    *("demo", "run", "sandbox"),
    *("new", "preview", "check", "import", "export", "schema"),
    *("doctor", "backup", "restore", "answers"),
)
"""What one meets first comes first: trying it, writing cases, keeping a bot; as in README.md."""


class _Commands(TyperGroup):
    """The commands in an order that means something; that of their modules does not."""

    def list_commands(self, ctx: Any) -> list[str]:
        names = super().list_commands(ctx)
        return sorted(names, key=lambda name: (*_ORDER, name).index(name))


app = typer.Typer(
    cls=_Commands,
    help="A Telegram bot for case-based medical learning.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
console = Console()
errors = Console(stderr=True)
PORT = typer.Option(
    min=0, max=65535, help="The port to listen on, on 127.0.0.1; 0 takes any that is free."
)
FORCE = typer.Option("--force", help="Overwrite files that are there already.")


def _tell_version(wanted: bool) -> None:
    if not wanted:
        return
    try:
        console.print(f"morning-report {version('morning-report')}", highlight=False)
    except PackageNotFoundError:
        raise UserError("only an installed program knows its version: pip install .") from None
    raise typer.Exit


@app.callback()
def _program(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version."),
    ] = False,
) -> None:
    """Commands have names, even where only one is loaded."""


def main() -> None:
    """Run the command line; what a user can mend ends in a sentence, not in a traceback."""
    try:
        app()
    except (UserError, OSError) as error:
        end_by(error)


def complain(about: object) -> None:
    """Print an error as one line, which a terminal wraps and a pipe does not."""
    errors.print(
        f"[bold red]Error:[/bold red] {escape(str(about))}", highlight=False, soft_wrap=True
    )


def end_by(error: UserError | OSError, tell: Callable[[object], object] = complain) -> NoReturn:
    """End in a sentence, with its exit code or 1; what no user can mend is raised as it is."""
    if isinstance(error, UserError):
        tell(error)
        sys.exit(error.exit_code)
    if error.errno in _NO_ROOM:
        where = error.filename or "the output"
        tell(f"{where} cannot be written: {error.strerror}; make room, or write elsewhere")
        # Python would try once more at its end, and complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    elif error.filename is None:
        raise error
    else:
        # Whoever asks whether a file is there may not be let into its folder.
        tell(f"{error.filename}: {error.strerror}; mend the path, or its permissions")
    sys.exit(1)


def wrong_use(about: object) -> typer.Exit:
    """The exit of a command that was used wrongly, after saying how."""
    complain(about)
    return typer.Exit(2)


def tell_of(place: Path, about: object) -> None:
    """A line on what was left out; without signs that would speak to the terminal itself."""
    typer.echo(printable(f"{place}: {about}"), err=True)


def printable(text: str) -> str:
    """The text in one line, without signs that would speak to the terminal itself."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in " ".join(text.split()))
