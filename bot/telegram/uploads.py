"""Files in owed calls: put in when a call is made, and remembered by Telegram's name for them."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field
from telegram import InputFile

from content.metadata import stripped
from storage.figures import StoredFigure


class MissingFigureError(Exception):
    """A call names a figure whose bytes are nowhere to be had."""


class Prepared(Struct):
    """A call's parameters with its files in place.

    ``figures`` holds the SHA-256 of each figure in the order of the parameters, ``uploaded`` those
    of them that go as bytes.
    """

    params: dict[str, Any] = field(default_factory=dict)
    files: dict[str, InputFile] = field(default_factory=dict)
    figures: list[str] = field(default_factory=list)
    uploaded: set[str] = field(default_factory=set)


def figure_hashes(value: Any) -> Iterator[str]:
    """The figures that parameters name, in order."""
    match value:
        case {"$figure": str(sha256)}:
            yield sha256
        case Mapping():
            for item in value.values():
                yield from figure_hashes(item)
        case list():
            for item in value:
                yield from figure_hashes(item)


def prepare(params: Mapping[str, Any], figures: Mapping[str, StoredFigure]) -> Prepared:
    """Put figures and files in. Raises MissingFigureError."""
    prepared = Prepared()
    for name, value in params.items():
        put = _put(value, name, figures, prepared)
        if put is not None:
            prepared.params[name] = put
    return prepared


def _put(value: Any, name: str, figures: Mapping[str, StoredFigure], prepared: Prepared) -> Any:
    match value:
        case {"$figure": str(sha256), "name": str(file_name)}:
            # As a file: Telegram's name for the photo would be taken for no document.
            return _attach(_known(sha256, figures).content, file_name, name, prepared)
        case {"$figure": str(sha256)}:
            figure = _known(sha256, figures)
            prepared.figures.append(sha256)
            if figure.file_id is not None:
                return figure.file_id
            prepared.uploaded.add(sha256)
            # What an earlier version kept may hold more than its pixels.
            content = stripped(figure.content).data
            return _attach(content, _file_name(figure), name, prepared)
        case {"$file": {"name": str(file_name), "content": str() | bytes() as given}}:
            content = given.encode() if isinstance(given, str) else given
            return _attach(content, file_name, name, prepared)
        case Mapping():
            return {key: _put(item, "", figures, prepared) for key, item in value.items()}
        case list():
            return [_put(item, "", figures, prepared) for item in value]
    return value


def _known(sha256: str, figures: Mapping[str, StoredFigure]) -> StoredFigure:
    figure = figures.get(sha256)
    if figure is None:
        raise MissingFigureError(sha256)
    return figure


def _file_name(figure: StoredFigure) -> str:
    ending = "png" if figure.content.startswith(b"\x89PNG") else "jpg"
    return f"{figure.sha256[:16]}.{ending}"


def _attach(content: bytes, file_name: str, name: str, prepared: Prepared) -> str | None:
    """Add a file. One that is a parameter itself is a part of that name; others are referred to."""
    part = name or f"file{len(prepared.files)}"
    prepared.files[part] = InputFile(content, filename=file_name)
    return None if name else f"attach://{part}"


def file_ids(prepared: Prepared, result: Any) -> dict[str, str]:
    """Telegram's names for the figures that were uploaded, as its result shows them."""
    shown = [_largest(message) for message in (result if isinstance(result, list) else [result])]
    return {
        sha256: file_id
        for sha256, file_id in zip(prepared.figures, shown, strict=False)
        if file_id is not None and sha256 in prepared.uploaded
    }


def _largest(message: Any) -> str | None:
    """The file_id of a message's photo, or of its poll's, in its largest size."""
    match message:
        case {"photo": [*_, {"file_id": str(file_id)}]}:
            return file_id
        case {"poll": {"media": {"photo": [*_, {"file_id": str(file_id)}]}}}:
            return file_id
    return None
