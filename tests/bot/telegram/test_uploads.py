"""Files in owed calls: by file_id where Telegram knows them, else as bytes, once per use."""

from collections.abc import Callable

import pytest

from bot.telegram.uploads import MissingFigureError, figure_hashes, file_ids, prepare
from storage.figures import StoredFigure
from tests.support.pictures import JPEGS, PNGS, tells

PNG = b"\x89PNG and so on"
NEW = StoredFigure("a" * 64, PNG, None)
KNOWN = StoredFigure("b" * 64, b"\xff\xd8 a photo", "file-b")
FIGURES = {figure.sha256: figure for figure in (NEW, KNOWN)}


def figure(of: StoredFigure) -> dict[str, str]:
    return {"$figure": of.sha256}


def sizes(*names: str) -> list[dict[str, str]]:
    return [{"file_id": name} for name in names]


def test_a_known_figure_goes_by_its_name() -> None:
    """No bytes are sent again."""
    prepared = prepare({"photo": figure(KNOWN), "caption": "c"}, FIGURES)
    assert prepared.params == {"photo": "file-b", "caption": "c"}
    assert prepared.files == {}


def test_a_new_figure_goes_as_a_part() -> None:
    """A file that is a parameter itself is the part of that name."""
    prepared = prepare({"photo": figure(NEW)}, FIGURES)
    assert prepared.params == {}
    assert list(prepared.files) == ["photo"]
    assert prepared.files["photo"].filename == f"{'a' * 16}.png"
    assert prepared.files["photo"].input_file_content == PNG


@pytest.mark.parametrize("make", [*JPEGS.values(), *PNGS.values()])
def test_what_an_earlier_version_kept_goes_bare(make: Callable[[], bytes]) -> None:
    """It kept figures as their files were, with all that stood beside the pixels."""
    old = StoredFigure("c" * 64, make(), None)
    sent = prepare({"photo": figure(old)}, {old.sha256: old}).files["photo"].input_file_content
    assert isinstance(sent, bytes)
    assert not tells(sent)


def test_figures_inside_parameters_are_referred_to() -> None:
    """In an album each figure keeps its place, whether by name or as bytes."""
    album = [{"type": "photo", "media": figure(one)} for one in (NEW, KNOWN)]
    prepared = prepare({"media": album}, FIGURES)
    assert prepared.params == {
        "media": [
            {"type": "photo", "media": "attach://file0"},
            {"type": "photo", "media": "file-b"},
        ]
    }
    assert list(prepared.files) == ["file0"]
    result = [{"photo": sizes("small", "large-a")}, {"photo": sizes("large-b")}]
    assert file_ids(prepared, result) == {NEW.sha256: "large-a"}


def test_a_polls_figure_is_remembered() -> None:
    """The largest size's file_id is that of the figure."""
    prepared = prepare({"media": {"type": "photo", "media": figure(NEW)}}, FIGURES)
    result = {"poll": {"id": "1", "media": {"photo": sizes("small", "large")}}}
    assert file_ids(prepared, result) == {NEW.sha256: "large"}


@pytest.mark.parametrize("result", [True, None, {}, {"photo": []}, {"poll": None}, []])
def test_a_result_without_photos_teaches_nothing(result: object) -> None:
    """Whatever Telegram answers, nothing wrong is remembered."""
    assert file_ids(prepare({"photo": figure(NEW)}, FIGURES), result) == {}


def test_a_document_is_made_of_its_text() -> None:
    """Such as a person's own data."""
    document = {"$file": {"name": "data.json", "content": "{}"}}
    prepared = prepare({"document": document}, {})
    assert prepared.files["document"].filename == "data.json"
    assert prepared.files["document"].input_file_content == b"{}"


def test_missing_bytes_are_an_error() -> None:
    """The call can never be made."""
    with pytest.raises(MissingFigureError):
        prepare({"photo": {"$figure": "c" * 64}}, FIGURES)


def test_figures_are_found_in_order() -> None:
    """However deep they lie."""
    params = {"a": [{"media": figure(KNOWN)}, {"media": {"x": figure(NEW)}}], "b": "text"}
    assert list(figure_hashes(params)) == [KNOWN.sha256, NEW.sha256]


def test_a_figure_with_a_name_goes_as_a_file() -> None:
    """By its bytes also where Telegram knows it as a photo, which is no document."""
    prepared = prepare({"document": {**figure(KNOWN), "name": "lumps-1.png"}}, FIGURES)
    sent = prepared.files["document"]
    assert (sent.filename, sent.input_file_content) == ("lumps-1.png", KNOWN.content)
    assert prepared.figures == []
    with pytest.raises(MissingFigureError):
        prepare({"document": {"$figure": "c" * 64, "name": "lumps-1.png"}}, FIGURES)
