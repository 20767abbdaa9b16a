"""What of a document's package mammoth is given: bounded, without macros and what lies outside."""

import io
import re
import zipfile
from collections import Counter

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from msgspec import Struct

from content.exchange.archive import Archive, ArchiveError
from content.exchange.docx.numbering import Element, Numbering, local, tostring

_KEPT = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|word/(?:[^/]+\.xml|_rels/[^/]+\.rels|media/.+)",
    re.IGNORECASE | re.DOTALL,
)
_DOCUMENT = re.compile(r"word/document\d*\.xml", re.IGNORECASE)
_MOST_TAGS = 200_000  # of all parts; a book of 200 pages has as many
_NOTED = {
    "ins": "what tracked changes insert is in, what they delete is out",
    "del": "what tracked changes insert is in, what they delete is out",
    "commentReference": "comments were left out",
    "txbxContent": "text boxes were read behind the paragraphs that hold them; look where they are",
    "oMath": "formulas were left out",
    "chart": "charts were left out",
    "object": "embedded objects were left out",
}


class DocumentError(Exception):
    """Why no document can be read from these bytes."""


class Package(Struct, frozen=True):
    """A package for mammoth, and sentences on what of the document is not in it."""

    data: bytes
    notes: tuple[str, ...]


def bounded(data: bytes) -> Package:
    """The parts that hold text and pictures, with the numbers of lists in the text.

    Raises DocumentError.
    """
    try:
        archive = Archive(data)
        parts = {path: archive.read(path) for path in archive.paths if _KEPT.fullmatch(path)}
    except ArchiveError as error:
        raise DocumentError(str(error)) from error
    trees = {
        path: _tree(path, part)
        for path, part in parts.items()
        if path.casefold().endswith((".xml", ".rels"))
    }
    document = next((path for path in trees if _DOCUMENT.fullmatch(path)), None)
    if document is None:
        raise DocumentError("holds no document of Word")
    if sum(1 for tree in trees.values() for _ in tree.iter()) > _MOST_TAGS:
        raise DocumentError("is too large; split it")
    named = {path.casefold().rpartition("/")[2]: tree for path, tree in trees.items()}
    Numbering(named.get("numbering.xml"), named.get("styles.xml")).write_into(trees[document])
    parts[document] = tostring(trees[document])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as package:
        for path, part in parts.items():
            package.writestr(path, part)
    found = Counter(local(node) for node in trees[document].iter())
    return Package(made.getvalue(), tuple(dict.fromkeys(_NOTED[x] for x in _NOTED if found[x])))


def _tree(path: str, part: bytes) -> Element:
    if part.count(b"<") > 2 * _MOST_TAGS:
        raise DocumentError("is too large; split it")
    try:
        tree: Element = fromstring(part, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise DocumentError(f"its part {path} cannot be read ({str(error)[:80]})") from error
    return tree
