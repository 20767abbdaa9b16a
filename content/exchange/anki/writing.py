"""Anki packages (.apkg), made by genanki: the question in front, the answer with its whys behind.

A note is known by a hash of where its item comes from, so that a newer package mends the cards
that a learner has and keeps what Anki remembers of them.
"""

import hashlib
import re
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from io import BytesIO
from pathlib import Path

import genanki  # type: ignore[import-untyped]  # it ships no types

from content.exchange.html_text import to_html
from content.exchange.item import Item, ItemChoice, Picture
from content.exchange.item_names import called
from content.exchange.zip_files import packed

DECK = "Morning Report"
_ID_RANGE = 1 << 30  # genanki's advice: ids between 2^30 and 2^31
_MODEL_ID = 1_747_312_806  # made once; Anki knows our kind of note by it
FIELDS = ("Name", "Question", "Choices", "Answer", "Discussion")
_FRONT = "{{Question}}{{Choices}}"
_BACK = '{{Question}}<hr id="answer">{{Answer}}{{Discussion}}'
_CSS = """\
.card { font-family: sans-serif; font-size: 18px; line-height: 1.4; text-align: left; }
.card img { max-width: 100%; height: auto; }
.choices { list-style: none; padding-left: 0; }
.choices > li { margin: 0.6em 0; }
.choices p { margin: 0.2em 0; }
.choices p:first-of-type { display: inline; }
.right > p { font-weight: bold; }
.why { margin-left: 1.6em; font-size: 90%; }
"""
# What Anki would make a sound, LaTeX or speech of wherever it stands in a field.
_MARKUP = re.compile(r"\[(?=sound:|/?latex|\$|/\$|anki:)|\{(?=\{)|\\(?=[(\[])", re.IGNORECASE)
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def write(items: Sequence[Item]) -> bytes:
    """A package of these items as of now: Anki takes the newer of two notes."""
    return package(items, int(time.time()))


def package(items: Sequence[Item], seconds: int) -> bytes:
    """A package as of a Unix time; equal items and times give equal bytes.

    A deck for each category lies in the deck ``Morning Report``.
    """
    decks: dict[str, genanki.Deck] = {}
    pictures = {_media_name(picture): picture.data for item in items for picture in item.pictures}
    for item, identity in zip(items, _identities(items), strict=True):
        name = "::".join(filter(None, (DECK, *re.split("/+|::", item.category))))
        deck = decks.setdefault(name, genanki.Deck(_stable_id(name), name))
        deck.add_note(_note(item, identity))
    with tempfile.TemporaryDirectory() as folder, _temporary_files_in(folder):
        paths = [Path(folder, name) for name in sorted(pictures)]
        for path in paths:
            path.write_bytes(pictures[path.name])
        made = BytesIO()
        anki = genanki.Package(list(decks.values()) or [genanki.Deck(_stable_id(DECK), DECK)])
        anki.media_files = [str(path) for path in paths]
        anki.write_to_file(made, timestamp=seconds)
    with zipfile.ZipFile(made) as archive:
        return packed((name, archive.read(name)) for name in archive.namelist())


@contextmanager
def _temporary_files_in(folder: str) -> Iterator[None]:
    """genanki leaves its database behind where temporary files lie; there it goes with the rest."""
    before, tempfile.tempdir = tempfile.tempdir, folder
    try:
        yield
    finally:
        tempfile.tempdir = before


def _identities(items: Sequence[Item]) -> Iterator[str]:
    """The origin, else the name or the stem; items that share one are numbered."""
    seen: Counter[str] = Counter()
    for item in items:
        own = item.origin or item.name or item.stem
        seen[own] += 1
        yield own if seen[own] == 1 else f"{own} #{seen[own]}"


def _stable_id(name: str) -> int:
    digest = hashlib.sha256(name.encode()).digest()
    return _ID_RANGE + int.from_bytes(digest[:8]) % _ID_RANGE


def _model() -> genanki.Model:
    return genanki.Model(
        _MODEL_ID,
        DECK,
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Question", "qfmt": _FRONT, "afmt": _BACK}],
        css=_CSS,
    )


def _note(item: Item, identity: str) -> genanki.Note:
    guid = genanki.guid_for(DECK, identity)
    box = "☐" if item.multiple else "○"
    shown = "".join(_figure(picture) for picture in item.pictures)
    asked = _list(f"<li>{box} {_html(choice.text)}</li>" for choice in item.choices)
    answered = _list(map(_answered, item.choices))
    fields = [escape(called(item)), _html(item.stem) + shown, asked, answered, _html(item.feedback)]
    tags = dict.fromkeys("-".join(tag.split()) for tag in item.tags)
    return genanki.Note(_model(), fields, guid=guid, tags=list(tags))


def _answered(choice: ItemChoice) -> str:
    why = f'<div class="why">{_html(choice.feedback)}</div>' if choice.feedback else ""
    mark = '<li class="right">✅' if choice.correct else "<li>❌"
    return f"{mark} {_html(choice.text)}{why}</li>"


def _list(entries: Iterator[str]) -> str:
    return f'<ul class="choices">{"".join(entries)}</ul>'


def _html(markdown: str) -> str:
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", to_html(markdown))


def _figure(picture: Picture) -> str:
    return f'<p><img src="{_media_name(picture)}" alt="{escape(picture.alt)}"></p>'


def _media_name(picture: Picture) -> str:
    """Anki keeps all decks' media in one folder: the name is the picture's own."""
    suffix = _SUFFIX.search(picture.name)
    digest = hashlib.sha256(picture.data).hexdigest()
    return f"morning-report-{digest[:20]}{suffix[0].lower() if suffix else ''}"
