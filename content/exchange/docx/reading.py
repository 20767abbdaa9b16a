"""A document, by mammoth, as a list of questions or else as an article's text."""

from typing import Final

from msgspec.structs import replace

from content.exchange.article.recognition import is_article
from content.exchange.docx.lines import read_document
from content.exchange.docx.package import DocumentError
from content.exchange.docx.questions import read_questions
from content.exchange.item import Item, Reading, Skipped
from content.exchange.pictures import gather

_OLD = b"\xd0\xcf\x11\xe0"  # begins .doc files, and .docx ones that are locked

LEFT_OUT: Final = "its pictures were left out; save them from the document as the draft's figures"
_MOST_SHOWN = 500_000_000  # bytes: many questions may show a picture, and each case has its own


def document_text(data: bytes) -> str:
    """All that a document says, in Markdown; empty where it cannot be read."""
    try:
        return read_document(data).markdown
    except DocumentError:
        return ""


def document_pictures(data: bytes) -> tuple[bytes, ...]:
    """Those that stand in a document, in their order; none where it cannot be read."""
    try:
        return read_document(data).pictures
    except DocumentError:
        return ()


def read(data: bytes) -> Reading:
    """The questions of a document; or what it says, where that is one article."""
    try:
        if data.startswith(_OLD):
            raise DocumentError("is an old document (.doc) or a locked one; save it as .docx")
        document = read_document(data)
    except DocumentError as error:
        return Reading(skipped=(Skipped("", "", str(error)),))
    asked = read_questions(document.lines)
    if len(asked.items) + len(asked.skipped) < 2 and is_article(document.markdown):
        notes = document.notes
        if document.pictures:
            notes += (LEFT_OUT,)
        return Reading(notes=notes, article=document.markdown, pictures=document.pictures)
    items: list[Item] = []
    missing: list[str] = []
    shown = 0
    for item, images in asked.items:
        pictures = gather(images, document.find if shown <= _MOST_SHOWN else lambda _: None)
        shown += sum(len(picture.data) for picture in pictures.found)
        items.append(replace(item, pictures=pictures.found))
        missing += (f"“{item.stem[:40]}”: {each}" for each in pictures.missing)
    skipped = asked.skipped
    if not (items or skipped):
        skipped = (Skipped("", "", "the document holds no numbered questions with choices A) B)"),)
    notes = (*document.notes, *asked.notes, *missing)
    return Reading(tuple(items), skipped, notes, pictures=document.pictures)
