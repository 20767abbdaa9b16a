"""What a picture's file says beside its pixels reaches nobody: not by an upload, nor a preview."""

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from content.metadata import stripped
from storage.database import Database
from storage.migrations import migrate
from tests.content.samples import write_case
from tests.conversations.preview.test_preview import FIGURE, previewing
from tests.support.bot import running_bot
from tests.support.database import query
from tests.support.pictures import JPEGS, PNGS, saved, scene, tells
from tests.support.sandbox import SandboxClient
from tests.support.seeing import given
from tests.support.trouble import until
from tests.support.wal import wal_of

PLACES = [*(f"JPEG, {place}" for place in JPEGS), *(f"PNG, {place}" for place in PNGS)]


def drawn(place: str) -> bytes:
    """The picture that tells in this place."""
    form, _, where = place.partition(", ")
    return (JPEGS if form == "JPEG" else PNGS)[where]()


def files(value: Any) -> Iterator[tuple[str, int]]:
    """Hash and size of the files in a call's parameters, as the sandbox got them."""
    match value:
        case {"sha256": str(sha256), "size": int(size)}:
            yield sha256, size
        case dict():
            for item in value.values():
                yield from files(item)
        case list():
            for item in value:
                yield from files(item)


async def uploaded(client: SandboxClient) -> set[tuple[str, int]]:
    """Hash and size of every file that the bot has sent."""
    return {found for call in await client.traffic() for found in files(call["params"])}


async def test_an_upload_is_bare(settings: Settings, sandbox: SandboxClient) -> None:
    """What Telegram gets is what the database keeps under its hash, and tells nothing."""
    assert settings.content is not None
    for number, place in enumerate(PLACES):
        (settings.content / f"{number}.img").write_bytes(drawn(place))
        figure = FIGURE | {"file": f"{number}.img"}
        write_case(settings.content / f"c{number}.yaml", id=f"c{number}", figures=[figure])
    bare = saved(scene("RGBA"), "PNG")
    (settings.content / "bare.img").write_bytes(bare)
    write_case(settings.content / "bare.yaml", id="bare", figures=[FIGURE | {"file": "bare.img"}])
    async with running_bot(settings):
        for number, _ in enumerate(PLACES):
            # Each asks for one, since one person is kept to a pace.
            await given(await sandbox.person(f"Ada {number}"), f"/case c{number}")
        await given(await sandbox.person("Bo"), "/case bare")
    database = sqlite3.connect(settings.database)
    kept = dict(database.execute("SELECT sha256, content FROM figures"))
    database.close()
    assert {(sha256, len(content)) for sha256, content in kept.items()} == await uploaded(sandbox)
    assert all(hashlib.sha256(content).hexdigest() == sha256 for sha256, content in kept.items())
    assert not any(map(tells, kept.values()))
    assert bare in kept.values()


async def test_a_picture_that_version_0_1_kept_is_bare_from_the_next_start_on(
    settings: Settings, sandbox: SandboxClient
) -> None:
    """What is owed finds it by the name it had; what it told is nowhere on the disk any more."""
    path, picture = settings.database, drawn("JPEG, EXIF")
    name = hashlib.sha256(picture).hexdigest()
    ada = await sandbox.person("Ada", language_code="en")
    await ada.send("/start")
    database = await Database.open(path)
    await migrate(database, 0, upto=6)
    async with database.transaction() as transaction:
        await transaction.execute("INSERT INTO figures VALUES (?, ?, NULL)", (name, picture))
        await transaction.execute(
            "INSERT INTO outbox (chat_id, method, params, broadcast, owed_at)"
            """ VALUES (?, 'sendPhoto', json_object('photo', json_object('$figure', ?)), 0, 0)""",
            (ada.id, name),
        )
    await database.close()
    assert tells(path.read_bytes())

    async def bare() -> bool:
        return not any(tells(each.read_bytes()) for each in (path, wal_of(path)))

    async with running_bot(settings):
        await ada.wait_for(lambda message: "photo" in message)
        await until(bare)
    shown = stripped(picture).data
    assert query(path, "SELECT sha256, content FROM figures") == [(name, shown)]
    assert await uploaded(sandbox) == {(hashlib.sha256(shown).hexdigest(), len(shown))}


async def test_a_figure_is_shown_as_it_was_read(settings: Settings, sandbox: SandboxClient) -> None:
    """Whatever became of its file since: one is another picture now, one is no more."""
    assert settings.content is not None
    pictures = {"a.png": saved(scene("RGB"), "PNG"), "b.png": saved(scene("L"), "PNG")}
    figures = []
    for name, data in pictures.items():
        (settings.content / name).write_bytes(data)
        figures.append(FIGURE | {"file": name})
    write_case(settings.content / "seen.yaml", id="seen", figures=figures)
    ada = await sandbox.person("Ada")
    async with running_bot(settings):
        await ada.send("/start")
        await ada.wait_for(lambda message: message["from"]["is_bot"])
        (settings.content / "a.png").write_bytes(saved(scene("RGBA"), "PNG"))
        (settings.content / "b.png").unlink()
        await given(ada, "/case seen")
    shown = {(hashlib.sha256(data).hexdigest(), len(data)) for data in pictures.values()}
    assert await uploaded(sandbox) == shown


@pytest.mark.parametrize("place", ["JPEG, EXIF, turned", "PNG, text"])
async def test_a_preview_is_bare(tmp_path: Path, place: str) -> None:
    """It shows what learners will get, and its author is told what lies in the file."""
    path, figure = tmp_path / "hard-lumps.yaml", tmp_path / FIGURE["file"]
    figure.parent.mkdir()
    figure.write_bytes(drawn(place))
    write_case(path, figures=[FIGURE])
    async with previewing(path) as author:
        notes = await author.notes("Shown as saved")
        assert "holds more than its pixels" in str(notes["remarks"])
        assert not tells(str(notes).encode())
        own = await uploaded(author.sandbox)
    ((sha256, size),) = own
    assert size < figure.stat().st_size
    assert sha256 != hashlib.sha256(figure.read_bytes()).hexdigest()
