"""`import` and `export`, as a person types them."""

import base64
import io
import os
import re
import signal
import zipfile
from pathlib import Path

import pytest

from bot.commands import import_cases
from bot.commands.export_cases import ExportForm
from bot.settings import Settings
from content import saving
from content.exchange.formats import ExportFormat
from content.loader import read_case
from content.signed_digest import signed_digest
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.signature_facts import CaseSigned
from storage.store import Store
from tests.content.samples import write_case
from tests.support.command_line import Run, command_line
from tests.support.pictures import JPEGS, PNGS, tells

FIGURE = {
    "file": "0.img",
    "caption": "The lumps.",
    "alt": "A body with black dots.",
    "creator": "The authors",
    "licence": "CC-BY-4.0",
    "consent": "not-required",
}
WITHOUT_PICTURES = {ExportFormat.GIFT, ExportFormat.AIKEN, ExportFormat.CSV, ExportFormat.XLSX}

GIFT = """\
// [tag:skin]
::Lumps::A woman has lumps.\\n\\nWhat are they? {=Calcium#Hard. ~Fat}

::Essay:: Is fat soft? {}
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in an empty folder without settings: exit code, output, errors."""
    return command_line(tmp_path, monkeypatch, capsys)


def test_a_bank_becomes_drafts_and_what_is_left_out_is_told(run: Run, tmp_path: Path) -> None:
    """The drafts and their schema, what to do next, and each question that was not taken."""
    (tmp_path / "bank.txt").write_text(GIFT, "utf-8")
    code, out, err = run("import", "bank.txt", "--to", "cases", "--fill", "licence=CC0-1.0")
    assert (code, err) == (0, "bank.txt: line 4: “Essay”: is an essay question")
    assert out.splitlines()[0].startswith("1 draft in cases;")
    assert "morning-report check cases" in out
    _, out, _ = run("import", "bank.txt", "--to", "my cases")
    assert "morning-report check 'my cases'" in out
    assert names(Path("cases")) == ["case.schema.json", "lumps.yaml"]
    missing = [
        problem.message.split("`")[1] for problem in read_case(Path("cases/lumps.yaml")).problems
    ]
    assert missing == ["title", "level", "key_point", "authors"]


def test_nothing_is_overwritten_without_force(run: Run, tmp_path: Path) -> None:
    """A draft that its author has begun stays as it is; other drafts of the bank are written."""
    (tmp_path / "bank.gift").write_text(GIFT, "utf-8")
    (tmp_path / "lumps.yaml").write_text("mine", "utf-8")
    assert run("import", "bank.gift", "--to", ".") == (
        1,
        """\
      0  taken
      1  not written: there is one by that name
      1  refused: is an essay question
""",
        "bank.gift: line 4: “Essay”: is an essay question .: 1 draft not written, since there"
        " is one by that name: lumps; take another folder, for --force overwrites"
        " Error: nothing was imported",
    )
    assert (tmp_path / "lumps.yaml").read_text("utf-8") == "mine"
    assert run("import", "bank.gift", "--to", ".", "--force")[0] == 0
    assert "Calcium" in (tmp_path / "lumps.yaml").read_text("utf-8")
    assert names(tmp_path) == ["bank.gift", "case.schema.json", "lumps.yaml"]
    write_case(tmp_path / "hard-lumps.yaml")
    (tmp_path / "out.csv").write_text("mine", "utf-8")
    arguments = ("export", "hard-lumps.yaml", "--format", "csv", "--to", "out.csv")
    assert run(*arguments)[::2] == (1, "Error: out.csv is there already; --force overwrites it")
    assert run(*arguments, "--force")[:2] == (0, "1 question in out.csv\n")


def test_cases_are_exported_by_path_folder_and_id(run: Run, tmp_path: Path) -> None:
    """Broken cases are told of, and what the format has no place for is counted."""
    (tmp_path / "mine").mkdir()
    write_case(tmp_path / "mine" / "hard-lumps.yaml")
    (tmp_path / "mine" / "broken.yaml").write_text("id: broken\n", "utf-8")
    code, out, err = run(
        "export",
        "mine",
        "mine/hard-lumps.yaml",
        "calcinosis-cutis",
        "--format",
        "aiken",
        "--to",
        "out/bank.txt",
    )
    assert (code, out) == (0, "2 questions in out/bank.txt\n")
    assert "mine/broken.yaml: has 7 problems; see: morning-report check" in err
    assert "out/bank.txt: aiken has no place for pictures: left out of 1 question" in err
    assert run("import", "out/bank.txt", "--to", "back")[1].startswith("2 drafts in back;")
    assert run("export", "mine/broken.yaml", "--format", "gift", "--to", "x")[0] == 1
    assert not (tmp_path / "x").exists()


