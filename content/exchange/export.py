"""Items written for another program, and what that program's format has no place for."""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from content.exchange.formats import ExportFormat, Format, Reader, Writer, reader, writer
from content.exchange.item import Item, Skipped
from content.exchange.stems import one_line
from content.markup import parse


class Export(Struct, frozen=True):
    """A file's bytes, how many items it holds, and what was left out of it.

    ``lost`` counts by what the format has no place for the items that had it.
    """

    data: bytes
    items: int
    skipped: tuple[Skipped, ...]
    lost: Counter[str]


def export(form: ExportFormat, items: Sequence[Item]) -> Export:
    """Write the items. What is lost is found by reading each again as the format's reader does."""
    write = writer(form)
    read = reader(Format(form))
    kept: list[Item] = []
    skipped: list[Skipped] = []
    lost: Counter[str] = Counter()
    data = write(items)
    backs = read(data).items
    if list(map(_asked, backs)) == list(map(_asked, items)):
        # As a rule: then none of them need be written and read by itself.
        for asked, read_back in zip(items, backs, strict=True):
            lost.update(_lost(asked, read_back))
        return Export(data, len(items), (), lost)
    for number, item in enumerate(items, start=1):
        back = _read_back(item, read, write)
        if isinstance(back, str):
            skipped.append(Skipped(f"question {number}", item.origin or item.name, back))
        else:
            kept.append(item)
            lost.update(_lost(item, back))
    return Export(write(kept), len(kept), tuple(skipped), lost)


def _read_back(item: Item, read: Reader, write: Writer) -> Item | str:
    """The item as it comes back, or why the format cannot hold it."""
    reading = read(write([item]))
    if reading.skipped and not reading.items:
        return reading.skipped[0].reason
    if len(reading.items) != 1 or _asked(reading.items[0]) != _asked(item):
        return "what it says cannot be written in this format"
    return reading.items[0]


def _asked(item: Item) -> object:
    """What must not be lost: the words, the key, and whether all right answers are asked for."""
    choices = [(one_line(choice.text), choice.correct) for choice in item.choices]
    return one_line(item.stem), choices, item.multiple


def _lost(item: Item, back: Item) -> Iterator[str]:
    texts = [(item.stem, back.stem)]
    texts += [(a.text, b.text) for a, b in zip(item.choices, back.choices, strict=True)]
    if any(parse(before) != parse(after) for before, after in texts):
        yield "paragraphs and formatting"
    feedback = [item.feedback, *(choice.feedback for choice in item.choices)]
    kept = [back.feedback, *(choice.feedback for choice in back.choices)]
    if list(map(one_line, feedback)) != list(map(one_line, kept)):
        yield "feedback"
    if [picture.data for picture in item.pictures] != [picture.data for picture in back.pictures]:
        yield "pictures"
    if item.shuffle != back.shuffle:
        yield "the order of choices"
    for field in ("name", "tags", "category"):
        if getattr(item, field) != getattr(back, field):
            yield {"name": "names"}.get(field, field)
