"""Anki packages, opened again as Anki does."""

import json
import sqlite3
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from content.exchange.anki import package, write
from content.exchange.item import Item, ItemChoice, Picture

ITEM = Item(
    stem="A woman of **81** fainted.\n\nWhat is it?",
    choices=(
        ItemChoice("Heart block", True, "No P wave is *conducted*."),
        ItemChoice("A <fib> [sound:x.mp3]", False),
    ),
    name="slow-pulse",
    feedback="See [this](https://x.org/?a=1&b=2).",
    tags=("heart block", "ecg"),
    category="Cardiology/Rhythm",
    pictures=(Picture("strip.PNG", b"\x89PNG", 'A "strip"'),),
)


def opened(data: bytes, tmp_path: Path) -> dict[str, Any]:
    """The notes, decks and media of a package."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    path = tmp_path / "collection.anki2"
    path.write_bytes(files["collection.anki2"])
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute(
            "SELECT guid, flds, tags, mid, mod FROM notes ORDER BY id"
        ).fetchall()
        cards = connection.execute("SELECT did FROM cards ORDER BY id").fetchall()
        decks, models = connection.execute("SELECT decks, models FROM col").fetchone()
    finally:
        connection.close()
    names = {int(key): deck["name"] for key, deck in json.loads(decks).items()}
    return {
        "rows": rows,
        "fields": [row[1].split("\x1f") for row in rows],
        "decks": [names[did] for (did,) in cards],
        "models": json.loads(models),
        "media": {name: files[key] for key, name in json.loads(files["media"]).items()},
    }


def test_a_card_holds_the_question_and_behind_it_the_answer(tmp_path: Path) -> None:
    """Stem, picture and choices in front; what is right, the whys and the feedback behind."""
    anki = opened(package([ITEM], 1_700_000_000), tmp_path)
    ((name, question, choices, answer, discussion),) = anki["fields"]
    ((media_name, media),) = anki["media"].items()
    assert name == "slow-pulse"
    assert question == (
        "<p>A woman of <strong>81</strong> fainted.</p><p>What is it?</p>"
        f'<p><img src="{media_name}" alt="A &quot;strip&quot;"></p>'
    )
    assert media == b"\x89PNG"
    assert media_name.endswith(".png")
    assert choices.count("<li>○") == 2
    assert "&lt;fib&gt; &#91;sound:x.mp3]" in choices
    assert '<li class="right">✅ <p>Heart block</p>' in answer
    assert "No P wave is <em>conducted</em>." in answer
    assert "<li>❌ <p>A &lt;fib&gt;" in answer
    assert discussion == '<p>See <a href="https://x.org/?a=1&amp;b=2">this</a>.</p>'
    assert anki["decks"] == ["Morning Report::Cardiology::Rhythm"]
    assert anki["rows"][0][2].split() == ["heart-block", "ecg"]
    (template,) = anki["models"][str(anki["rows"][0][3])]["tmpls"]
    assert "Name" not in template["qfmt"] + template["afmt"]


def test_a_note_keeps_its_identity_when_its_item_is_mended(tmp_path: Path) -> None:
    """The name tells notes apart, whatever changes in them; two of one name stay two."""
    mended = replace(ITEM, stem="Mended", multiple=True, category="")
    before = opened(package([ITEM], 1_700_000_000), tmp_path)
    after = opened(package([mended, mended, replace(ITEM, name="")], 1_700_000_100), tmp_path)
    guids = [row[0] for row in after["rows"]]
    assert guids[0] == before["rows"][0][0]
    assert len(set(guids)) == 3
    assert {row[3] for row in after["rows"]} == {before["rows"][0][3]}
    assert after["rows"][0][4] > before["rows"][0][4]
    assert after["decks"][0] == "Morning Report"
    assert "☐" in after["fields"][0][2]


def test_equal_items_make_equal_bytes_and_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At one time; and the folder of temporary files is as it was."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert package([ITEM], 5) == package([ITEM], 5)
    assert zipfile.is_zipfile(BytesIO(write([])))
    assert list(tmp_path.iterdir()) == []
    assert tempfile.tempdir == str(tmp_path)
