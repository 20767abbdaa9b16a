"""Every recorded answer, for those who study how a cohort learns."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TextIO

import typer

from bot.commands.backup import existing_database
from bot.commands.ending import ended_by_signals
from bot.commands.terminal import UserError, app, errors
from bot.operations.answers_export import Form, plainly, pseudonyms, rows, write
from bot.operations.findings import counted
from bot.settings import read_settings
from storage.errors import ForeignDatabaseError, StorageError
from storage.inspection import identify
from storage.recorded_answers import AnswerFilter, open_records

_DAYS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]


@app.command()
def answers(  # noqa: PLR0913 - the options of a command
    *,
    form: Annotated[Form, typer.Option("--format", help="How to write them.")] = Form.CSV,
    to: Annotated[
        Path | None, typer.Option(help="The file to write; the output if not given.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=_DAYS, help="Given then (UTC) or later.")
    ] = None,
    until: Annotated[datetime | None, typer.Option(formats=_DAYS, help="Given before.")] = None,
    case: Annotated[str | None, typer.Option(metavar="ID", help="To this case alone.")] = None,
    with_ids: Annotated[
        bool, typer.Option("--with-ids", help="Telegram's ids in place of pseudonyms.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file that is there already.")
    ] = False,
) -> None:
    """Write out every recorded answer, a row each; docs/answers.md describes the columns.

    A workbook (--format xlsx) also says what the answers say of each question.
    """
    settings = read_settings()
    database = existing_database(settings)
    wanted = AnswerFilter(_milliseconds(since), _milliseconds(until), case)
    if to is not None and to.exists() and not force:
        raise UserError(f"{to} is there already; --force overwrites it")
    if form is Form.XLSX and to is None:
        raise UserError("A workbook is no text: --to FILE says where to write it")
    with ended_by_signals():
        try:
            identify(database)
            with open_records(database) as records:
                name = plainly if with_ids else pseudonyms(records.pseudonym_key())
                found = rows(records, wanted, name)
                if form is Form.XLSX and to is not None:
                    # Who writes text does not wait for openpyxl and numpy.
                    from bot.operations.answers_workbook import write_workbook  # noqa: PLC0415

                    with _whole(to) as part:
                        number = write_workbook(database, records, found, wanted.case_id, part)
                else:
                    with _output(to) as file:
                        number = write(found, form, file)
        except (StorageError, ForeignDatabaseError) as error:
            raise UserError(f"The answers in {database} cannot be read: {error}") from error
        except BrokenPipeError:
            # Whoever read the output has seen enough. Python would complain once more at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return
        except OSError as error:
            raise UserError(f"{to or 'the output'} cannot be written: {error.strerror}") from error
    if to is not None:
        errors.print(f"{counted(number, 'answer')} in {to}", highlight=False, soft_wrap=True)


def _milliseconds(moment: datetime | None) -> int | None:
    return None if moment is None else round(moment.replace(tzinfo=UTC).timestamp() * 1000)


@contextmanager
def _output(path: Path | None) -> Iterator[TextIO]:
    """Where to write text."""
    if path is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    with _whole(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        yield file


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Where to write a file that then stands under its name, for its owner alone."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
