"""The text of a file that some program wrote somewhere: its encoding found out, its lines tidy."""

import codecs

from msgspec import Struct

_SAMPLE = 400  # bytes that tell UTF-16 without a mark, as old Windows programs write it


class TextFile(Struct, frozen=True):
    """Text with line feeds only and without NUL characters; ``notes`` say what was not in order."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes) -> TextFile:
    """The text of these bytes; never raises.

    UTF-8, or UTF-16 where a byte order mark or every second byte says so. What is neither is read
    as Windows-1252, which older spreadsheets and editors write, with a note.
    """
    text, notes = _utf16(data) or _utf8(data.removeprefix(codecs.BOM_UTF8))
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in lines:
        notes += (f"line {line_at(lines, lines.index(chr(0)))}: NUL characters were left out",)
    return TextFile(lines.replace("\0", ""), notes)


def line_at(text: str, position: int) -> int:
    """The line, from 1, in which this character stands."""
    return text.count("\n", 0, position) + 1


def _utf16(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    start = data[:_SAMPLE]
    if data.startswith(codecs.BOM_UTF16_LE) or _mostly_nul(start[1::2]) > _mostly_nul(start[::2]):
        encoding = "utf-16-le"
    elif data.startswith(codecs.BOM_UTF16_BE) or _mostly_nul(start[::2]) > _mostly_nul(start[1::2]):
        encoding = "utf-16-be"
    else:
        return None
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    if "\ufffd" not in text:
        return text, ()
    line = line_at(text, text.index("\ufffd"))
    return text, (f"line {line}: damaged UTF-16; what could not be read is \ufffd",)


def _mostly_nul(data: bytes) -> bool:
    return data.count(0) > 0.7 * len(data)


def _utf8(data: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        note = f"line {line}: not UTF-8, so the file was read as Windows-1252; look at its accents"
    try:
        return data.decode("cp1252"), (note,)
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252; Latin-1 has a control character for each.
        return data.decode("latin-1"), (note,)
