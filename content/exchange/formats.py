"""The formats of other programs: which there are, how each is known, and who reads and writes it.

Each has a module with ``read(data: bytes) -> Reading`` or ``write(items:
Sequence[Item]) -> bytes``, loaded when it is asked for: some need libraries that take their time.
"""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from enum import StrEnum
from importlib import import_module
from pathlib import PurePath

from content.exchange.drafts import Draft, Known
from content.exchange.item import Item, Reading
from content.exchange.names import Ids
from content.exchange.tar_files import is_tar
from content.exchange.text_bytes import decode

Reader = Callable[[bytes], Reading]
Writer = Callable[[Sequence[Item]], bytes]
ArticleReader = Callable[[bytes, Known, Ids], tuple[tuple[Draft, ...], tuple[object, ...]]]

_SNIFFED = 100_000
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
_MOST_CONTROLS = 0.005  # of a text's characters; pictures, PDFs and programs have far more


class Format(StrEnum):
    """What ``import`` reads. An article is no bank of items: it has a reader of its own."""

    GIFT = "gift"
    AIKEN = "aiken"
    MOODLE_XML = "moodle-xml"
    QTI = "qti"
    OLX = "olx"
    H5P = "h5p"
    CSV = "csv"
    XLSX = "xlsx"
    ANKI = "anki"
    DOCX = "docx"
    ARTICLE = "article"


class ExportFormat(StrEnum):
    """What ``export`` writes."""

    GIFT = "gift"
    AIKEN = "aiken"
    MOODLE_XML = "moodle-xml"
    QTI = "qti"
    CSV = "csv"
    XLSX = "xlsx"
    ANKI = "anki"


_MODULES = {
    "gift": "content.exchange.gift",
    "aiken": "content.exchange.aiken",
    "moodle-xml": "content.exchange.moodle_xml",
    "qti": "content.exchange.qti",
    "olx": "content.exchange.olx",
    "h5p": "content.exchange.h5p",
    "csv": "content.exchange.csv_table",
    "xlsx": "content.exchange.xlsx",
    "anki": "content.exchange.anki",
    "docx": "content.exchange.docx",
}
_ARTICLE = "content.exchange.article"
_ENDINGS = {
    ".gift": Format.GIFT,
    ".aiken": Format.AIKEN,
    ".qti": Format.QTI,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".xls": Format.XLSX,
    ".doc": Format.DOCX,
}
_PACKED = (
    (Format.XLSX, re.compile(r"xl/workbook\.(?:xml|bin)", re.IGNORECASE)),
    (Format.DOCX, re.compile(r"word/document\d*\.xml", re.IGNORECASE)),
    (Format.ANKI, re.compile(r"collection\.anki2(?:1b?)?")),
    (Format.H5P, re.compile(r"h5p\.json")),
    (Format.OLX, re.compile(r"(?:.*/)?(?:course|library)\.xml|(?:.*/)?problem/[^/]+\.xml")),
)
"""What a zip is by the path of a file in it; by none of these it is a package of QTI."""
_MOST_ENTRIES = 100_000
_ENTRY = b"PK\x01\x02"  # begins each entry of a zip's directory
_SIGNS = (
    (Format.MOODLE_XML, re.compile(r"<quiz[\s>]")),
    (
        Format.QTI,
        re.compile(
            r"<(?:\w+:)?(?:assessmentItem|qti-assessment-item|manifest|questestinterop)[\s>]"
        ),
    ),
    (
        Format.OLX,
        re.compile(
            r"(?s)\A(?>\s|<\?.*?\?>|<!--.*?-->)*"
            r"<(?:problem|vertical|sequential|chapter|course|library)[\s>]"
        ),
    ),
    (
        Format.CSV,
        re.compile(
            r"(?im)\A(?:sep=.\n)?(?=.*\b(?:stem|question)\b)(?=.*\b(?:correct|answer|cop)\b).*[,;\t]"
        ),
    ),
    (Format.GIFT, re.compile(r"(?<!\\)\{[^{}]*(?<!\\)[~=]")),
    (
        Format.AIKEN,
        re.compile(r"(?im)^\s*(?:CORRECT\s+)?ANS(?:WER)?\s*:\s*\(?[A-Z](?:[.)].*)?\s*$"),
    ),
)


def reader(form: Format) -> Reader:
    """The reader of a format; an article has one of its own."""
    read: Reader = import_module(_MODULES[form]).read
    return read


def article_reader() -> ArticleReader:
    """Makes the draft of an article, and tells what was left out of it."""
    read: ArticleReader = import_module(f"{_ARTICLE}.importing").article_drafts
    return read


def writer(form: ExportFormat) -> Writer:
    """The writer of a format."""
    write: Writer = import_module(_MODULES[form]).write
    return write


def guess(name: str, data: bytes) -> Format | None:
    """The format of a file, from its name's ending or else from what it holds."""
    if data.startswith(b"PK"):
        return _packed(data)
    if is_tar(data):
        return Format.OLX
    if form := _ENDINGS.get(PurePath(name).suffix.lower()):
        return form
    text = decode(data[:_SNIFFED]).text.lstrip()
    if len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text):
        return None
    if form := next((form for form, sign in _SIGNS if sign.search(text)), None):
        return form
    return Format.ARTICLE if import_module(f"{_ARTICLE}.recognition").is_article(text) else None


def _packed(data: bytes) -> Format:
    paths: list[str] = []
    if data.count(_ENTRY) <= _MOST_ENTRIES:
        try:
            paths = zipfile.ZipFile(io.BytesIO(data)).namelist()
        except Exception:  # noqa: BLE001 (zipfile raises many kinds; a reader says what is wrong)
            paths = []
    found = (form for form, sign in _PACKED if any(map(sign.fullmatch, paths)))
    return next(found, Format.QTI)