def test_a_folder_that_cannot_be_looked_into_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else its cases would be missing from the file without a word."""
    monkeypatch.setenv("MORNING_REPORT_CONTENT", "gone")
    code, _, err = run("export", "--format", "qti", "--to", "bank.zip")
    assert code == 0
    assert "gone: there is no such folder" in err


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (("import", "nowhere.gift", "--to", "x"), 2, "nowhere.gift does not exist"),
        (("import", ".", "--to", "x"), 2, ". is not a file"),
        (("import", "words.txt", "--to", "x"), 1, "words.txt: its format cannot be told"),
        (("import", "words.txt", "--to", "x", "--format", "gift"), 1, "line 1: has no answers"),
        (("import", "words.txt", "--to", "x", "--fill", "topic=A b"), 2, "topic: 'A b' is not keb"),
        (("import", "words.txt", "--to", "x", "--fill", "license=x"), 2, "did you mean licence?"),
        (("import", "words.txt", "--to", "x", "--fill", "licence"), 2, "'licence' is not key=val"),
        (("import", "words.txt", "--to", "x", "--fill", "level=a"), 2, "level: 'a' is not stud"),
        (("import", "bank.gift", "--to", "words.txt"), 1, "words.txt cannot be written to: Not a"),
        (("import", "entity.xml", "--to", "x"), 1, "entity.xml: the XML defines entities"),
        (("import", "many.gift", "--to", "x"), 1, "more than 1 questions; split it"),
        (("export", "--format", "csv", "--to", "."), 2, ". is a folder; name the file to write"),
        (("export", "--force", "--format", "csv", "--to", "pipe"), 2, "pipe is a pipe or a device"),
        (("export", "circle", "--format", "csv", "--to", "x"), 1, "circle/a.yaml: has 1 problem"),
        (("export", "nothing", "--format", "csv", "--to", "x"), 2, "nothing is neither a file or"),
        (("export", "calcinosis-cutis", "--format", "csv", "--to", "words.txt/x"), 1, "be written"),
    ],
)  # fmt: skip
def test_a_mistake_ends_in_a_sentence(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    expected: str,
) -> None:
    """What is wrong and where; 2 for wrong use, 1 for what the files hold."""
    monkeypatch.setattr(import_cases, "MAX_QUESTIONS", 1)
    (tmp_path / "many.gift").write_text("::A::Why?{=a~b}\n\n::B::Why?{=a~b}\n")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").mkdir()
    (tmp_path / "circle" / "a.yaml").symlink_to("a.yaml")
    (tmp_path / "words.txt").write_text("just \x1b[31mwords", "utf-8")
    (tmp_path / "bank.gift").write_text(GIFT, "utf-8")
    (tmp_path / "entity.xml").write_text('<!DOCTYPE q [<!ENTITY e "">]><quiz>&e;</quiz>', "utf-8")
    ended, _, err = run(*arguments)
    assert (ended, True) == (code, expected in err)
    assert "\x1b" not in err


def test_ctrl_c_leaves_whole_files(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The drafts written so far stay, the one that was being written leaves nothing behind."""
    (tmp_path / "bank.gift").write_text("".join(f"::Q{n}::Why?{{=a~b}}\n\n" for n in range(9)))

    def interrupted(path: Path, data: bytes) -> None:
        with monkeypatch.context() as patch:
            if path.name == "q3.yaml":
                patch.setattr(os, "link", lambda *_: signal.raise_signal(signal.SIGINT))
            saving.create(path, data)

    monkeypatch.setattr(import_cases, "create", interrupted)
    assert run("import", "bank.gift", "--to", "cases") == (0, "", "")
    assert names(Path("cases")) == ["q0.yaml", "q1.yaml", "q2.yaml"]


def test_a_large_bank_ends_in_a_table(run: Run, tmp_path: Path) -> None:
    """What became of how many and why; problems of a kind are one row, and five lines at most."""
    good = "".join(f"::G{n}::A man fell. Why?{{=a~b}}\n\n" for n in range(300))
    weighty = "".join(f"::W{n}::Why?{{~%{n}%a~%{n}%b}}\n\n" for n in range(60, 80))
    (tmp_path / "bank.gift").write_text(good + weighty + GIFT, "utf-8")
    code, out, err = run("import", "bank.gift", "--to", "cases", "--fill", "level=student")
    assert code == 0
    assert (
        out.partition("\n\n")[2]
        == """\
    301  taken
    301  to be completed: `title` is missing from the case
    301  to be completed: `authors` is missing from the case
    301  to be completed: `licence` is missing from the case
    301  to be completed: the last question needs a `key_point`
    300  to be completed: `topics` is missing from the case
     20  refused: its answers give N% together and not 100%, so which are right is in doubt
      1  refused: is an essay question
"""
    )
    assert err.count("bank.gift: line ") == 6
    assert "... and 15 more; the table counts all" in err
    assert "Drafting" not in err


