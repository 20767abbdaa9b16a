"""What is wrong with a table of topics, and where: see ``content.topics``."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from content.phrases import Phrase, phrase
from content.problems import Mark, Problem, bounded, problem_at

_COLUMNS: Final = "topic,specialty,synonyms"
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class _Cell(Struct, frozen=True):
    """A topic, a specialty or a synonym as it is written, with its place."""

    text: str
    mark: Mark


class _Row(Struct, frozen=True):
    """A line of the table."""

    topic: _Cell
    specialty: _Cell
    synonyms: tuple[_Cell, ...]


def table_problems(path: Path) -> tuple[Problem, ...]:
    """All that is wrong with a table of topics, by place. Never raises for what the file holds."""
    try:
        lines = path.read_bytes().decode("utf-8").splitlines()
    except OSError as error:
        message = phrase("the file cannot be read: {reason}", reason=str(error.strerror))
        return (problem_at(path, Mark(), "unreadable", message),)
    except UnicodeDecodeError:
        return (problem_at(path, Mark(), "encoding", phrase("the file is not UTF-8")),)
    if lines[:1] != [_COLUMNS]:
        message = phrase("the first line of a table of topics is {columns}", columns=_COLUMNS)
        return (problem_at(path, Mark(), "topic-table", message),)
    rows, misshapen = _rows(lines[1:])
    found = [*misshapen, *_misspelled(rows), *_unknown(rows), *_ambiguous(rows)]
    return bounded(problem_at(path, mark, code, message) for mark, code, message in found)


_Found = tuple[Mark, str, Phrase]  # with its code


def _rows(lines: Sequence[str]) -> tuple[list[_Row], list[_Found]]:
    rows, misshapen = [], []
    for number, line in enumerate(lines, start=2):
        cells = [_Cell(text, mark) for text, mark in _parts(line, ",", Mark(number))]
        if len(cells) != _COLUMNS.count(",") + 1 or '"' in line:
            message = phrase(
                "a line is {columns}, with semicolons between synonyms and no quotes",
                columns=_COLUMNS,
            )
            misshapen.append((Mark(number), "topic-table", message))
            continue
        topic, specialty, last = cells
        words = _parts(last.text, ";", last.mark) if last.text else ()
        rows.append(_Row(topic, specialty, tuple(_Cell(text, mark) for text, mark in words)))
    return rows, misshapen


def _parts(text: str, separator: str, start: Mark) -> Iterator[tuple[str, Mark]]:
    column = start.column
    for part in text.split(separator):
        yield part, Mark(start.line, column)
        column += len(part) + 1


def _misspelled(rows: Sequence[_Row]) -> Iterator[_Found]:
    """Names that no case can have, and synonyms that nobody can write."""
    for row in rows:
        if not _SLUG.fullmatch(row.topic.text):
            message = phrase(
                "“{topic}” is no topic: kebab-case, such as travel-medicine", topic=row.topic.text
            )
            yield row.topic.mark, "topic-table", message
        for word in row.synonyms:
            if not word.text or word.text != word.text.strip():
                message = phrase("“{word}” is empty or has spaces around it", word=word.text)
                yield word.mark, "topic-table", message


def _unknown(rows: Sequence[_Row]) -> Iterator[_Found]:
    """Specialties that are no topic of the table, or belong to another one."""
    specialties = {row.topic.text for row in rows if not row.specialty.text}
    for row in rows:
        if row.specialty.text and row.specialty.text not in specialties:
            message = phrase(
                "“{specialty}” is no specialty: a topic here that has none itself",
                specialty=row.specialty.text,
            )
            yield row.specialty.mark, "unknown-specialty", message


def _ambiguous(rows: Sequence[_Row]) -> Iterator[_Found]:
    """Topics named twice, and synonyms that lead to two topics or are the name of one."""
    named = [(row.topic, "topic-table") for row in rows]
    named += [(word, "ambiguous-synonym") for row in rows for word in row.synonyms if word.text]
    met: dict[str, Mark] = {}
    for cell, code in named:
        name = cell.text.casefold().replace("-", " ").strip()
        before = met.setdefault(name, cell.mark)
        if before is not cell.mark:
            message = phrase(
                "“{word}” stands in line {n} already, and can mean one topic",
                word=cell.text,
                n=before.line,
            )
            yield cell.mark, code, message
