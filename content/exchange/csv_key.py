"""Which choices a table's cell calls right: by number from 1, by letter, or by their text."""

import re
from collections.abc import Mapping

_PARTS = re.compile(r"[\s,;]+")
_TEXTS = re.compile(r"[;|\n]|,(?!\d)")
_NUMBER = re.compile(r"0*(\d{1,2})(?:\.0?)?")
_WHOLE, _ZEROS = re.compile(r"0*\d+(?:\.0+)?"), re.compile(r"\A0+(?=\d)|\.0+\Z")
_LETTER = re.compile(r"\(?([A-Za-z])[.)]?")
_NAME = re.compile(r"\b(?:choice|option|answer) ?(?=\d{1,2}\b)", re.IGNORECASE)


class NoKeyError(Exception):
    """Why a cell names no choice."""


class DoubtError(Exception):
    """Why a cell leaves open how all cells of its column are meant."""


def read_key(cell: str, choices: Mapping[int, str]) -> frozenset[int]:
    """The numbers of the right choices.

    ``choices`` are the texts by their numbers, from 1, or from 0 where the table has a choice 0.
    Raises NoKeyError; and DoubtError where the cell can be read in two ways that differ, or where
    it and the choices seem to count from different numbers: then no cell of the column is sure.
    """
    cell = cell.strip()
    if not cell:
        raise NoKeyError("says of no choice that it is correct")
    first = 0 if 0 in choices else 1
    counted, told = _by_place(cell, first), _by_text(cell, choices)
    if counted and min(counted) < first:
        raise DoubtError(
            "has 0 as correct, so the column may count from 0 or from 1; the whole table is"
            " refused: count from 1, or write letters"
        )
    if counted and told and counted != told and counted <= set(choices):
        raise DoubtError(
            f"has “{cell[:40]}” as correct, the place of one choice and the text of another; the"
            " whole table is refused: write “choice 2” where the second choice is meant"
        )
    if told and not (counted and counted <= set(choices)):
        return told
    if counted is None:
        raise NoKeyError(
            f"has “{cell[:40]}” as correct, which is no choice's number, letter or text"
        )
    strays = sorted(counted.difference(choices))
    if strays and first == 0:
        raise DoubtError(
            f"has {strays[0]} as correct, so the column may count from 1, though the choices count"
            " from 0; the whole table is refused: let both count from 1"
        )
    if strays:
        raise NoKeyError(f"calls choice {strays[0]} correct, which is empty")
    return counted


def written_key(right: frozenset[int], choices: Mapping[int, str]) -> str:
    """The cell that names these choices, read back as them whatever their texts are."""
    plain = ", ".join(map(str, sorted(right)))
    try:
        sure = not right or read_key(plain, choices) == right
    except (NoKeyError, DoubtError):
        sure = False
    return plain if sure else ", ".join(f"choice {number}" for number in sorted(right))


def _by_place(cell: str, first: int) -> frozenset[int] | None:
    """What numbers or letters say, where there is nothing else."""
    places = [_place(part, first) for part in _PARTS.split(_NAME.sub("", cell)) if part]
    return frozenset(place for place in places if place is not None) if None not in places else None


def _place(part: str, first: int) -> int | None:
    if number := _NUMBER.fullmatch(part):
        return int(number[1])
    letter = _LETTER.fullmatch(part)
    return ord(letter[1].upper()) - ord("A") + first if letter else None


def _by_text(cell: str, choices: Mapping[int, str]) -> frozenset[int] | None:
    """The choice whose text this is, or the choices whose texts it lists."""
    for texts in ([cell], _TEXTS.split(cell)):
        found = [_numbers(text, choices) for text in texts if text.strip()]
        if any(len(numbers) > 1 for numbers in found):
            raise NoKeyError(f"has “{cell[:40]}” as correct, which is the text of two choices")
        if found and all(found):
            return frozenset(numbers[0] for numbers in found)
    return None


def _numbers(text: str, choices: Mapping[int, str]) -> list[int]:
    return [number for number, choice in choices.items() if _folded(choice) == _folded(text)]


def _folded(text: str) -> str:
    """A text without its case and the spaces and zeros that say nothing: 2 is 2.0."""
    plain = " ".join(text.casefold().split())
    return _ZEROS.sub("", plain) if _WHOLE.fullmatch(plain) else plain
