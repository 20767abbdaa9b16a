"""What all commands share: the program they belong to, and how it speaks."""

import typer
from rich.console import Console
from rich.markup import escape

app = typer.Typer(
    help="A Telegram bot for case-based medical learning.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
console = Console()
errors = Console(stderr=True)


class UserError(Exception):
    """What a user can mend; the message says what is wrong, where, and what to do."""


def complain(about: object) -> None:
    """Print an error as one line, which a terminal wraps and a pipe does not."""
    errors.print(
        f"[bold red]Error:[/bold red] {escape(str(about))}", highlight=False, soft_wrap=True
    )


def wrong_use(about: object) -> typer.Exit:
    """The exit of a command that was used wrongly, after saying how."""
    complain(about)
    return typer.Exit(2)
