"""Figures by content, and Telegram's names for them."""

from pathlib import Path

from content.metadata import stripped
from storage.case_facts import FigureKept
from storage.database import Database
from storage.figures import StoredFigure
from storage.migrations import migrate
from storage.settlements import Sent
from storage.store import Store
from tests.storage.samples import NOW, on_disk, record, text
from tests.support.pictures import JPEGS, saved, scene, tells


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


def lies_there(path: Path) -> bool:
    """Whether the file tells what a picture told beside its pixels."""
    return tells(path.read_bytes())


async def test_what_an_earlier_version_kept_beside_pixels_goes(path: Path) -> None:
    """Each keeps its name, here and at Telegram; what was left out is then wiped from the disk."""
    telling, bare = JPEGS["EXIF"](), saved(scene(), "JPEG")
    kept = {"telling": telling, "bare": bare, "none at all": b"no picture"}
    database = await Database.open(path)
    await migrate(database, NOW, upto=6)
    async with database.transaction() as transaction:
        for name, content in kept.items():
            await transaction.execute(
                "INSERT INTO figures VALUES (?, ?, 'file ' || ?)", (name, content, name)
            )
    await database.close()
    store = await Store.open(path, NOW)
    found = await store.figures.get(kept)
    assert await store.wipe(NOW)
    await store.close()
    assert found == {
        name: StoredFigure(name, stripped(content).data, f"file {name}")
        for name, content in kept.items()
    }
    assert (tells(found["telling"].content), lies_there(path)) == (False, False)


async def test_where_no_figure_told_anything_nothing_is_to_be_wiped(path: Path) -> None:
    """Nor is the file written anew for it."""
    database = await Database.open(path)
    await migrate(database, NOW, upto=11)
    async with database.transaction() as transaction:
        picture = saved(scene(), "JPEG")
        await transaction.execute("INSERT INTO figures VALUES ('bare', ?, NULL)", (picture,))
    await database.close()
    await (await Store.open(path, NOW)).close()
    assert on_disk(path, "SELECT count(*) FROM erasures") == [(0,)]
