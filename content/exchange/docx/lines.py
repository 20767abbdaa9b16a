"""A document's text in lines, each with its looks and the pictures that stand in it."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

import mammoth  # type: ignore[import-untyped]  # it ships no types
from msgspec import Struct

from content.exchange.docx.package import DocumentError, bounded
from content.exchange.html_reading import Image, read_html
from content.exchange.markdown_text import inline
from content.markup import Run, parse

_OPEN, _CLOSE, _HEADING = "\ue000", "\ue001", "\ue002"  # private characters; no text has them
_PRIVATE = re.compile("[\ue000-\ue002]")
_IMG = re.compile(r"<img\b[^>]*\bsrc=\"(\d+)\"[^>]*>")
_BOX = re.compile(r"<input\b[^>]*\btype=\"checkbox\"[^>]*>")
_NOTES = re.compile(r"<ol><li id=\"(?:foot|end)note-.*\Z", re.DOTALL)
_SHOWN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_PICTURE = ".png"
_MOST_BYTES = 200_000_000  # of all pictures: a document may show one of them again and again
_BULLET = re.compile(r"\s*[•◦] ")
_ALT = re.compile(r"\balt=\"([^\"]*)\"")
_MARKS = re.compile(f"{_OPEN}\\d+{_CLOSE}|[{_OPEN}{_CLOSE}{_HEADING}]")


class Line(Struct, frozen=True):
    """A line of text. ``bullet``: it is an item of a list that has no numbers."""

    runs: tuple[Run, ...]
    images: tuple[Image, ...] = ()
    heading: bool = False
    bullet: bool = False

    @property
    def text(self) -> str:
        """What is seen of it."""
        return "".join(run.text for run in self.runs).strip()

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(run.bold for run in self.runs if run.text.strip())

    def markdown(self) -> str:
        """Its text with its looks."""
        return inline(self.runs)

    def without(self, length: int, *, plain: bool = False) -> "Line":
        """The line without its first characters; ``plain``: without bold too."""
        runs: list[Run] = []
        for run in self.runs:
            cut = min(length, len(run.text))
            length -= cut
            if run.text[cut:]:
                runs.append(Run(run.text[cut:], run.bold and not plain, run.italic, run.href))
        return Line(tuple(runs), self.images, self.heading, self.bullet)


class Document(Struct, frozen=True):
    """A document's lines and its text as Markdown, its pictures, and what was left out of it.

    An image's address is its picture's place.
    """

    lines: tuple[Line, ...]
    markdown: str
    pictures: tuple[bytes, ...]
    notes: tuple[str, ...]

    def find(self, address: str) -> bytes | None:
        """The picture at an image's address; none where it lies outside of the document."""
        return self.pictures[int(address.removesuffix(_PICTURE))] or None


def read_document(data: bytes) -> Document:
    """Read a document. Raises DocumentError."""
    package = bounded(data)
    pictures: list[bytes] = []
    room = [_MOST_BYTES]

    def keep(image: Any) -> dict[str, str]:
        try:
            with image.open() as file:
                pictures.append(file.read() if room[0] > 0 else b"")
                room[0] -= len(pictures[-1])
        except Exception:  # noqa: BLE001 (what is not there is told of as any missing picture)
            pictures.append(b"")
        return {"src": str(len(pictures) - 1)}

    try:
        html: str = mammoth.convert_to_html(
            io.BytesIO(package.data),
            convert_image=mammoth.images.img_element(keep),
            transform_document=mammoth.transforms.paragraph(_unnumbered),
            include_embedded_style_map=False,
        ).value
    except Exception as error:
        said = " ".join(str(error).split())[:80] or type(error).__name__
        raise DocumentError(f"this document cannot be read ({said})") from error
    html, footnotes = _NOTES.subn("", _PRIVATE.sub("", html))
    images = [_image(found) for found in _IMG.finditer(html)]
    marked = _BOX.sub(_ticked, _IMG.sub(rf"{_OPEN}\1{_CLOSE}", html))
    text = read_html(re.sub("<h([1-6])>", rf"<h\1>{_HEADING}", marked))
    notes = [*package.notes, *(f"{loss} was left out" for loss in text.lost)]
    if footnotes:
        notes.append("footnotes and endnotes were left out")
    shown = {image.src: image for image in images}
    lines = tuple(line for paragraph in parse(text.markdown) for line in _lines(paragraph, shown))
    markdown = _MARKS.sub("", text.markdown)
    return Document(lines, markdown, tuple(pictures), tuple(notes))


def _unnumbered(paragraph: Any) -> Any:
    """A paragraph whose number stands in its text by now is no item of a list."""
    if paragraph.numbering is not None and paragraph.numbering.is_ordered:
        return paragraph.copy(numbering=None)
    return paragraph


def _ticked(box: re.Match[str]) -> str:
    """A tick box of a form, as a character."""
    return "☒" if "checked=" in box[0] else "☐"


def _image(found: re.Match[str]) -> Image:
    alt = _ALT.search(found[0])
    return Image(f"{found[1]}{_PICTURE}", unescape(alt[1]) if alt else "")


def _lines(paragraph: Sequence[Run], shown: Mapping[str, Image]) -> Iterator[Line]:
    """The lines of a paragraph, which its breaks part."""
    runs: list[Run] = []
    for run in paragraph:
        first, *others = run.text.split("\n")
        runs.append(Run(first, run.bold, run.italic, run.href))
        for text in others:
            yield _line(runs, shown)
            runs = [Run(text, run.bold, run.italic, run.href)]
    yield _line(runs, shown)


def _line(runs: Sequence[Run], shown: Mapping[str, Image]) -> Line:
    text = "".join(run.text for run in runs)
    images = (shown.get(f"{number}{_PICTURE}") for number in _SHOWN.findall(text))
    plain = tuple(Run(_MARKS.sub("", run.text), run.bold, run.italic, run.href) for run in runs)
    line = Line(plain, tuple(filter(None, images)), heading=_HEADING in text)
    bullet = _BULLET.match("".join(run.text for run in plain))
    if bullet is None:
        return line
    bare = line.without(bullet.end())
    return Line(bare.runs, bare.images, bare.heading, bullet=True)
