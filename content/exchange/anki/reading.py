"""Notes that hold a question, its choices and which are right in fields of their own, as items.

There are three kinds: what ``writing`` makes; the note type ``AllInOne (kprim, mc, sc)`` of
an add-on for multiple choice; and any type whose fields are named as the columns of a table.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from content.exchange.anki.collection import CollectionError, Note, NoteType, read_collection
from content.exchange.anki.fields import Texts, field_line
from content.exchange.anki.media import Media
from content.exchange.anki.writing import DECK, FIELDS
from content.exchange.archive import Archive, ArchiveError
from content.exchange.csv_columns import Header
from content.exchange.item import Item, ItemChoice, Reading, Skipped
from content.exchange.item_names import called
from content.exchange.stems import one_line
from content.exchange.table import Row, Table, read_rows

_MOST_FILES = 200_000  # decks with as many pictures are handed around
_MOST_FIELDS = 200  # of a note type
_OUR_CHOICE = re.compile(r"<li(?:\s+class=\"right\")?>\s*(✅|❌)\s*")
_OUR_BOX = re.compile(r"<li>\s*([☐○])")
_WHY = '<div class="why">'
_TYPE_FIELD = re.compile(r"qtype\b.*", re.IGNORECASE)
_CHOICE_FIELD = re.compile(r"q_(\d{1,2})", re.IGNORECASE)
_ASIDES = ("extra 1", "sources")


class _LeftOutError(Exception):
    """Why a note is no question here."""


def read(data: bytes) -> Reading:
    """The questions of a package."""
    try:
        archive = Archive(data, _MOST_FILES)
        collection = read_collection(archive)
    except (ArchiveError, CollectionError) as error:
        return Reading(skipped=(Skipped("", "", str(error)),))
    package = _Package(Media(archive))
    kinds: defaultdict[int, list[Note]] = defaultdict(list)
    for note in collection.notes:
        kinds[note.kind].append(note)
    for kind, notes in kinds.items():
        package.read(collection.types.get(kind, NoteType("", ())), notes)
    if collection.trouble:
        place = f"note {len(collection.notes)}"
        package.skipped.append(Skipped(place, "", collection.trouble))
    if not (package.items or package.skipped):
        package.skipped.append(Skipped("", "", "the package holds no notes"))
    return Reading(tuple(package.items), tuple(package.skipped), tuple(package.notes))


class _Package(Struct):
    """What was read so far of a package's notes."""

    media: Media
    items: list[Item] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self, kind: NoteType, notes: Sequence[Note]) -> None:
        """Take all notes of one type."""
        names = [name.casefold() for name in kind.fields]
        if kind.fields == FIELDS:
            self._read_each(kind, notes, _ours)
        elif _is_all_in_one(names):
            self._read_each(kind, notes, _all_in_one)
        elif len(kind.fields) <= _MOST_FIELDS and not Header.of(kind.fields).fault():
            self._read_table(kind, notes)
        else:
            count = "1 note" if len(notes) == 1 else f"{len(notes):,} notes"
            reason = f"{count} of this type, which has no fields for choices and which are right"
            if not kind.name:
                reason = f"{count} of a type that the package does not describe"
            self.skipped.append(Skipped("", kind.name[:80], reason))

    def _read_each(
        self,
        kind: NoteType,
        notes: Sequence[Note],
        read_note: Callable[[Mapping[str, str], Texts], Item],
    ) -> None:
        for note in notes:
            texts = Texts()
            fields = dict.fromkeys(kind.fields, "")
            fields |= dict(zip(kind.fields, note.fields, strict=False))
            try:
                item = read_note(fields, texts)
            except _LeftOutError as why:
                name = field_line(note.fields[0][:500])[:60]
                self.skipped.append(Skipped(f"note {note.number}", name, str(why)))
            else:
                self._add(item, note, texts)

    def _read_table(self, kind: NoteType, notes: Sequence[Note]) -> None:
        """Notes as the rows of a table, whose header are the names of their fields."""
        texts = {note.number: Texts() for note in notes}
        columns = Header.of(kind.fields).columns
        rows = (Row(note.number, _cells(note, texts[note.number], columns)) for note in notes)
        table = Table(
            lambda number: f"note {number}" if number else f"note type “{kind.name[:60]}”"
        )
        reading = read_rows(_under(kind.fields, rows), table)
        by_number = {note.number: note for note in notes}
        self.skipped += reading.skipped
        self.notes += reading.notes
        for item in reading.items:
            self._add(item, by_number[item.line], texts[item.line])

    def _add(self, item: Item, note: Note, texts: Texts) -> None:
        pictures = texts.pictures(self.media.find)
        self.items.append(
            replace(
                item,
                pictures=pictures.found,
                tags=item.tags or note.tags,
                category=item.category or _category(note.deck),
                line=0,
            )
        )
        told = [*(f"{loss} was left out" for loss in texts.lost), *pictures.missing]
        self.notes += (f"note {note.number}: {each}" for each in told)


