"""Recorded answers as rows: complete, safe in a spreadsheet, and without anybody's id."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.base.time_units import DAY_MS
from bot.operations.answers_export import COLUMNS, Form, plainly, pseudonyms, rows, write
from content.snapshot import Snapshot
from storage.chat_facts import ChatJoined
from storage.facts import AnswerWithdrawn, CasePosted, PersonForgotten, SnapshotTaken
from storage.recorded_answers import AnswerFilter, open_records
from storage.retention import Retention
from storage.store import Store
from tests.content.samples import case as make_case
from tests.storage.samples import ADA, BEN, GROUP, NOW, answered, record
from tests.support.new_store import new_store

CHLOE = BEN + 1
KEY = bytes(32)
ALL = AnswerFilter()
DOCUMENT = Path(__file__).parents[3] / "docs" / "answers.md"


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A database with an answer in private, one in a group, one of nobody, one to no known post."""
    path = tmp_path / "bot.db"
    store = await new_store(path, NOW)
    await store.claim(7007)
    case = make_case()
    snapshot = Snapshot(case, ())
    asked = {"case_id": case.id, "question_id": case.questions[0].id}
    taken = SnapshotTaken(snapshot.digest, snapshot.to_json(), NOW)
    await record(
        store,
        taken,
        ChatJoined(GROUP, "supergroup", "Ward", "{}", ADA, NOW),
        CasePosted(1, ADA, ADA, case.id, snapshot.digest, NOW),
        CasePosted(2, GROUP, None, case.id, snapshot.digest, NOW),
    )
    for answer in (
        answered(ADA, 1, **asked, choices=(0, 1), score=0.5, verdict="partly", time_taken=2500),
        answered(ADA, 2, **asked, first=False, answered_at=NOW + 1),
        answered(BEN, 2, **asked, answered_at=NOW + 2),
        answered(ADA, None, case_id="other", answered_at=NOW + 3),
    ):
        await record(store, answer)
    await record(store, PersonForgotten(BEN))
    await store.close()
    return path


def written(path: Path, form: Form, wanted: AnswerFilter = ALL, *, ids: bool = False) -> str:
    with open_records(path) as records:
        name = plainly if ids else pseudonyms(KEY)
        text = io.StringIO()
        number = write(rows(records, wanted, name), form, text)
    assert number == text.getvalue().count("\n") - (form is Form.CSV)
    return text.getvalue()


def parsed(path: Path, wanted: AnswerFilter = ALL, *, ids: bool = False) -> list[dict[str, Any]]:
    text = written(path, Form.JSONL, wanted, ids=ids)
    return [json.loads(line) for line in text.splitlines()]


def test_every_answer_is_a_row(path: Path) -> None:
    """With the wording of what was chosen, and what nobody can know left empty."""
    private, group, nowhere, _ = parsed(path)
    choices = make_case().questions[0].choices
    assert list(private) == list(COLUMNS)
    assert private | {"learner": "", "revision": "", "post": ""} == {
        "answer": 1,
        "answered_at": "2023-11-14T22:13:20.000Z",
        "learner": "",
        "place": "private",
        "chat": None,
        "post": "",
        "case": make_case().id,
        "question": make_case().questions[0].id,
        "position": 1,
        "revision": "",
        "choices": [1, 2],
        "chosen": [choices[0].text, choices[1].text],
        "verdict": "partly",
        "score": 0.5,
        "first": True,
        "seconds": 2.5,
        "withdrawn_at": None,
    }
    assert (group["place"], group["first"], group["learner"]) == (
        "supergroup",
        False,
        private["learner"],
    )
    assert group["post"] != private["post"]
    assert (nowhere["place"], nowhere["post"], nowhere["chosen"]) == (None, None, [])


