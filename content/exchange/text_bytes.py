"""The text of a file that some program wrote somewhere: its encoding found out, its lines tidy."""

import codecs
import re

from msgspec import Struct

_SAMPLE = 400  # bytes that tell UTF-16 without a mark, as old Windows programs write it
# Long words of bytes beyond ASCII, which no language in Latin letters has.
_FOREIGN = re.compile(rb"[\x80-\xff]{4,}")
_ENOUGH_FOREIGN = 40  # bytes that tell one code page from another
_LOOKED_AT = 100_000
_CODE_PAGES = [
    *("cp1251", "koi8_u", "cp866", "iso8859_5", "cp1253", "iso8859_7", "cp1256", "iso8859_6"),
    *("cp1255", "cp874", "gb18030", "cp932", "cp949"),
]


class TextFile(Struct, frozen=True):
    """Text with line feeds only and without NUL characters; ``notes`` say what was not in order."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes) -> TextFile:
    """The text of these bytes; never raises.

    UTF-8, or UTF-16 where a byte order mark or every second byte says so. What is neither is read
    as the code page that its long words beyond ASCII speak for, and else as Windows-1252, which
    older spreadsheets and editors write; both with a note.
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
    if page := _code_page(data):
        note = f"line {line}: not UTF-8, so the file was read as {page}; look at its letters"
        return data.decode(page, "replace"), (note,)
    note = f"line {line}: not UTF-8, so the file was read as Windows-1252; look at its accents"
    try:
        return data.decode("cp1252"), (note,)
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252; Latin-1 has a control character for each.
        return data.decode("latin-1"), (note,)


def _code_page(data: bytes) -> str | None:
    """The code page of a text in other letters than Latin ones, if there is enough of it."""
    first = _FOREIGN.search(data)
    if first is None:
        return None
    start = data.rfind(b"\n", 0, first.start()) + 1
    looked_at = data[start : start + _LOOKED_AT]
    if len(looked_at) == _LOOKED_AT:
        looked_at = looked_at[: looked_at.rfind(b"\n") + 1] or looked_at
    if sum(len(word) for word in _FOREIGN.findall(looked_at)) < _ENOUGH_FOREIGN:
        return None
    from charset_normalizer import from_bytes  # noqa: PLC0415 (it takes its time; few files need it)

    found = from_bytes(looked_at, cp_isolation=_CODE_PAGES).best()
    return found.encoding if found else None