def _is_all_in_one(names: Sequence[str]) -> bool:
    known = {"question", "answers", "q_1"} <= {*names} and any(map(_TYPE_FIELD.match, names))
    return known and len(names) <= _MOST_FIELDS


def _under(names: Sequence[str], rows: Iterator[Row]) -> Iterator[Row]:
    yield Row(0, names)
    yield from rows


def _category(deck: str) -> str:
    parts = deck.split("::")
    return "/".join(parts[1:] if parts[0] in {DECK, "Default"} else parts)


def _cells(note: Note, texts: Texts, columns: Sequence[str]) -> list[str]:
    """The fields as a table's cells; the key, unless it is a choice's text, without its looks."""
    read = [
        texts(text, stem=name == "stem") for name, text in zip(columns, note.fields, strict=False)
    ]
    choices = {
        text for name, text in zip(columns, read, strict=False) if name.startswith("choice ")
    }
    return [
        one_line(text) if name == "correct" and text not in choices else text
        for name, text in zip(columns, read, strict=False)
    ]


def _ours(fields: Mapping[str, str], texts: Texts) -> Item:
    """A note that was written here; whether its choices have an order is not in it."""
    stem = texts(fields["Question"], stem=True)
    _, *pieces = _OUR_CHOICE.split(fields["Answer"])
    choices = tuple(
        ItemChoice(texts(text), mark == "✅", texts(why))
        for mark, piece in zip(pieces[::2], pieces[1::2], strict=True)
        for text, _, why in [piece.partition(_WHY)]
    )
    boxes = _OUR_BOX.findall(fields["Choices"])
    if not choices or len(boxes) != len(choices):
        raise _LeftOutError("has other choices in front than behind")
    item = Item(stem, choices, feedback=texts(fields["Discussion"]), multiple="☐" in boxes)
    name = field_line(fields["Name"])
    return replace(item, name="" if name == called(item) else name)


def _all_in_one(fields: Mapping[str, str], texts: Texts) -> Item:
    """A note of the add-on: the type 1 or 2, and for each choice 1 where it is right, else 0."""
    by_name = {name.casefold(): text for name, text in fields.items()}
    kind = next(field_line(text) for name, text in by_name.items() if _TYPE_FIELD.match(name))
    if kind == "0":
        raise _LeftOutError("is a kprim question, each choice of which is right or wrong by itself")
    if kind not in {"1", "2"}:
        raise _LeftOutError(f"has “{kind[:40]}” as QType, which must be 1 or 2")
    marks = field_line(by_name["answers"]).split()
    numbered = {
        int(found[1]): texts(text)
        for name, text in by_name.items()
        if (found := _CHOICE_FIELD.fullmatch(name))
    }
    numbers = [number for number, text in sorted(numbered.items()) if text]
    right = [number for number, mark in enumerate(marks, start=1) if mark == "1"]
    if {*marks} - {"0", "1"} or len(marks) < max(numbers, default=0) or {*right} - {*numbers}:
        raise _LeftOutError("has Answers that are no 0 or 1 for each of its choices")
    if kind == "2" and len(right) != 1:
        raise _LeftOutError(f"asks for a single choice, and has {len(right)} right ones")
    asides = filter(None, (texts(by_name.get(name, "")) for name in _ASIDES))
    return Item(
        texts(by_name["question"], stem=True),
        tuple(ItemChoice(numbered[number], number in right) for number in numbers),
        name=field_line(by_name.get("title", "")),
        multiple=kind == "1",
        feedback="\n\n".join(asides),
    )
