"""Figures by content, and Telegram's names for them."""

from pathlib import Path

from storage.facts import FigureKept
from storage.figures import StoredFigure
from storage.settlements import Sent
from storage.store import Store
from tests.storage.samples import NOW, record, text


async def test_figures_are_kept_by_content(store: Store) -> None:
    """Bytes come out as they went in, under their hash; what is not there is left out."""
    await record(store, FigureKept("a", b"\x00\xff"), FigureKept("b", b""))
    assert await store.figures.get(["a", "b", "c"]) == {
        "a": StoredFigure("a", b"\x00\xff", None),
        "b": StoredFigure("b", b"", None),
    }
    assert await store.figures.get([]) == {}
    assert await store.figures.kept(["c", "b"]) == {"b"}


async def test_names_are_learned_from_what_was_sent(store: Store, path: Path) -> None:
    """After an upload the name is known, also after a restart, until Telegram forgets it."""
    await record(store, FigureKept("a", b"a"), FigureKept("b", b"b"), owed=(text(),))
    await store.outbox.settle([Sent(1, 11, file_ids={"a": "file-a", "unknown": "file"})])
    await record(store, FigureKept("a", b"a"))
    await store.close()
    again = await Store.open(path, NOW)
    known = await again.figures.get(["a", "b"])
    await again.figures.forget_file_id("a")
    after = await again.figures.get(["a"])
    await again.close()
    assert {name: figure.file_id for name, figure in known.items()} == {"a": "file-a", "b": None}
    assert after == {"a": StoredFigure("a", b"a", None)}