def test_an_article_becomes_a_draft(run: Run, tmp_path: Path) -> None:
    """The text of a published case, known by what it holds; what is left out is told by line."""
    page = Path(__file__).parents[2] / "content" / "exchange" / "articles" / "printed.txt"
    code, out, err = run("import", str(page), "--to", "cases", "--fill", "topic=skin")
    assert (code, out.splitlines()[0].split(";")[0]) == (0, "1 draft in cases")
    assert f"{page}: line 40: “CLEVELAND CLINIC JOURNAL OF MEDICINE" in err
    (tmp_path / "empty.txt").write_text("Nothing is asked here.", "utf-8")
    ended, _, err = run("import", "empty.txt", "--to", "cases", "--format", "article")
    assert (ended, "empty.txt: line 1: no question was found" in err) == (1, True)
    assert names(Path("cases")) == [
        "case.schema.json",
        "multiple-skin-nodules-in-a-64-year-old-woman.yaml",
    ]


@pytest.mark.parametrize("form", list(ExportFormat))
def test_an_export_has_bare_pictures(run: Run, tmp_path: Path, form: ExportFormat) -> None:
    """What their files say beside the pixels is in no format; the pixels are, where they can be."""
    (tmp_path / "cases").mkdir()
    dirty = JPEGS | {f"PNG, {place}": make for place, make in PNGS.items()}
    for number, make in enumerate(dirty.values()):
        (tmp_path / "cases" / f"{number}.img").write_bytes(make())
        figure = FIGURE | {"file": f"{number}.img"}
        write_case(tmp_path / "cases" / f"c{number}.yaml", id=f"c{number}", figures=[figure])
    to = tmp_path / "bank"
    code, _, _ = run("export", tmp_path / "cases", "--format", form, "--to", to)
    assert code == 0
    held = pictures_in(to.read_bytes())
    assert bool(held) == (form not in WITHOUT_PICTURES)
    assert not any(map(tells, [to.read_bytes(), *held]))


def test_every_format_can_be_asked_for() -> None:
    """And case files beside them."""
    assert [*ExportForm] == [*ExportFormat, "yaml"]


async def test_signatures_go_out_and_come_back_with_case_files(run: Run, tmp_path: Path) -> None:
    """From the bot's database, as far as they hold; other formats name who reviewed a case too."""
    folder = tmp_path / "cases"
    folder.mkdir()
    file = read_case(write_case(folder / "hard-lumps.yaml"))
    write_case(folder / "other.yaml", id="other")
    assert file.case
    store = await Store.open(Settings().database, 1)
    signed = [
        CaseSigned("hard-lumps", signed_digest(file.case, {}), 1, "Ann Lee", 1_772_409_600_000),
        CaseSigned("other", "of other words", 1, "Ann Lee", 1_772_409_600_000),
    ]
    await store.ledger.commit([Entry(Outcome(tuple(signed)))], 1)
    await store.close()
    assert run("export", folder, "--format", "yaml", "--to", "signed.zip")[:2] == (
        0,
        "2 cases in signed.zip\n",
    )
    with zipfile.ZipFile("signed.zip") as archive:
        archive.extractall(tmp_path / "back")
    back = read_case(tmp_path / "back" / "hard-lumps.yaml").case
    assert back
    assert (back.review.by, str(back.review.on)) == ("Ann Lee", "2026-03-02")
    other = read_case(tmp_path / "back" / "other.yaml").case
    assert other
    assert other.review.status == "unreviewed"
    assert run("check", tmp_path / "back")[0] == 0
    assert run("export", folder, "--format", "gift", "--to", "bank.gift")[0] == 0
    assert "reviewed by Ann Lee on 2026-03-02" in (tmp_path / "bank.gift").read_text("utf-8")


def pictures_in(data: bytes) -> list[bytes]:
    """The pictures of a package or of an XML file."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    else:
        parts = [base64.b64decode(found) for found in re.findall(rb">([\w+/=]{200,})</file>", data)]
    return [part for part in parts if part.startswith((b"\x89PNG", b"\xff\xd8"))]
