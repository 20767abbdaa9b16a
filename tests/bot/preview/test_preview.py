"""The parts of a preview: finding the case, where to look for changes, what the notes say."""

from datetime import date
from pathlib import Path

import pytest

from bot.base.listen_address import ListenAddress
from bot.demo.run_demo import for_play
from bot.preview.panel import Held, Shown, Stuck, notes
from bot.preview.preview_chats import right_answer, wrong_answer
from bot.preview.source import NoSuchCaseError, Version, checked, files_of, find_case
from bot.settings import Secret, Settings
from content.library import SHIPPED
from content.loader import read_case
from tests.content.samples import question, write_case
from tests.content.variants import NAMES, write_varied

NOON = 43_200_000


def version(path: Path) -> Version:
    """A file as it is."""
    return checked(read_case(path), date(2026, 1, 1))


def test_a_case_is_a_path_or_an_id(tmp_path: Path) -> None:
    """A path wins; an id is looked up in the folders, the shipped cases first."""
    own = write_case(tmp_path / "own-lumps.yaml")
    write_case(tmp_path / "calcinosis-cutis.yaml")
    folders = (SHIPPED, tmp_path)
    assert find_case(str(own), folders) == own
    assert find_case("Own-Lumps", folders) == own
    assert find_case("calcinosis-cutis", folders) == SHIPPED / "calcinosis-cutis.yaml"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("calcinosis-cutes", "did you mean calcinosis-cutis?"),
        ("zzz", "there is neither a file nor a case named zzz; give the path of its file"),
        ("nowhere/lumps.yaml", "there is no file nowhere/lumps.yaml"),
        ("../cases", "there is no file ../cases"),
        (str(SHIPPED), "is a folder; name one case file in it"),
    ],
)
def test_what_is_no_case_is_said(wanted: str, said: str) -> None:
    """With what to give instead."""
    with pytest.raises(NoSuchCaseError, match=said.replace("?", r"\?")):
        find_case(wanted, [SHIPPED])


def test_changes_are_looked_for_in_the_case_and_its_figures(tmp_path: Path) -> None:
    """Also while the case is broken, and never outside its own folder."""
    figures = [{"file": name} for name in ("a/1.png", "a/2.png", "b.png", "../c/3.png", "\0/x")]
    file = read_case(write_case(tmp_path / "lumps.yaml", figures=figures))
    assert file.case is None
    assert files_of(file) == (
        file.path,
        *(tmp_path / name for name in ("a/1.png", "a/2.png", "b.png")),
    )


def test_notes_say_what_is_shown_and_what_is_wrong(tmp_path: Path) -> None:
    """The gravest first, each with file, line, code and message; the tone is that of the worst."""
    path = write_case(tmp_path / "lumps.yaml", vignette="A woman has hard lumps [3].")
    people = {"Your try": 1, "Right answer": 2}
    found = notes(version(path), Shown(NOON), people)
    assert (found["title"], found["tone"]) == ("lumps.yaml", "error")
    assert found["text"].startswith("Shown as saved at ")
    assert "1 error, " in found["text"]
    assert found["shortcuts"] == [
        {"text": "Your try", "person": 1},
        {"text": "Right answer", "person": 2},
    ]
    assert found["remarks"][0] == {
        "tone": "error",
        "place": "lumps.yaml:1",
        "label": "reference-missing",
        "text": "[3] is cited, but there are no references",
    }
    tones = [remark["tone"] for remark in found["remarks"]]
    assert tones == sorted(tones, key=["error", "warning", "note"].index)


def test_notes_say_why_a_version_is_not_shown(tmp_path: Path) -> None:
    """Whether there is an earlier one to see, and what Telegram would refuse."""
    broken = tmp_path / "lumps.yaml"
    broken.write_text("id: [")
    first = notes(version(broken), Held(None), {})
    later = notes(version(broken), Held(NOON), {})
    assert first["text"] == "Nothing to show yet: mend the errors and save. 1 error."
    assert later["text"].startswith("This version has errors; you see that of ")
    assert {first["tone"], later["tone"]} == {"error"}
    stuck = notes(version(write_case(broken)), Stuck("Telegram would refuse sendPoll: no"), {})
    assert stuck["tone"] == "error"
    assert stuck["remarks"][0]["text"] == "Telegram would refuse sendPoll: no"


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [((1,), [1], [0]), ((0,), [0], [1]), ((0, 1), [0, 1], [2]), ((0, 1, 3), [0, 1, 3], [2])],
)
def test_one_answers_right_and_one_wrong(
    key: tuple[int, ...], right: list[int], wrong: list[int]
) -> None:
    """Of several right choices the one who is right takes all, the other none."""
    assert right_answer(question(key)) == right
    assert wrong_answer(question(key)) == wrong


def test_what_is_set_for_telegram_is_not_played_with(tmp_path: Path) -> None:
    """A bot in a sandbox of its own keeps off the real one's database, webhook and port."""
    real = Settings(
        token=Secret("1:real"),
        webhook="https://bot.example.org/hook",
        listen=ListenAddress("0.0.0.0", 8443),
        database=tmp_path / "real.db",
    )
    played = for_play(real, "http://127.0.0.1:8081", tmp_path / "played.db")
    assert (played.webhook, played.listen) == (None, None)
    assert played.database == tmp_path / "played.db"
    assert played.bot_token() != real.bot_token()


def test_the_figures_of_questions_and_variants_count_as_well(tmp_path: Path) -> None:
    """Each of them is looked for."""
    file = read_case(write_varied(tmp_path))
    assert {path.stem for path in files_of(file)} == {"hard-lumps", *NAMES}