def test_people_are_pseudonyms_unless_asked_otherwise(path: Path) -> None:
    """No id of a learner or chat is in any cell; the same one has the same name in each export."""
    for form in (Form.CSV, Form.JSONL):
        text = written(path, form)
        assert text == written(path, form)
        assert not re.search(rf"{ADA}|{BEN}|{abs(GROUP)}", text)
        assert len(set(re.findall(r"learner-[0-9a-f]{16}", text))) == 1
    assert pseudonyms(KEY)("learner", ADA) != pseudonyms(b"\x01" * 32)("learner", ADA)
    assert pseudonyms(KEY)("learner", ADA) != pseudonyms(KEY)("learner", BEN)
    shown = parsed(path, ids=True)
    assert [row["learner"] for row in shown] == [ADA, ADA, ADA, None]
    assert [row["chat"] for row in shown] == [None, GROUP, None, None]


def test_rows_are_those_wanted(path: Path) -> None:
    """From a moment on, before a moment, of one case; no answer is in two adjoining spans."""

    def numbers(**wanted: Any) -> list[int]:
        return [row["answer"] for row in parsed(path, AnswerFilter(**wanted))]

    assert numbers(since=NOW + 2) == [4]
    assert numbers(until=NOW + 2) == [1, 2]
    assert numbers(since=NOW + 1, until=NOW + 3, case_id=make_case().id) == [2]
    assert numbers(case_id="other") == [4]
    assert numbers(case_id="' OR 1 --") == []


async def test_an_answer_of_nobody_leads_back_to_nobody(path: Path) -> None:
    """Erased or aged, in private, in a group or nowhere: the day, and nothing to find it again by.

    Neither its number, nor its place among others, nor a span of hours tells more.
    """
    case = make_case()
    before = [dict(row) for row in parsed(path)]
    store = await Store.open(path, NOW)
    late = {"case_id": case.id, "question_id": case.questions[0].id, "answered_at": NOW + 5}
    await record(store, answered(CHLOE, 2, **late, time_taken=1234, first=False))
    await record(store, AnswerWithdrawn(CHLOE, 2, 0, NOW + 7))
    await record(store, PersonForgotten(ADA))
    await store.tidy(NOW + 40 * DAY_MS, Retention(answers=31 * DAY_MS))
    await store.close()
    shown = parsed(path, ids=True)
    assert len(shown) == len(before) + 1
    for row in shown:
        assert row["answered_at"] == "2023-11-14"
        assert row["withdrawn_at"] in {None, "2023-11-14"}
        hidden = ("answer", "learner", "place", "chat", "post", "seconds")
        assert [row[column] for column in hidden] == [None] * len(hidden)
    assert sorted(row["verdict"] for row in shown) == ["correct"] * 4 + ["partly"]
    order = [(row["case"], row["choices"], row["first"]) for row in shown]
    assert order == sorted(order)
    day = NOW - NOW % DAY_MS
    for since, until, found in (
        (day, day + DAY_MS, 5),
        (day, None, 5),
        (None, day + DAY_MS, 5),
        (day + 1, None, 0),
        (None, day + DAY_MS - 1, 0),
        (NOW, NOW + 10, 0),
    ):
        assert len(parsed(path, AnswerFilter(since, until))) == found
    assert len(parsed(path, AnswerFilter(case_id=case.id))) == 4
    assert re.search(rf"{ADA}|{BEN}|{CHLOE}|{abs(GROUP)}", written(path, Form.CSV)) is None


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+HYPERLINK", "'+HYPERLINK"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("-2", "-2"),
        ('say "=1", please\nnow', 'say "=1", please\nnow'),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    """A text that a spreadsheet would run is quoted; others are as they are."""
    row = dict.fromkeys(COLUMNS) | {"chosen": [text], "score": 0.5, "first": True}
    out = io.StringIO()
    write(iter([row]), Form.CSV, out)
    out.seek(0)
    (read,) = csv.DictReader(out)
    assert (read["chosen"], read["score"], read["first"], read["chat"]) == (cell, "0.5", "1", "")


def test_every_column_is_documented() -> None:
    """The page's table lists exactly the columns there are, in their order."""
    page = DOCUMENT.read_text("utf-8").partition("\n## ")[0]
    documented = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    assert tuple(documented) == COLUMNS
