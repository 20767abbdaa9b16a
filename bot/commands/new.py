"""Beginning a case: a few questions, or options, and the file is there to go on with."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer
from msgspec.structs import replace
from rich.text import Text

from bot.commands.terminal import UserError, app, complain, console, wrong_use
from content import saving
from content.exchange.names import slug
from content.fields import MAX_CHOICES
from content.loader import read_case
from content.model import Level
from content.new_case import Said, faults, new_case
from content.schema import SCHEMA_FILE
from content.yaml_text import writable


@app.command()
def new(  # noqa: PLR0913 - the options of a command
    case_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Names the file; made from the title.")
    ] = None,
    *,
    title: Annotated[str, typer.Option(help="Shown first: without the diagnosis.")] = "",
    topic: Annotated[list[str] | None, typer.Option(help="As chest-pain; repeatable.")] = None,
    level: Annotated[Level | None, typer.Option(help="Whom it is for.")] = None,
    vignette: Annotated[str, typer.Option(help="The story.")] = "",
    prompt: Annotated[str, typer.Option(help="The question.")] = "",
    choice: Annotated[list[str] | None, typer.Option(help="Repeatable: 2 to 12.")] = None,
    correct: Annotated[
        list[int] | None, typer.Option(help="The number of a right choice, from 1; repeatable.")
    ] = None,
    key_point: Annotated[str, typer.Option(help="What to remember.")] = "",
    author: Annotated[list[str] | None, typer.Option(help="Who writes it; repeatable.")] = None,
    licence: Annotated[str, typer.Option(help="Of the text, as CC-BY-4.0.")] = "",
    to: Annotated[Path, typer.Option(help="The folder for the file.")] = Path(),
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Begin a case: asks what no option says, and writes a file with advice in its comments."""
    said = Said(
        id=case_id or "",
        title=title,
        topics=tuple(topic or ()),
        level=level.value if level else "",
        vignette=vignette,
        prompt=prompt,
        choices=tuple(choice or ()),
        correct=tuple(correct or ()),
        key_point=key_point,
        authors=tuple(author or ()),
        licence=licence,
    )
    if wrong := faults(said):
        raise wrong_use("; ".join(wrong))
    if no_input:
        said = replace(said, id=said.id or slug(said.title))
        if not said.id:
            raise wrong_use("name the case: give an ID or a --title")
    if said.id and not force and _path(to, said.id).exists():
        raise UserError(_in_the_way(_path(to, said.id)))
    if not no_input:
        with _interruptible():
            said = _interview(said, to, force=force)
    _write(said, to, force=force)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C and Ctrl-D end the questions, and nothing is written."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        console.print("\nNothing was written.")
        raise typer.Exit from None
    except EOFError:
        console.print()
        raise UserError("the answers ended before the questions, so nothing was written") from None
    finally:
        signal.signal(signal.SIGINT, before)


def _interview(said: Said, to: Path, *, force: bool) -> Said:
    """Ask for what is not said yet, in the order of the file."""
    console.print("A few questions make a case. [bold]Enter[/bold] leaves one for your editor.")
    if not said.title:
        said = _ask(said, "Title, without the diagnosis", lambda so, text: replace(so, title=text))
    if not said.id:
        said = replace(said, id=_ask_id(slug(said.title), to, force=force))
    if not said.topics:
        said = _ask(said, "Topics, as rheumatology, chest pain", _topics)
    if not said.level:
        said = _ask(said, f"Level: {', '.join(Level)}", lambda so, text: replace(so, level=text))
    if not said.vignette:
        said = _ask(
            said,
            "Vignette, the story in one paragraph",
            lambda so, text: replace(so, vignette=text),
        )
    if not said.prompt:
        said = _ask(said, "Question", lambda so, text: replace(so, prompt=text))
    if not said.choices:
        said = _ask_choices(said)
    if said.choices and not said.correct:
        said = _ask(said, "Numbers of the right ones", _correct)
    if not said.key_point:
        question = "Key point, what to remember"
        said = _ask(said, question, lambda so, text: replace(so, key_point=text))
    if not said.authors:
        said = _ask(said, "Author", lambda so, text: replace(so, authors=(text,)))
    if not said.licence:
        said = _ask(said, "Licence, as CC-BY-4.0", lambda so, text: replace(so, licence=text))
    return said


def _ask(said: Said, question: str, take: Callable[[Said, str], Said]) -> Said:
    """What is said with the answer, asked for again where no case can say so.

    Nothing is added where the answer is nothing. Raises KeyboardInterrupt and EOFError.
    """
    while answer := writable(console.input(Text(f"{question}: ", "bold"))):
        try:
            answered = take(said, answer)
        except ValueError:
            complain("give numbers, such as 2 or 1, 3")
            continue
        if not (wrong := faults(answered)):
            return answered
        complain("; ".join(wrong))
    return said


def _ask_id(made: str, to: Path, *, force: bool) -> str:
    """An id whose file is free; nothing answered stands for the one made from the title."""
    question = "Id, never shown to learners" + (f" (Enter: {made})" if made else "")
    while True:
        case_id = _ask(Said(), question, lambda so, text: replace(so, id=text)).id or made
        if not case_id:
            complain("a case needs an id, which names its file; the diagnosis will do")
        elif _path(to, case_id).exists() and not force:
            complain(_in_the_way(_path(to, case_id)))
        else:
            return case_id


def _ask_choices(said: Said) -> Said:
    """Choices, until one is left out: that ends them."""
    while (number := len(said.choices) + 1) <= MAX_CHOICES:
        ends = " (Enter: no more)" if number > 2 else ""
        question = f"Choice {number}{ends}"
        answered = _ask(said, question, lambda so, text: replace(so, choices=(*so.choices, text)))
        if answered == said:
            break
        said = answered
    return said


def _topics(said: Said, answer: str) -> Said:
    topics = ("-".join(topic.lower().split()) for topic in answer.split(","))
    return replace(said, topics=tuple(filter(None, topics)))


def _correct(said: Said, answer: str) -> Said:
    return replace(said, correct=tuple(map(int, answer.replace(",", " ").split())))


def _path(to: Path, case_id: str) -> Path:
    return to / f"{case_id}.yaml"


def _in_the_way(path: Path) -> str:
    return f"{path} is there already; --force overwrites it"


def _write(said: Said, to: Path, *, force: bool) -> None:
    """Write the file, and say what is left to do."""
    path = _path(to, said.id)
    schema = to / SCHEMA_FILE.name
    beside = "" if schema.exists() else f", and beside it {schema.name}, with which editors check"
    try:
        (saving.replace if force else saving.create)(path, new_case(said).encode())
        saving.save_schema(to)
    except OSError as error:
        if isinstance(error, FileExistsError):
            raise UserError(_in_the_way(path)) from None
        raise UserError(f"{path} cannot be written: {error.strerror}") from error
    typer.echo(f"{path} is written{beside}.")
    if left := read_case(path).problems:
        typer.echo("Left to fill in:")
        for problem in left:
            typer.echo(f"    line {problem.line}: {problem.message}")
    typer.echo("Then check it, and see it as a learner does:")
    typer.echo(f"    morning-report check {quote(str(path))}")
    typer.echo(f"    morning-report preview {quote(str(path))}")
